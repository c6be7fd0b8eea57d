// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/versionrows.h"

#include "ui/theme/paint.h"
#include "ui/widgets/chip.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>

namespace handover::ui {
namespace {

constexpr int RowPadding = 8;

QString wordsOf(const QVariant &value)
{
    return value.typeId() == QMetaType::QDateTime
               ? QLocale().toString(value.toDateTime().date(), QLocale::ShortFormat)
               : value.toString();
}

} // namespace

PopupFrame::PopupFrame(QWidget *parent)
    : QFrame(parent, Qt::Popup | Qt::FramelessWindowHint)
{
    setAttribute(Qt::WA_TranslucentBackground);
}

void PopupFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(&painter, rect(), color(Role::Surface), color(Role::Border), 8);
}

VersionRowDelegate::VersionRowDelegate(int nameRole, int detailRole, int badgesRole, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_name(nameRole)
    , m_detail(detailRole)
    , m_badges(badgesRole)
{
}

void VersionRowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index) const
{
    painter->save();
    painter->setLayoutDirection(option.direction);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || option.state & QStyle::State_MouseOver)
        paintBox(painter, option.rect, color(selected ? Role::AccentSoft : Role::NeutralSoft), {},
                 ChipRadius);
    QRect left = option.rect.adjusted(RowPadding, 0, -RowPadding, 0);
    const auto placed = [&](const QRect &box) {
        return QStyle::visualRect(option.direction, option.rect, box);
    };
    const int start = option.direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
    const int end = option.direction == Qt::RightToLeft ? Qt::AlignLeft : Qt::AlignRight;
    if (m_detail >= 0) {
        const QString detail = wordsOf(index.data(m_detail));
        painter->setFont(smallFont());
        painter->setPen(color(Role::SecondaryText));
        painter->drawText(placed(left), end | Qt::AlignVCenter | Qt::TextSingleLine, detail);
        left.setRight(left.right() - QFontMetrics(smallFont()).horizontalAdvance(detail) - RowPadding);
    }
    const QFont strong = bold(option.font);
    const QString name =
        QFontMetrics(strong).elidedText(index.data(m_name).toString(), Qt::ElideRight, left.width());
    painter->setFont(strong);
    painter->setPen(color(Role::Text));
    painter->drawText(placed(left), start | Qt::AlignVCenter | Qt::TextSingleLine, name);
    left.setLeft(left.left() + QFontMetrics(strong).horizontalAdvance(name) + RowPadding);
    if (m_badges >= 0) {
        QList<QPair<QString, Tone>> chips;
        const QStringList badges = index.data(m_badges).toStringList();
        for (const QString &badge : badges)
            chips.append({badge, Tone::Neutral});
        paintChips(painter, placed(left), chips);
    }
    painter->restore();
}

QSize VersionRowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.fontMetrics.averageCharWidth() * 20, option.fontMetrics.height() + 14};
}

} // namespace handover::ui

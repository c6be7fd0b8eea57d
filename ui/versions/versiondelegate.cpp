// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/versiondelegate.h"

#include "models/versions/versionlistmodel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

using Model = versions::VersionListModel;

constexpr int Edge = 16;     // from the left edge of the panel to the mark
constexpr int MarkSide = 12;
constexpr int TextLeft = 40;
constexpr int Padding = 8;
constexpr int LineGap = 3;

int secondLineHeight() { return qMax(chipSize(u"x"_s).height(), QFontMetrics(smallFont()).height()); }

struct Badges
{
    QList<QPair<QString, Tone>> chips;
    bool installed = false;
};

Badges badgesOf(const QModelIndex &index)
{
    Badges badges;
    if (index.data(Model::FromRole).toBool())
        badges.chips += {VersionDelegate::tr("from"), Tone::Accent};
    if (index.data(Model::ToRole).toBool())
        badges.chips += {VersionDelegate::tr("to"), Tone::Accent};
    if (index.data(Model::BuiltRole).toBool())
        badges.chips += {VersionDelegate::tr("built"), Tone::Neutral};
    if (index.data(Model::PackagedRole).toBool())
        badges.chips += {VersionDelegate::tr("packaged"), Tone::Neutral};
    for (const QString &badge : index.data(Model::BadgesRole).toStringList()) {
        const bool runs = badge.endsWith(u" permanent") || badge.endsWith(u" current");
        badges.installed = badges.installed || runs;
        badges.chips += {badge, runs ? Tone::Good : Tone::Neutral};
    }
    return badges;
}

QString dateText(const QDateTime &date)
{
    const QDate day = date.toLocalTime().date();
    const QDate today = QDate::currentDate();
    const QLocale locale;
    if (day == today)
        return VersionDelegate::tr("today %1").arg(date.toLocalTime().toString(u"HH:mm"_s));
    return locale.toString(day, day.year() == today.year() ? u"d MMM"_s : u"d MMM yyyy"_s);
}

void paintTimeLine(QPainter *painter, const QRect &row, const QModelIndex &index, bool installed, int textMiddle)
{
    const bool first = index.row() == 0;
    const bool last = index.row() == index.model()->rowCount() - 1;
    const qreal x = row.left() + Edge + MarkSide / 2.0;
    painter->setPen(QPen(color(Role::Hairline), 2));
    painter->drawLine(QPointF(x, first ? textMiddle : row.top()), QPointF(x, last ? textMiddle : row.bottom() + 1));

    const bool to = index.data(Model::ToRole).toBool();
    const QRectF mark(row.left() + Edge, textMiddle - MarkSide / 2.0, MarkSide, MarkSide);
    const QColor fill = to ? color(Role::Accent) : installed ? color(Role::Good) : color(Role::Surface);
    painter->setPen(QPen(to || installed ? fill : color(Role::Secondary), 2));
    painter->setBrush(fill);
    // A lightweight tag is a plain ring, an annotated one a rounded square.
    if (index.data(Model::AnnotatedRole).toBool())
        painter->drawRoundedRect(mark.adjusted(1, 1, -1, -1), 3, 3);
    else
        painter->drawEllipse(mark.adjusted(1, 1, -1, -1));
}

} // namespace

void VersionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect;
    const bool selected = option.state & QStyle::State_Selected;
    if (selected)
        painter->fillRect(row, color(Role::AccentSoft));
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(row, color(Role::NeutralSoft));

    const QFont title = bold(option.font);
    const QFontMetrics titleMetrics(title);
    const QFontMetrics smallMetrics(smallFont());
    const Badges badges = badgesOf(index);

    const QRect titleLine(row.left() + TextLeft, row.top() + Padding, row.width() - TextLeft - Edge, titleMetrics.height());
    paintTimeLine(painter, row, index, badges.installed, titleLine.center().y() + 1);

    const QString date = dateText(index.data(Model::DateRole).toDateTime());
    const int dateWidth = smallMetrics.horizontalAdvance(date);
    painter->setFont(smallFont());
    painter->setPen(color(Role::SecondaryText));
    painter->drawText(titleLine, Qt::AlignRight | Qt::AlignVCenter, date);
    painter->setFont(title);
    painter->setPen(color(Role::Text));
    painter->drawText(titleLine, Qt::AlignLeft | Qt::AlignVCenter,
                      titleMetrics.elidedText(index.data(Model::TagRole).toString(), Qt::ElideMiddle,
                                              titleLine.width() - dateWidth - 8));

    // What is known of the version stands before its words, which can do with less room.
    QRect line(titleLine.left(), titleLine.bottom() + LineGap, titleLine.width(), secondLineHeight());
    if (!badges.chips.isEmpty())
        line.setLeft(line.left() + paintChips(painter, line, badges.chips) + Padding);
    painter->setFont(smallFont());
    painter->setPen(color(Role::SecondaryText));
    const QString remark = index.data(Model::RemarkRole).toString();
    const QString message = index.data(Model::MessageRole).toString();
    const QString words = remark.isEmpty() || message.isEmpty() ? QString(remark + message) : QString(remark + u" · "_s + message);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      smallMetrics.elidedText(words, Qt::ElideRight, line.width()));

    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
        painter->setPen(color(Role::Accent));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter->restore();
}

// The same for all rows, so that a list of any length is laid out at once.
QSize VersionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {200, 2 * Padding + QFontMetrics(bold(option.font)).height() + LineGap + secondLineHeight()};
}

} // namespace handover::ui

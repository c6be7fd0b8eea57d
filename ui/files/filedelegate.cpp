// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/filedelegate.h"

#include "models/transfer/directorymodel.h"
#include "ui/theme/icons.h"
#include "ui/widgets/chip.h"

#include <QApplication>
#include <QLineEdit>
#include <QPainter>

namespace handover::ui {

namespace {

using Model = transfer::DirectoryModel;

constexpr int TextPadding = 10; // of the style's header, under which the texts stand
constexpr int IconSide = 16;
constexpr int Gap = 8;

[[nodiscard]] Role iconRole(const QString &id) { return id == u"folder" ? Role::Accent : Role::SecondaryText; }

} // namespace

void FileDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem shown = option;
    initStyleOption(&shown, index);
    const QString text = std::exchange(shown.text, {});
    shown.widget->style()->drawControl(QStyle::CE_ItemViewItem, &shown, painter, shown.widget);

    painter->save();
    painter->setFont(option.font);
    QRect place = option.rect.adjusted(TextPadding, 0, -TextPadding, 0);
    const bool isName = index.column() == Model::NameColumn;
    if (isName) {
        const QString id = index.data(Model::IconRole).toString();
        paintIcon(painter, QRectF(place.left(), place.center().y() - IconSide / 2.0 + 0.5, IconSide, IconSide), id,
                  color(iconRole(id)));
        place.setLeft(place.left() + IconSide + Gap);
        if (const QString used = index.data(Model::UsedRole).toString(); !used.isEmpty()) {
            const int width = chipSize(used).width();
            const int left = place.width() - option.fontMetrics.horizontalAdvance(text) - 2 * Gap;
            QRect sign(place.right() - width, place.top(), width, place.height());
            if (left < width) { // the name comes first; the tool tip has the words
                sign.setLeft(place.right() - IconSide);
                paintIcon(painter, QRectF(sign.left(), place.center().y() - IconSide / 2.0 + 0.5, IconSide, IconSide), u"lock",
                          color(Role::Good));
            } else {
                paintChip(painter, sign, used, Tone::Good);
            }
            place.setRight(sign.left() - Gap);
        }
    }
    painter->setPen(color(isName ? Role::Text : Role::SecondaryText));
    const auto alignment = static_cast<Qt::Alignment>(index.data(Qt::TextAlignmentRole).toInt());
    painter->drawText(place, static_cast<int>(alignment) | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(text, isName ? Qt::ElideMiddle : Qt::ElideRight, place.width()));
    painter->restore();
}

QSize FileDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.fontMetrics.averageCharWidth() * 10, option.fontMetrics.height() + 10};
}

QWidget *FileDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const
{
    auto *line = new QLineEdit(parent);
    line->setAccessibleName(tr("New name"));
    return line;
}

void FileDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &) const
{
    editor->setGeometry(option.rect.adjusted(TextPadding + IconSide, 0, 0, 0));
}

} // namespace handover::ui

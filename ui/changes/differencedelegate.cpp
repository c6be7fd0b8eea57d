// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/changes/differencedelegate.h"

#include "models/changes/differencesmodel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"

#include <QApplication>
#include <QPainter>

namespace handover::ui {

namespace {

using Model = changes::DifferencesModel;
using changes::Change;

constexpr int Padding = 4;
constexpr int HeaderPadding = 10; // of the style's header, over whose text that of a column stands

Tone toneOf(Change change)
{
    switch (change) {
    case Change::Added: return Tone::Good;
    case Change::Removed: return Tone::Warning;
    case Change::Changed: return Tone::Accent;
    case Change::Same: return Tone::Neutral;
    }
    Q_UNREACHABLE_RETURN(Tone::Neutral);
}

bool isApp(const QModelIndex &index) { return index.data(Model::KindRole).toInt() == int(Model::Kind::App); }

} // namespace

void DifferenceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem shown = option;
    initStyleOption(&shown, index);
    const QString text = shown.text;
    const QString problem = index.data(Model::ProblemRole).toString();
    const auto change = static_cast<Change>(index.data(Model::ChangeRole).toInt());
    shown.text.clear();
    shown.widget->style()->drawControl(QStyle::CE_ItemViewItem, &shown, painter, shown.widget);

    painter->save();
    const QRect inner = option.rect.adjusted(Padding, 0, -Padding, 0);
    if (index.column() == Model::ChangeColumn) {
        const QSize size = chipSize(text);
        paintChip(painter, {inner.left(), inner.center().y() - size.height() / 2, size.width(), size.height()}, text,
                  toneOf(change));
    } else {
        const bool wrong = index.column() == Model::WhatColumn && !problem.isEmpty();
        QFont font = option.font;
        const QRect place = index.column() == Model::WhatColumn ? option.rect.adjusted(HeaderPadding, 0, -Padding, 0) : inner;
        font.setBold(index.column() == Model::NameColumn && isApp(index) && change != Change::Same);
        painter->setFont(font);
        painter->setPen(color(wrong                                                          ? Role::BadText
                              : index.column() == Model::WhatColumn || change == Change::Same ? Role::SecondaryText
                                                                                              : Role::Text));
        const QString words = !wrong ? text : text.isEmpty() ? problem : text + QStringLiteral(" · ") + problem;
        painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                          QFontMetrics(font).elidedText(words, Qt::ElideRight, place.width()));
    }
    painter->restore();
}

QSize DifferenceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    const QString text = index.data().toString();
    size.setHeight(option.fontMetrics.height() + 12);
    if (index.column() == Model::ChangeColumn)
        size.setWidth(chipSize(text).width() + 2 * Padding);
    else // names may be bold
        size.setWidth(size.width() + option.fontMetrics.averageCharWidth() * 2 + 2 * Padding);
    return size;
}

} // namespace handover::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/relup/relupdelegate.h"

#include "models/relup/relupmodel.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace handover::ui {

namespace {

using Model = relup::RelupModel;

constexpr int Inset = 12;
constexpr int Gap = 16;    // between the phase and the words
constexpr int BarWidth = 3;
constexpr int Padding = 3; // above and below the words

// Of the widest name; a font as it is now.
int phaseWidth(const QFont &font)
{
    using relup::Phase;
    const QFontMetrics metrics(font);
    int width = 0;
    for (const Phase phase : {Phase::Prepare, Phase::Suspend, Phase::Change, Phase::Resume, Phase::Restart})
        width = std::max(width, metrics.horizontalAdvance(relup::phaseWords(phase)));
    return width;
}

void paintPoint(QPainter *painter, const QRect &row, const QString &words)
{
    const QFont font = bold(smallFont());
    const int width = QFontMetrics(font).horizontalAdvance(words);
    painter->setFont(font);
    painter->setPen(color(Role::BadText));
    painter->drawText(row.adjusted(Inset, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, words);
    painter->setPen(QPen(color(Role::Bad), 2, Qt::DashLine));
    const int middle = row.center().y() + 1;
    painter->drawLine(row.left() + Inset + width + 10, middle, row.right() - Inset, middle);
}

void paintBackground(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (index.data(Model::RelatedRole).toBool()) {
        painter->fillRect(option.rect, color(Role::AccentSoft));
        painter->fillRect(QRect(option.rect.topLeft(), QSize(BarWidth, option.rect.height())), color(Role::Accent));
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(option.rect, color(Role::NeutralSoft));
    }
    if (index.data(Model::BeginsPhaseRole).toBool() && index.row() > 0) {
        painter->setPen(color(Role::Hairline));
        painter->drawLine(option.rect.left() + Inset, option.rect.top(), option.rect.right() - Inset, option.rect.top());
    }
}

} // namespace

void RelupDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    if (index.data(Model::KindRole).toInt() == int(relup::ScriptRow::Kind::PointOfNoReturn)) {
        paintPoint(painter, option.rect, index.data().toString());
        painter->restore();
        return;
    }
    paintBackground(painter, option, index);
    const QFont title = bold(smallFont());
    const int left = option.rect.left() + Inset + phaseWidth(title) + Gap;
    if (index.data(Model::BeginsPhaseRole).toBool()) {
        painter->setFont(title);
        painter->setPen(color(Role::SecondaryText));
        painter->drawText(option.rect.adjusted(Inset, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                          relup::phaseWords(static_cast<relup::Phase>(index.data(Model::PhaseRole).toInt())));
    }
    // Beside everything that processes wait for.
    if (index.data(Model::SuspendedRole).toBool())
        painter->fillRect(QRect(left - Gap / 2 - 1, option.rect.top(), 2, option.rect.height()), color(Role::Warning));
    painter->setFont(codeFont());
    painter->setPen(color(Role::Text));
    const QRect words(left, option.rect.top(), option.rect.right() - Inset - left, option.rect.height());
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(codeFont()).elidedText(index.data().toString(), Qt::ElideRight, words.width()));
    if (option.state & QStyle::State_Selected && option.state & QStyle::State_HasFocus) {
        painter->setPen(color(Role::Accent));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize RelupDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, QFontMetrics(codeFont()).height() + 2 * Padding};
}

} // namespace handover::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/matchdelegate.h"

#include "models/appup/matchtablemodel.h"
#include "ui/appup/costsign.h"
#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace handover::ui {

namespace {

using Model = appup::MatchTableModel;
using appup::Relation;

constexpr int Left = 12;
constexpr int Right = 4;
constexpr int Gap = 6;
constexpr int SignSide = 14;
constexpr qreal DotRadius = 4;

Relation relation(const QModelIndex &index, int column)
{
    return static_cast<Relation>(index.siblingAtColumn(column).data(Model::RelationRole).toInt());
}

bool hasRelation(const QModelIndex &index, Relation wanted)
{
    return relation(index, Model::UpColumn) == wanted || relation(index, Model::DownColumn) == wanted;
}

std::optional<appup::Cost> costOf(const QModelIndex &index)
{
    const QVariant cost = index.data(Model::CostRole);
    return cost.isValid() ? std::optional(static_cast<appup::Cost>(cost.toInt())) : std::nullopt;
}

// What stands behind a version: a dot for one that runs, a pencil for one that somebody typed.
bool hasMark(const QModelIndex &index)
{
    return index.column() == Model::VersionColumn &&
           (index.data(Model::TestRole).toBool() || !index.data(Model::RunningRole).toStringList().isEmpty());
}

void paintMark(QPainter *painter, const QRectF &rect, const QModelIndex &index)
{
    if (index.data(Model::TestRole).toBool()) {
        paintIcon(painter, rect, u"edit", color(Role::Secondary));
        return;
    }
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color(Role::Good));
    painter->drawEllipse(rect.center(), DotRadius, DotRadius);
}

void drawText(QPainter *painter, const QRect &rect, const QString &text)
{
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
}

} // namespace

void MatchDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setFont(option.font);
    const bool taken = hasRelation(index, Relation::Takes);
    if (taken)
        painter->fillRect(option.rect, color(Role::AccentSoft));
    else if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, color(Role::NeutralSoft));
    const QRect inside = option.rect.adjusted(Left, 0, -Right, 0);
    if (index.column() == Model::VersionColumn)
        paintVersion(painter, inside, index, taken);
    else
        paintMatch(painter, inside, index);
    paintHairline(painter, option.rect, Qt::BottomEdge);
    if (option.state & QStyle::State_HasFocus)
        paintFocusRing(painter, option.rect.adjusted(1, 1, -1, -2));
    painter->restore();
}

void MatchDelegate::paintVersion(QPainter *painter, const QRect &rect, const QModelIndex &index, bool taken)
{
    const QString version = index.data().toString();
    if (taken)
        painter->setFont(bold(painter->font()));
    painter->setPen(color(hasRelation(index, Relation::TakenEarlier) ? Role::SecondaryText : Role::Text));
    drawText(painter, rect, version);
    const int used = painter->fontMetrics().horizontalAdvance(version) + Gap;
    if (hasMark(index))
        paintMark(painter, QRectF(rect.left() + used, rect.center().y() - SignSide / 2.0 + 0.5, SignSide, SignSide), index);
}

void MatchDelegate::paintMatch(QPainter *painter, const QRect &rect, const QModelIndex &index)
{
    const QString text = index.data().toString();
    if (text.isEmpty())
        return;
    const Relation current = relation(index, index.column());
    const bool dimmed = current == Relation::TakenEarlier;
    const auto cost = costOf(index);
    QRect words = rect;
    if (current == Relation::None || current == Relation::Takes)
        words.setLeft(rect.left() + paintCostSign(painter, rect, cost) + Gap);
    if (index.data(Model::NearMissRole).toBool()) {
        words.setRight(words.right() - SignSide - Gap);
        const QRect sign(words.right() + Gap, rect.center().y() - SignSide / 2, SignSide, SignSide);
        paintIcon(painter, sign, u"warning", color(Role::Warning));
    }
    painter->setPen(color(dimmed                          ? Role::SecondaryText
                          : current == Relation::PartOnly ? Role::WarningText
                                                          : costTextRole(cost)));
    drawText(painter, words, text);
}

QSize MatchDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    if (hasMark(index))
        size.rwidth() += SignSide + Gap;
    return {size.width() + Left, option.fontMetrics.height() + 12};
}

} // namespace handover::ui

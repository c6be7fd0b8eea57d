// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/matrixdelegate.h"

#include "models/appup/rulesmatrixmodel.h"
#include "ui/appup/costsign.h"
#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace handover::ui {

namespace {

using appup::MatrixCell;

constexpr int Inset = 12;
constexpr int Arrow = 11;
constexpr int WayWidth = 40;

void paintWay(QPainter *painter, const QRect &rect, QStringView arrow, std::optional<appup::Cost> cost)
{
    paintIcon(painter, QRectF(rect.left(), rect.center().y() - Arrow / 2.0 + 0.5, Arrow, Arrow), arrow, color(Role::Secondary));
    paintCostSign(painter, rect.adjusted(Arrow + 3, 0, 0, 0), cost);
}

void paintWords(QPainter *painter, const QRect &rect, const QString &words, Role role)
{
    painter->setFont(smallFont());
    painter->setPen(color(role));
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, painter->fontMetrics().elidedText(words, Qt::ElideRight, rect.width()));
}

} // namespace

void MatrixDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const auto cell = index.data(appup::RulesMatrixModel::CellRole).value<MatrixCell>();
    if (cell.isBlocked(appup::Direction::Up))
        painter->fillRect(option.rect, color(Role::BadSoft));
    const QRect inside = option.rect.adjusted(Inset, 0, -2, 0);
    switch (cell.state) {
    case MatrixCell::State::Absent:
        break;
    case MatrixCell::State::Same:
        paintWords(painter, inside, tr("same"), Role::SecondaryText);
        break;
    case MatrixCell::State::NoAppup:
        paintWords(painter, inside, tr("no appup"), Role::BadText);
        break;
    case MatrixCell::State::Broken:
        paintWords(painter, inside, tr("unreadable"), Role::BadText);
        break;
    case MatrixCell::State::Code:
        paintWords(painter, inside, tr("by code"), Role::SecondaryText);
        break;
    case MatrixCell::State::Rules:
        paintWay(painter, inside, u"arrow-up", cell.cost(appup::Direction::Up));
        paintWay(painter, inside.adjusted(WayWidth, 0, 0, 0), u"arrow-down", cell.cost(appup::Direction::Down));
        break;
    }
    paintHairline(painter, option.rect, Qt::BottomEdge);
    if (option.state & QStyle::State_HasFocus)
        paintFocusRing(painter, option.rect.adjusted(1, 1, -1, -2));
    painter->restore();
}

} // namespace handover::ui

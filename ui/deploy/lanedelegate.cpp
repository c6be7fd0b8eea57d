// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/lanedelegate.h"

#include "models/workspace/lanemodel.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/mark.h"

#include <QPainter>

namespace handover::ui {

namespace {

using Model = workspace::LaneModel;

Tone toneOf(const Model::Cell &cell)
{
    if (cell.status == node::ReleaseStatus::Permanent)
        return Tone::Good;
    return cell.status == node::ReleaseStatus::Current ? Tone::Warning : Tone::Neutral; // a reboot takes Current away
}

} // namespace

void LaneDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    if (index.data(Model::GoesToRole).toBool())
        painter->fillRect(option.rect, color(Role::AccentSoft));
    const auto cell = index.data(Model::CellRole).value<Model::Cell>();
    QRect inside = option.rect.adjusted(6, 0, -6, 0);
    const int side = markSize();
    if (cell.runs)
        paintMark(painter, QRectF(inside.left(), inside.center().y() - side / 2.0, side, side), Mark::Dot);
    inside.setLeft(inside.left() + side + 4);
    painter->setFont(smallFont());
    if (!cell.known) {
        painter->setPen(color(Role::SecondaryText));
        painter->drawText(inside, Qt::AlignLeft | Qt::AlignVCenter, tr("not looked at"));
    } else if (cell.installed) {
        QList<QPair<QString, Tone>> chips{{node::statusWords(cell.status), toneOf(cell)}};
        if (cell.boots && cell.status != node::ReleaseStatus::Permanent)
            chips += {tr("would boot"), Tone::Warning};
        paintChips(painter, inside, chips);
    }
    paintHairline(painter, option.rect, Qt::BottomEdge);
    if (option.state & QStyle::State_HasFocus)
        paintFocusRing(painter, option.rect.adjusted(1, 1, -1, -2));
    painter->restore();
}

} // namespace handover::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/costsign.h"

#include <QPainter>

namespace handover::ui {

namespace {

using appup::Cost;

constexpr int Bars = 4;
constexpr int BarWidth = 3;
constexpr int BarStep = 4;
constexpr int Width = Bars * BarStep - 1;
constexpr qreal Low = 4;
constexpr qreal High = 11;

int filledBars(Cost cost)
{
    switch (cost) {
    case Cost::CodeOnly: return 1;
    case Cost::CodeChange: return 2;
    case Cost::ApplicationRestart: return 3;
    case Cost::VmRestart: return 4;
    }
    Q_UNREACHABLE_RETURN(0);
}

void paintCross(QPainter *painter, const QRectF &rect, const QColor &colour)
{
    painter->setPen(QPen(colour, 1.8, Qt::SolidLine, Qt::RoundCap));
    const QRectF cross(rect.center() - QPointF(4, 4), QSizeF(8, 8));
    painter->drawLine(cross.topLeft(), cross.bottomRight());
    painter->drawLine(cross.topRight(), cross.bottomLeft());
}

} // namespace

Role costRole(std::optional<Cost> cost)
{
    if (!cost)
        return Role::Bad;
    switch (*cost) {
    case Cost::CodeOnly: return Role::Good;
    case Cost::CodeChange: return Role::Accent;
    case Cost::ApplicationRestart: return Role::Warning;
    case Cost::VmRestart: return Role::Bad;
    }
    Q_UNREACHABLE_RETURN(Role::Bad);
}

Role costTextRole(std::optional<Cost> cost)
{
    switch (costRole(cost)) {
    case Role::Warning: return Role::WarningText;
    case Role::Bad: return Role::BadText;
    default: return Role::Text;
    }
}

int paintCostSign(QPainter *painter, const QRect &rect, std::optional<Cost> cost)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor colour = color(costRole(cost));
    const QRectF box(rect.left(), rect.center().y() - High / 2, Width, High);
    if (!cost) {
        paintCross(painter, box, colour);
    } else {
        painter->setPen(Qt::NoPen);
        for (int bar = 0; bar < Bars; ++bar) {
            const qreal height = Low + (High - Low) * bar / (Bars - 1);
            painter->setBrush(bar < filledBars(*cost) ? colour : color(Role::Border));
            painter->drawRoundedRect(QRectF(box.left() + bar * BarStep, box.bottom() - height, BarWidth, height), 1, 1);
        }
    }
    painter->restore();
    return Width;
}

} // namespace handover::ui

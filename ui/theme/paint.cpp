// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/paint.h"

#include <QPainter>

namespace handover::ui {

void paintBox(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &edge, qreal radius,
              qreal edgeWidth)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (edge.isValid()) {
        const qreal half = edgeWidth / 2;
        painter->setPen(QPen(edge, edgeWidth));
        painter->drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half);
    } else {
        painter->setPen(Qt::NoPen);
        painter->drawRoundedRect(rect, radius, radius);
    }
    painter->restore();
}

void paintFocusRing(QPainter *painter, const QRectF &rect, qreal radius)
{
    paintBox(painter, rect, {}, color(Role::Accent), radius, 2);
}

void paintHairline(QPainter *painter, const QRect &rect, Qt::Edge edge, Role role)
{
    QRect line = rect;
    switch (edge) {
    case Qt::TopEdge:
        line.setHeight(1);
        break;
    case Qt::BottomEdge:
        line.setTop(rect.bottom());
        break;
    case Qt::LeftEdge:
        line.setWidth(1);
        break;
    case Qt::RightEdge:
        line.setLeft(rect.right());
        break;
    }
    painter->fillRect(line, color(role));
}

} // namespace handover::ui

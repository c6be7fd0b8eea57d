// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

class QPainter;
class QRectF;

namespace handover::ui {

inline constexpr qreal ControlRadius = 6; ///< of buttons, fields, boxes
inline constexpr qreal ChipRadius = 4;

/// A filled rounded rectangle with an edge of one pixel inside `rect`; an invalid colour leaves out
/// fill or edge.
void paintBox(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &edge = {},
              qreal radius = ControlRadius, qreal edgeWidth = 1);
/// Where the keyboard is: a ring of two pixels inside `rect`.
void paintFocusRing(QPainter *painter, const QRectF &rect, qreal radius = ControlRadius);
/// A line of one device pixel or more along the given edge of `rect`.
void paintHairline(QPainter *painter, const QRect &rect, Qt::Edge edge, Role role = Role::Hairline);

} // namespace handover::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QString>

class QWidget;

namespace handover::ui {

/// Shows a widget over its window (which becomes its parent) below a line of text given in global
/// coordinates, or above it where there is no room, and never outside of the window. Being no window
/// of its own it can't take the focus, on Wayland neither.
void placeOverlay(QWidget *overlay, const QRect &line, const QSize &size);

/// Tells screen readers.
void announce(QObject *object, const QString &text);

} // namespace handover::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QIcon>
#include <QStringView>

class QPainter;

namespace handover::ui {

/// The icon resources/icons/ID.svg, drawn in the colour of `role`: sharp at every scale, follows a
/// theme switch, paler when disabled. An unknown id gives a null icon.
[[nodiscard]] QIcon icon(QStringView id, Role role = Role::SecondaryText);
/// The application's own icon, in its own colours.
[[nodiscard]] QIcon applicationIcon();
/// For delegates and paint events: the icon centred in `rect`.
void paintIcon(QPainter *painter, const QRectF &rect, QStringView id, const QColor &color);

} // namespace handover::ui

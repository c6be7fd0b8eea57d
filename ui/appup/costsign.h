// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "ui/theme/theme.h"

#include <optional>

class QPainter;
class QRect;

namespace handover::ui {

/// What a rule costs as four small bars, one filled for code only, four for a restart of the emulator;
/// nothing: a cross. The number of bars says the same as their colour. Centred in height at the left
/// of `rect`; gives the width used.
int paintCostSign(QPainter *painter, const QRect &rect, std::optional<appup::Cost> cost);
[[nodiscard]] Role costRole(std::optional<appup::Cost> cost);     ///< of the sign
[[nodiscard]] Role costTextRole(std::optional<appup::Cost> cost); ///< to write beside it

} // namespace handover::ui

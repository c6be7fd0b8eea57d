// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/pairs/dice.h"
#include "tests/pairs/world.h"

namespace handover::pairs {

/// A rule's version that takes `vsn`: the string itself or a regex; with `exact` none that takes
/// other versions as well.
[[nodiscard]] Value patternFor(const QString &vsn, bool exact, Dice &dice, QSet<QString> &features);

/// A rule that doesn't take `vsn`, though at first sight some look as if they did.
[[nodiscard]] Rule decoyFor(const QString &vsn, Dice &dice, QSet<QString> &features);

} // namespace handover::pairs

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/pairs/instructions.h"

namespace handover::pairs {

/// Lets steps depend on each other: not at all, in chains, stars, at random without cycles, in rings
/// that are joined, and on themselves or twice on the same.
void tie(QList<Step> &steps, Dice &dice, QSet<QString> &features);

} // namespace handover::pairs

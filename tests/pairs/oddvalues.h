// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/pairs/dice.h"
#include "tests/pairs/value.h"

namespace handover::pairs {

/// Any term, as it may stand in Extra, in the arguments of an apply or as a description: of all
/// types, nested up to `depth`. Maps have at most one atom among their keys, since the order that
/// Erlang prints more in is nobody's to know.
[[nodiscard]] Value oddValue(Dice &dice, int depth);

/// An atom that isn't the usual lower-case word.
[[nodiscard]] QString oddAtom(Dice &dice);

} // namespace handover::pairs

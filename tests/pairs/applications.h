// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/pairs/world.h"

namespace handover::pairs {

/// What is chosen once for a world.
struct Plan
{
    qsizetype bases = 1;
    bool coreChanges = false;   ///< kernel, stdlib or sasl
    bool oldSasl = false;       ///< of before R15, in the bases
    bool usesInstalled = false; ///< kernel, stdlib and sasl of the Erlang that runs
};

/// Erlang's own three and some of the user's, with what they say of each other.
void addApplications(World &world, Dice &dice, const Plan &plan, const Installed &installed);

} // namespace handover::pairs

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/servertarget.h"
#include "app/terminal.h"
#include "models/deploy/rollout.h"

#include <vector>

namespace handover::app {

/// What `deploy` was asked to do to several servers.
struct RolloutOrder
{
    package::Manifest tarball;
    deploy::Rollout::Planner planner;
    int batch = 1;         ///< how many at a time
    bool onlyLook = false; ///< nothing is changed
    bool json = false;
};

/// Connects to one after the other, asking on the terminal what is missing; then does as deploy::Rollout does, and says
/// what came of it on each. Gives the exit status: that of the first server that failed.
[[nodiscard]] int rollOut(std::vector<Target> targets, const RolloutOrder &order, const TerminalContext &context);

} // namespace handover::app

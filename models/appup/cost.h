// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"

namespace handover::appup {

/// What one instruction costs; a list of instructions costs what its dearest costs. By the
/// effect release_handler_1:eval_script has: update suspends processes (also a soft one, which
/// converts nothing), remove_application ends the processes of an application for good,
/// add_application only starts what did not run. What is no instruction costs nothing.
[[nodiscard]] Cost costOf(const erlang::Term &instruction);
[[nodiscard]] Cost costOf(const QList<erlang::Term> &instructions);

} // namespace handover::appup

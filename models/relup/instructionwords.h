// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/relup.h"

namespace handover::relup {

/// A low-level instruction with its phase and its words, which depend on the side of the point of
/// no return it stands on. What release_handler doesn't know is shown as it is.
[[nodiscard]] Instruction describe(const erlang::Term &term, bool beforePointOfNoReturn);

/// restart_new_emulator and restart_emulator; also restart and reboot, which systools lets pass.
[[nodiscard]] bool restartsEmulator(const erlang::Term &term);

} // namespace handover::relup

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/beamfile.h"

namespace handover::rules {

/// Whether two modules differ in nothing that runs but the path of their own source, which logger macros and ?FILE put
/// into the code: the same module built in two directories. Their beam_lib:md5/1 differ.
[[nodiscard]] bool differOnlyInSourcePath(const erlang::BeamFile &older, const erlang::BeamFile &newer);

} // namespace handover::rules

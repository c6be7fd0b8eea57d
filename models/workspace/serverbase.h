// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/installation.h"
#include "models/workspace/packaging.h"

namespace handover::workspace {

/// Fetches what the server runs, or what its next start would run when the node is down, as the base of a relup:
/// below the cache directory, where this project's builds spare what is the same. Errors as
/// node::fetchBase(). Blocks.
[[nodiscard]] Result<build::BuiltRelease> fetchRunning(server::Session &session, const node::Installation &installed,
                                                       const Project &project, const JobContext &context);

} // namespace handover::workspace

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/changes/differences.h"
#include "models/jobs/jobcontext.h"
#include "models/repo/repository.h"
#include "models/versions/version.h"

namespace handover::changes {

/// Compares two tags by the files in git: applications of the project by their sources (src, include, priv,
/// c_src, without appups), dependencies by rebar.lock. Which modules a changed header changes only a build can
/// tell; it is among the files. Cancellable. Errors: the repository's.
[[nodiscard]] Result<Differences> compareSources(const repo::Repository &repository, const versions::Version &from,
                                                 const versions::Version &to, const JobContext &context);

} // namespace handover::changes

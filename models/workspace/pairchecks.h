// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/issue.h"
#include "models/workspace/project.h"

namespace handover::workspace {

/// What is wrong with going from one version to another and back, as the tags have it: the appup of
/// every application that differs, checked against the version it must take, and applications whose
/// files changed while their version did not. Errors: the repository's, project.same-version. Codes
/// of its own: appup.missing, versions.not-bumped.
[[nodiscard]] Result<QList<Issue>> checkPair(const Project &project, const versions::Version &from,
                                             const versions::Version &to);

/// Applications whose files below src, include, priv or c_src differ between two tags although
/// their vsn is the same: an upgrade would leave their old code running.
[[nodiscard]] Result<QStringList> changedButNotBumped(const Project &project, const versions::Version &from,
                                                      const versions::Version &to);

} // namespace handover::workspace

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/issue.h"
#include "models/workspace/project.h"

namespace handover::workspace {

/// What is wrong with going from one version to another and back, as the tags have it: the appup of
/// every application that differs, checked against the version it must take. Errors: the
/// repository's. Code of its own: appup.missing.
[[nodiscard]] Result<QList<Issue>> checkPair(const Project &project, const versions::Version &from,
                                             const versions::Version &to);

} // namespace handover::workspace

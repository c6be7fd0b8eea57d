// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/changes/differences.h"
#include "models/repo/textdiff.h"
#include "models/workspace/project.h"

namespace handover::workspace {

/// What differs between two versions: by their builds where both are given, else by their sources in git, or
/// in the work tree if it is gone to.
/// Blocks. Errors: project.same-version, those of the repository and of reading the builds.
[[nodiscard]] Result<changes::Differences> changesBetween(const Project &project, const versions::Version &from,
                                                          const versions::Version &to,
                                                          const std::optional<build::BuiltRelease> &olderBuild,
                                                          const std::optional<build::BuiltRelease> &newerBuild,
                                                          const JobContext &context);

/// The same with the builds that the cache holds.
[[nodiscard]] Result<changes::Differences> changesBetween(const Project &project, const versions::Version &from,
                                                          const versions::Version &to, const JobContext &context);

/// How a module's source differs between two tags. Empty where the source isn't in the repository. Errors: those of
/// the repository.
[[nodiscard]] Result<QList<repo::DiffLine>> sourceChanges(const Project &project, const versions::Version &from,
                                                          const versions::Version &to, const QByteArray &app,
                                                          const changes::ModuleDifference &module);

} // namespace handover::workspace

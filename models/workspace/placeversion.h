// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/project.h"

namespace handover::workspace {

/// HEAD or the work tree as what a version is compared with. Its tag is called HEAD, or "working copy";
/// what only a tag or a build decides of its applications' vsn is empty. Blocks. Errors: the repository's,
/// project.no-commit, those of repo::snapshotOfWorkTree().
[[nodiscard]] Result<versions::Version> versionAt(const Project &project, versions::Version::Place place);

/// The repository with the version's commit in it. A working copy is brought up to date.
[[nodiscard]] Result<repo::Repository> openAt(const Project &project, versions::Version &version);

} // namespace handover::workspace

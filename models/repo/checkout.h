// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/repo/handles.h"
#include "models/repo/repository.h"

namespace handover::repo {

/// Writes a commit's files and the index into the work tree of a repository that has neither.
/// `files` are the commit's; `directory` is for the words of an error.
[[nodiscard]] Result<void> writeWorkTree(git_repository *repository, const ObjectId &commit,
                                         const QList<TreeFile> &files, const QString &directory,
                                         const JobContext &context);

} // namespace handover::repo

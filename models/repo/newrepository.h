// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/repo/handles.h"
#include "models/repo/repository.h"

namespace handover::repo {

/// Takes a directory and everything in it away again at the end, unless it was moved meanwhile.
class ScratchDirectory
{
public:
    explicit ScratchDirectory(QString path)
        : m_path(std::move(path))
    {
    }
    ~ScratchDirectory();
    Q_DISABLE_COPY_MOVE(ScratchDirectory)

private:
    QString m_path;
};

/// Makes a repository without a work tree's files in `directory`, which must not be there: HEAD
/// detached at `commit`, the tags of `source` that are to be kept, its objects borrowed, nothing else.
[[nodiscard]] Result<void> writeBorrowingRepository(git_repository *source, const ObjectId &commit,
                                                    const QString &directory,
                                                    const Repository::KeepTag &keepTag,
                                                    const JobContext &context);

/// An empty repository on an unborn branch main, without hooks or templates of the user's.
[[nodiscard]] Result<GitPtr<git_repository>> initRepository(const QString &directory);

} // namespace handover::repo

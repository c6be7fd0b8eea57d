// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/repo/handles.h"
#include "models/repo/objectid.h"
#include "models/repo/repository.h"

struct git_oid;

namespace handover::repo {

/// Starts libgit2 once per process; it is never shut down, so handles may outlive main().
void startGitLibrary();

/// A failure with libgit2's last error on this thread as its detail: to be called right after the
/// call that failed.
[[nodiscard]] std::unexpected<Error> gitFailure(QString code, QString message, QString hint);
[[nodiscard]] QString lastGitError();

[[nodiscard]] ObjectId objectId(const git_oid &id);
[[nodiscard]] git_oid rawId(const ObjectId &id);

/// Text of an object: UTF-8, else what its encoding header says, else Latin-1.
[[nodiscard]] QString gitText(QByteArrayView bytes, const char *encoding = nullptr);

/// As git writes a message: without blanks at the ends, with a line end.
[[nodiscard]] QByteArray messageBytes(const QString &message);

/// Seconds since 1970 and minutes east of UTC. Invalid if that is no time.
[[nodiscard]] QDateTime gitTime(qint64 seconds, int offsetMinutes);

/// Looks a commit up. Error: repo.object-missing.
[[nodiscard]] Result<GitPtr<git_commit>> lookUpCommit(git_repository *repository, const ObjectId &id);

/// The error for an object that the repository should have and has not, after a failed call.
[[nodiscard]] std::unexpected<Error> objectMissing(const ObjectId &id);

struct Repository::Handle
{
    GitPtr<git_repository> repository;
};

} // namespace handover::repo

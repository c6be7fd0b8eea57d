// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/jobs/jobcontext.h"

#include <QByteArray>
#include <QString>

namespace handover::repo {

/// Pushes a tag, and nothing else, to a remote; or deletes it there, where it may not be at all. The git program does it, so that
/// everybody's keys, agents, credential helpers and hooks work as they do in a terminal, except that
/// nothing is ever asked on one. Its output goes to the log. Cancellable, blocks. Errors: repo.push-rejected
/// (the remote said no), repo.push-denied (who one is), repo.push-unreachable, repo.push-no-repository,
/// repo.push (anything else, with git's words); process.not-found.
[[nodiscard]] Result<> pushTag(const QString &repository, const QString &remote, const QByteArray &tag,
                               const JobContext &context);
[[nodiscard]] Result<> deleteRemoteTag(const QString &repository, const QString &remote, const QByteArray &tag,
                                       const JobContext &context);

/// What "git push" said on its way to a failure, as an error; by git's untranslated words.
[[nodiscard]] Error pushError(const QByteArray &output, const QString &remote, const QByteArray &tag);

} // namespace handover::repo

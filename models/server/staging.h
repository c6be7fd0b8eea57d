// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/sessionprivate.h"

namespace handover::server {

/// As Session::upload(), to where only the session's other user may write: first to a folder of who logged in that
/// nobody else can look into, compared there; then copied by the other user to a temporary name beside the target,
/// compared byte by byte, renamed. The folder is removed in any case that the connection survives.
/// Further errors: those of sudo, server.staging.
[[nodiscard]] Result<Session::Uploaded> uploadStaged(Session &session, Session::Private &d, const QString &localFile,
                                                     const RemotePath &target, const JobContext &context);

/// These arguments, run by sudo as that user; nothing is asked.
[[nodiscard]] QList<QByteArray> sudoCommand(const QString &user, const QList<QByteArray> &command);

} // namespace handover::server

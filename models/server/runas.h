// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QByteArray>
#include <QList>

namespace handover::server {

/// The line with which Session::exec() runs a program: as who logged in, or by sudo as `user` if that is not empty.
/// Errors: those of shellCommand(), server.sudo-user.
[[nodiscard]] Result<QByteArray> commandLineAs(const QString &user, QByteArrayView directory,
                                               const QList<QByteArray> &command);

/// The line with which an SFTP server of the machine's own runs as that user, where sshd itself would only start one
/// as who logged in. It ends at once where none is found.
[[nodiscard]] Result<QByteArray> sftpServerLineAs(const QString &user);

} // namespace handover::server

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/session.h"

#include <QStringList>

namespace handover::node {

/// OpenSSH's arguments, with the program, that run the release's own script on the server, reached as Handover reaches
/// it. With a terminal there (-t) or without. Errors: server.bad-name, server.unquotable,
/// server.sudo-user.
enum class Terminal { Wanted, None };
[[nodiscard]] Result<QStringList> scriptBySsh(const server::Address &address, const server::ConnectOptions &options,
                                              const QString &release, const QByteArray &verb, Terminal terminal);

/// A terminal window of the user's in which a command runs: $TERMINAL, else what the system calls the terminal emulator,
/// else one of those known. The first word is a program's full path. Errors: console.no-terminal.
[[nodiscard]] Result<QStringList> inTerminal(const QStringList &command);

/// The command as one types it, for copying.
[[nodiscard]] Result<QString> shellText(const QStringList &command);

} // namespace handover::node

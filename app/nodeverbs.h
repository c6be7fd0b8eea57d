// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/terminal.h"
#include "models/node/footprint.h"

namespace handover::app {

// What `releases` does besides listing, on a session that is open. Each gives the exit status.

/// One line for people.
[[nodiscard]] QString factsLine(const node::NodeFacts &facts);
/// The table of releases, for people.
void printReleases(const node::Installation &installation, const QList<node::ReleaseFootprint> &footprints);
/// Compares the server with a built release, a directory or a tarball; 1 where it differs.
[[nodiscard]] int verifyOnTerminal(server::Session &session, const node::Installation &installation, const QString &built,
                                   bool json, const JobContext &context);
/// What can be followed, a line each.
[[nodiscard]] int listLogsOnTerminal(server::Session &session, const node::Installation &installation, bool json,
                                     const JobContext &context);
/// Follows the one of that name until it is interrupted.
[[nodiscard]] int followLogOnTerminal(server::Session &session, const node::Installation &installation, const QString &name,
                                      const JobContext &context);
/// The command for the remote console, to run in a terminal.
[[nodiscard]] int printConsoleCommand(const server::Address &address, const server::ConnectOptions &options,
                                      const QString &release);

} // namespace handover::app

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

} // namespace handover::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/check.h"
#include "models/node/installation.h"

namespace handover::node {

/// Tries everything that an upgrade of this server will need, in this order, and goes on as far as it can: "connection",
/// "host-key", "login", "commands", "sudo" (only where options name another user), "sftp", "directory", "write" (a file of a
/// few bytes is sent to the releases folder and removed), "node", "sha256sum", "space". What could not be tried, because
/// of what failed before it, is Impossible. Nothing on the server is changed but for that file. A cancel ends it with what
/// there is.
[[nodiscard]] QList<Check> testConnection(const server::Address &address, const server::ConnectOptions &options,
                                          const JobContext &context);

} // namespace handover::node

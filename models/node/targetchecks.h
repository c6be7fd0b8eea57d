// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/check.h"
#include "models/node/installation.h"
#include "models/package/tarball.h"

namespace handover::node {

/// What can be known of an upgrade before anything is sent, from files alone: the tarball's and the server's. Reads
/// only. In this order: space, tarball, system, erts, libraries, relup, applications, files, config. A check whose
/// question the server doesn't answer is Impossible and says why. With `replaces` what a failed unpack left is taken for
/// removed (findLeftovers()). Errors: package.changed and those of reading the
/// tarball; the session's, when the connection is gone or it was cancelled.
[[nodiscard]] Result<QList<Check>> checkTarget(server::Session &session, const Installation &installation,
                                               const package::Manifest &manifest, const JobContext &context,
                                               bool replaces = false);

} // namespace handover::node

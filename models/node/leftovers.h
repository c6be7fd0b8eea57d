// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/installation.h"
#include "models/package/tarball.h"

namespace handover::node {

/// The folders that an unpack which went wrong left of a release the node doesn't know, below the release directory:
/// "releases/VSN" and of the tarball's applications those "lib/APP-VSN" that no release uses and no application runs
/// from. Unpacking would keep what is in them. Nothing where what is in use can't be told: with the node down, or with a
/// release whose applications it doesn't list. Errors: the session's.
[[nodiscard]] Result<QStringList> findLeftovers(server::Session &session, const Installation &installed,
                                                const package::Manifest &tarball, const JobContext &context);

/// Removes them, as the node is asked again what it uses. Errors: server.nothing-left, server.remove-failed, and the
/// session's.
[[nodiscard]] Result<Step> removeLeftovers(server::Session &session, const package::Manifest &tarball,
                                           const JobContext &context);

} // namespace handover::node

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/check.h"
#include "models/node/installation.h"
#include "models/relup/relup.h"

namespace handover::node {

/// What an upgrade would do to the processes of the running node, asked of it without changing it: no code is loaded,
/// no process is suspended, killed or sent what it need not know. `script` is the way from what runs to the release
/// `to`, on the server or still here. The checks, all there each time:
///   purge            who is killed because of old code, at install and when it is made permanent, and whether the
///                    supervisors bear it (release_handler: load, remove, purge; code:purge/1)
///   suspend          whom {suspend, …} finds (release_handler_1:get_supervised_procs/0)
///   supervisors      those that would not answer it, which makes the node restart behind the point of no return
///   release_handler  check_install_release/1, where the release is unpacked and that runs nothing of the relup's own
/// What the node doesn't answer in time, or not understandably, is Impossible. Errors: server.node-down, server.bad-name,
/// and the session's.
[[nodiscard]] Result<QList<Check>> checkProcesses(server::Session &session, const Installation &installation,
                                                  const QString &to, const relup::Script &script,
                                                  const JobContext &context);

} // namespace handover::node

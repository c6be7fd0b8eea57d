// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/node.h"
#include "models/relup/relup.h"

namespace handover::node {

/// The script that would take the node from one release version to another.
struct RelupPath
{
    bool found = false;
    bool restartsEmulator = false; ///< restart_emulator or restart_new_emulator is in it
    QString file;                  ///< where it was found, for people
    QStringList offered;           ///< "from 1.0.0" of the new version's relup, for the error text
};

/// Looks where release_handler looks: for an up entry in the new version's relup, else for a down
/// entry in the running version's (release_handler:do_check_install_release/do_install_release).
[[nodiscard]] Result<RelupPath> findRelupPath(server::Session &session, const QString &from, const QString &to,
                                              const JobContext &context);

/// That script itself; nothing where there is none, or what is there can't be understood.
[[nodiscard]] Result<std::optional<relup::Script>> relupScript(server::Session &session, const QString &from, const QString &to,
                                                               const JobContext &context);

} // namespace handover::node

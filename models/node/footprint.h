// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/installation.h"

#include <QDateTime>

#include <optional>

namespace handover::node {

/// What a release takes up on the server's disk, and which ways lead to it.
struct ReleaseFootprint
{
    QString version;
    qint64 ownBytes = 0;      ///< its folder in releases, and applications that no other release uses
    qint64 sharedBytes = 0;   ///< applications that others use, too; ERTS is not counted
    QStringList sharedWith;   ///< those others' versions
    QDateTime unpacked;       ///< last change of its folder in releases; invalid if that is missing
    bool reachable = false;   ///< there is a relup to it from what runs (or is permanent, if nothing runs) …
    bool andBack = false;     ///< … and one back
    bool restartsEmulator = false; ///< one of both does

    /// "Removing it frees 1.2 MB; 14 MB more are shared with 1.1.0.": release_handler:remove_release/1.
    [[nodiscard]] QString removalWords() const;
};

/// One for each installed release, in the same order. Sizes as du counts them. Changes nothing; the node isn't asked.
/// Errors: server.no-du (the server has no du or no stat), and the session's.
[[nodiscard]] Result<QList<ReleaseFootprint>> readFootprints(server::Session &session, const Installation &installation,
                                                             const JobContext &context);

} // namespace handover::node

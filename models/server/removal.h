// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/session.h"

namespace handover::server {

/// What a recursive deletion takes, found out before it, so that it can be said and agreed to. Links are counted and
/// deleted themselves; nothing behind them is looked at.
struct Removal
{
    struct Item
    {
        RemotePath path;
        bool isDirectory = false;
    };
    QList<RemotePath> roots; ///< what was asked about
    QList<Item> items; ///< in the order of their deletion: what is in a directory before it
    qint64 files = 0;  ///< and devices, sockets and the like
    qint64 links = 0;
    qint64 directories = 0;
    qint64 bytes = 0; ///< of the files
};

/// Looks, changes nothing. Errors as Session::entries(), server.file-missing for a path that is gone, and
/// server.file-too-large for over MaximumEntries in all or a hundred levels.
[[nodiscard]] Result<Removal> planRemoval(Session &session, const QList<RemotePath> &paths, const JobContext &context);

/// Deletes exactly what the plan names. What appeared in a directory since then stays, and so does the directory:
/// server.not-empty. What is gone by itself is no error. Stops at the first error; its words say how far it came.
[[nodiscard]] Result<void> carryOut(Session &session, const Removal &removal, const JobContext &context);

} // namespace handover::server

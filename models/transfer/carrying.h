// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/session.h"
#include "models/transfer/entry.h"

namespace handover::transfer {

/// What a transfer is carried out with, in its thread.
struct Task
{
    Transfer transfer;
    server::Part part;
    std::function<void(const server::Part &)> keep; ///< as Resumption's
};

/// What came of it.
struct Outcome
{
    enum class Kind { Done, Asks, Skipped, Folder };
    struct Found
    {
        QString local;
        server::RemotePath remote;
        qint64 size = 0;
    };

    Kind kind = Kind::Done;
    QString words{};     ///< what somebody should know, in sentences
    Conflict conflict{}; ///< of Asks
    QString local{};     ///< the target's name in the end
    QByteArray remote{};
    qint64 bytes = 0;
    QList<Found> found{}; ///< of Folder: its files, in order; its directories are there already
};

/// One transfer, up to what it asks or to its end. Errors: the session's, and transfer.folder-link (a link to a folder
/// is not followed), transfer.no-folder (something else stands where a folder should be), transfer.too-many (more files
/// or levels in a folder than MaximumFound, MaximumDepth), transfer.target-is-folder.
[[nodiscard]] Result<Outcome> carry(server::Session &session, const Task &task, const JobContext &context);

/// Fails only when the connection does: what can't be removed now can't be removed later.
[[nodiscard]] Result<> removeLeftovers(server::Session &session, const QList<Leftover> &leftovers,
                                       const JobContext &context);

inline constexpr qsizetype MaximumFound = 20'000;
inline constexpr int MaximumDepth = 64;

} // namespace handover::transfer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/server/part.h"
#include "models/transfer/transfer.h"

#include <optional>

namespace handover::transfer {

/// All that is known of a row of the queue; what of it survives a restart is queuefile.h's.
struct Entry
{
    enum class PausedBy { Person, ProgramEnd, Server };

    Transfer transfer;
    State state = State::Waiting;
    PausedBy pausedBy = PausedBy::Person;
    bool isFolder = false;
    server::Part part{};
    qint64 done = 0; ///< bytes
    qint64 total = -1;
    qint64 rate = 0;
    QString words{}; ///< while it runs, and of what came of it
    Error error{};   ///< of Failed, Retrying, and Paused by the server
    std::optional<Conflict> conflict{};

    [[nodiscard]] bool isFinished() const
    {
        return state == State::Done || state == State::Skipped || state == State::Cancelled;
    }
};

/// What stands at a path before it is renamed, and is to be removed when its server can be reached.
struct Leftover
{
    QString server;
    server::RemotePath path;
};

} // namespace handover::transfer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/relup.h"

namespace handover::relup {

/// What a script does to a running node, counted. Each module once, in the order they come.
struct Summary
{
    QByteArrayList suspended; ///< whose processes are
    QByteArrayList converted; ///< whose processes' state is
    QByteArrayList loaded;
    QByteArrayList removed;
    QByteArrayList killed;    ///< those of the last two whose old code is purged with the processes in it (brutal_purge)
    QByteArrayList restarted; ///< applications that are stopped and started
    QByteArrayList started;   ///< applications that are only started
    QByteArrayList stopped;
    bool restartsEmulator = false;

    /// Processes wait from the suspend that names their module to its resume; of these, the longest.
    struct Window
    {
        qsizetype first = 0;        ///< the instruction that suspends
        qsizetype instructions = 0; ///< that are carried out before the one that resumes
        qsizetype loads = 0;        ///< of modules among them
    };
    std::optional<Window> longest;
};

[[nodiscard]] Summary summaryOf(const Script &script);

} // namespace handover::relup

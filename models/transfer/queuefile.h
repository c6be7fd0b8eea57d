// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/entry.h"

#include <QByteArray>
#include <QList>

namespace handover::transfer {

/// What is kept of a queue.
struct QueueContents
{
    QList<Entry> entries;
    QList<Leftover> leftovers;
};

inline constexpr qsizetype MaximumEntries = 50'000;

[[nodiscard]] QByteArray toBytes(const QueueContents &contents);
/// Anything may stand in the file: what makes no sense in it is left out. What was waiting, running or being tried
/// again is Paused by the end of the program.
[[nodiscard]] QueueContents fromBytes(const QByteArray &bytes);

} // namespace handover::transfer

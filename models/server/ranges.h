// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/byteranges.h"

#include <condition_variable>
#include <mutex>
#include <optional>

namespace handover::server {

/// The bytes of a file that are still to be moved, handed out in file order to whoever has room for more. For
/// several threads.
class Ranges
{
public:
    /// Of a file of `total` bytes, of which some are there already.
    explicit Ranges(qint64 total, const ByteRanges &there = {});

    /// At most `most` bytes; nothing if all is on its way or there.
    [[nodiscard]] std::optional<ByteRange> take(qint64 most);
    void arrived(ByteRange range);
    void giveBack(ByteRange range); ///< it didn't arrive: somebody else may take it

    [[nodiscard]] qint64 total() const noexcept { return m_total; }
    [[nodiscard]] ByteRanges there() const;
    [[nodiscard]] qint64 arrivedBytes() const;
    [[nodiscard]] qint64 beginning() const; ///< as ByteRanges's, of what arrived
    [[nodiscard]] bool isComplete() const { return arrivedBytes() == m_total; }
    /// Waits a moment for something to arrive or to be given back.
    void wait() const;

private:
    mutable std::mutex m_mutex; ///< of all below
    mutable std::condition_variable m_changed;
    QList<ByteRange> m_missing; ///< and not on its way
    const qint64 m_total;
    ByteRanges m_there;
    qint64 m_arrived;
};

} // namespace handover::server

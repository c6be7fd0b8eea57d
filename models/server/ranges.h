// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QtTypes>

#include <condition_variable>
#include <mutex>
#include <optional>

namespace handover::server {

struct ByteRange
{
    qint64 begin = 0;
    qint64 size = 0;
};

/// The bytes of a file that are still to be moved, handed out in file order to whoever has room for more. For
/// several threads.
class Ranges
{
public:
    Ranges(qint64 begin, qint64 end)
        : m_next(begin)
        , m_end(end)
        , m_arrived(begin)
    {
    }

    /// At most `most` bytes; nothing if all is on its way or there.
    [[nodiscard]] std::optional<ByteRange> take(qint64 most);
    void arrived(qint64 bytes);
    void giveBack(ByteRange range); ///< it didn't arrive: somebody else may take it

    [[nodiscard]] qint64 total() const noexcept { return m_end; }
    [[nodiscard]] qint64 arrivedBytes() const;
    [[nodiscard]] bool isComplete() const { return arrivedBytes() == m_end; }
    /// Waits a moment for something to arrive or to be given back.
    void wait() const;

private:
    mutable std::mutex m_mutex; ///< of all below
    mutable std::condition_variable m_changed;
    QList<ByteRange> m_back;
    qint64 m_next;
    const qint64 m_end;
    qint64 m_arrived;
};

} // namespace handover::server

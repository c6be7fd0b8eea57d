// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/ranges.h"

#include <algorithm>
#include <chrono>

namespace handover::server {

namespace {

constexpr std::chrono::milliseconds Moment(20);

} // namespace

std::optional<ByteRange> Ranges::take(qint64 most)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_back.isEmpty()) {
        ByteRange &first = m_back.first();
        const ByteRange taken{first.begin, std::min(first.size, most)};
        first = {first.begin + taken.size, first.size - taken.size};
        if (first.size == 0)
            m_back.removeFirst();
        return taken;
    }
    const ByteRange taken{m_next, std::min(m_end - m_next, most)};
    m_next += taken.size;
    return taken.size > 0 ? std::optional(taken) : std::nullopt;
}

void Ranges::arrived(qint64 bytes)
{
    const std::scoped_lock lock(m_mutex);
    m_arrived += bytes;
    m_changed.notify_all();
}

void Ranges::giveBack(ByteRange range)
{
    if (range.size <= 0)
        return;
    const std::scoped_lock lock(m_mutex);
    m_back.insert(std::ranges::lower_bound(m_back, range.begin, {}, &ByteRange::begin), range);
    m_changed.notify_all();
}

qint64 Ranges::arrivedBytes() const
{
    const std::scoped_lock lock(m_mutex);
    return m_arrived;
}

void Ranges::wait() const
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, Moment);
}

} // namespace handover::server

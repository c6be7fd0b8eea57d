// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/ranges.h"

#include <algorithm>
#include <chrono>

namespace handover::server {

namespace {

constexpr std::chrono::milliseconds Moment(20);

} // namespace

Ranges::Ranges(qint64 total, const ByteRanges &there)
    : m_missing(there.missing(total))
    , m_total(total)
    , m_there(there)
    , m_arrived(there.bytes())
{
}

std::optional<ByteRange> Ranges::take(qint64 most)
{
    const std::scoped_lock lock(m_mutex);
    if (m_missing.isEmpty())
        return std::nullopt;
    ByteRange &first = m_missing.first();
    const ByteRange taken{first.begin, std::min(first.size, most)};
    first = {taken.end(), first.size - taken.size};
    if (first.size == 0)
        m_missing.removeFirst();
    return taken;
}

void Ranges::arrived(ByteRange range)
{
    const std::scoped_lock lock(m_mutex);
    m_there.add(range);
    m_arrived += range.size;
    m_changed.notify_all();
}

ByteRanges Ranges::there() const
{
    const std::scoped_lock lock(m_mutex);
    return m_there;
}

void Ranges::giveBack(ByteRange range)
{
    if (range.size <= 0)
        return;
    const std::scoped_lock lock(m_mutex);
    m_missing.insert(std::ranges::lower_bound(m_missing, range.begin, {}, &ByteRange::begin), range);
    m_changed.notify_all();
}

qint64 Ranges::arrivedBytes() const
{
    const std::scoped_lock lock(m_mutex);
    return m_arrived;
}

qint64 Ranges::beginning() const
{
    const std::scoped_lock lock(m_mutex);
    return m_there.beginning();
}

void Ranges::wait() const
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, Moment);
}

} // namespace handover::server

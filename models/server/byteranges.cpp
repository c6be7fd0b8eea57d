// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/byteranges.h"

#include <algorithm>
#include <numeric>

namespace handover::server {

void ByteRanges::add(ByteRange range)
{
    if (range.size <= 0)
        return;
    const auto first = std::ranges::lower_bound(m_list, range.begin, {}, &ByteRange::end);
    const auto last = std::upper_bound(first, m_list.end(), range.end(),
                                       [](qint64 end, const ByteRange &other) { return end < other.begin; });
    if (first != last) { // all that it touches becomes one
        const qint64 end = std::max(range.end(), std::prev(last)->end());
        range.begin = std::min(range.begin, first->begin);
        range.size = end - range.begin;
    }
    m_list.insert(m_list.erase(first, last), range);
}

qint64 ByteRanges::bytes() const
{
    return std::accumulate(m_list.begin(), m_list.end(), qint64{0},
                           [](qint64 sum, const ByteRange &range) { return sum + range.size; });
}

qint64 ByteRanges::beginning() const
{
    return m_list.isEmpty() || m_list.first().begin > 0 ? 0 : m_list.first().size;
}

qint64 ByteRanges::end() const { return m_list.isEmpty() ? 0 : m_list.last().end(); }

QList<ByteRange> ByteRanges::missing(qint64 total) const
{
    QList<ByteRange> gaps;
    qint64 from = 0;
    for (const ByteRange &range : m_list) {
        if (range.begin > from)
            gaps += {from, std::min(range.begin, total) - from};
        from = range.end();
    }
    if (from < total)
        gaps += {from, total - from};
    return gaps;
}

} // namespace handover::server

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QtTypes>

namespace handover::transfer {

/// How fast something goes now: over the last seconds, not counting what was there before.
class RateMeter
{
public:
    /// `milliseconds` of any clock that only goes on.
    void add(qint64 milliseconds, qint64 bytes)
    {
        m_samples += {milliseconds, bytes};
        while (m_samples.size() > 2 && milliseconds - m_samples[1].time >= Window)
            m_samples.removeFirst();
    }
    /// Bytes a second; 0 until it can be told.
    [[nodiscard]] qint64 rate() const
    {
        if (m_samples.size() < 2)
            return 0;
        const qint64 time = m_samples.last().time - m_samples.first().time;
        return time < Shortest ? 0 : (m_samples.last().bytes - m_samples.first().bytes) * 1000 / time;
    }

private:
    static constexpr qint64 Window = 3000;
    static constexpr qint64 Shortest = 300;
    struct Sample
    {
        qint64 time;
        qint64 bytes;
    };
    QList<Sample> m_samples;
};

} // namespace handover::transfer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>
#include <QStringList>

#include <atomic>
#include <thread>

namespace handover::app {

/// A client of the sample: one TCP connection to tally, read in a thread of its own, so that what
/// it measures is the server's doing and not a busy window's.
class CounterClient
{
public:
    /// What was seen until now.
    struct Seen
    {
        int connections = 0;  ///< made; more than one if the first was lost
        int drops = 0;        ///< ended by the other side
        int readings = 0;
        bool monotonic = true; ///< no count was smaller than the one before
        qint64 longestGapMs = 0;
        qint64 first = 0;
        qint64 last = 0;
        QStringList versions; ///< of the counter's code, in the order in which they appeared
    };

    explicit CounterClient(quint16 port);
    ~CounterClient();
    CounterClient(const CounterClient &) = delete;
    CounterClient &operator=(const CounterClient &) = delete;

    [[nodiscard]] Seen seen() const;
    void stop(); ///< closes the connection and waits for the thread

private:
    void run(quint16 port);
    void take(const QByteArray &line);

    mutable QMutex m_mutex;
    Seen m_seen;
    std::atomic_bool m_stop = false;
    std::thread m_thread;
};

} // namespace handover::app

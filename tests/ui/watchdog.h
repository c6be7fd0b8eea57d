// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>

#include <atomic>
#include <memory>
#include <thread>

namespace handover::test {

/// What a Watchdog may find at most.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr qint64 LongestBlockMs = 1000;
#else
inline constexpr qint64 LongestBlockMs = 100;
#endif

/// Asks the window's thread for an answer every few milliseconds and notes the longest wait, less
/// the time in which that thread was ready but other processes had the processor.
class Watchdog
{
public:
    explicit Watchdog(QObject *object) : m_thread([this, object] { watch(object); }) {}
    ~Watchdog()
    {
        m_stop = true;
        m_thread.join();
    }
    [[nodiscard]] qint64 longest() const { return m_longest; }
    void reset() { m_longest = 0; }

private:
    // proc(5): run time, time waiting on a run queue, both in ns; the window's thread is the first.
    [[nodiscard]] static qint64 waitedForProcessor()
    {
        QFile file(QStringLiteral("/proc/self/task/%1/schedstat").arg(QCoreApplication::applicationPid()));
        return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() / 1'000'000 : 0;
    }

    void watch(QObject *object)
    {
        while (!m_stop) {
            auto answered = std::make_shared<std::atomic_bool>(false);
            const qint64 waited = waitedForProcessor();
            QElapsedTimer clock;
            clock.start();
            QMetaObject::invokeMethod(object, [answered] { *answered = true; }, Qt::QueuedConnection);
            while (!*answered && !m_stop)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            if (*answered)
                m_longest = std::max<qint64>(m_longest, clock.elapsed() - (waitedForProcessor() - waited));
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }

    std::atomic_bool m_stop = false;
    std::atomic<qint64> m_longest = 0;
    std::thread m_thread;
};

} // namespace handover::test

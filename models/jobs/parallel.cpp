// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/parallel.h"

#include <QThread>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace handover {

namespace {

/// Calls that are handed out to whoever comes. A helper may come when all is done, and the caller gone.
class Calls
{
public:
    Calls(qsizetype count, const std::function<void(qsizetype)> &work)
        : m_work(work)
        , m_count(count)
        , m_missing(count)
    {
    }

    void help()
    {
        for (qsizetype number = m_next++; number < m_count; number = m_next++) {
            m_work(number);
            if (--m_missing == 0)
                m_missing.notify_all();
        }
    }
    void wait() const
    {
        for (qsizetype missing = m_missing; missing != 0; missing = m_missing)
            m_missing.wait(missing);
    }

private:
    const std::function<void(qsizetype)> &m_work; ///< the caller's: there as long as a call is missing
    const qsizetype m_count;
    std::atomic<qsizetype> m_next = 0;
    std::atomic<qsizetype> m_missing;
};

} // namespace

void inParallel(qsizetype count, const std::function<void(qsizetype)> &work)
{
    const auto calls = std::make_shared<Calls>(count, work);
    QThreadPool *const pool = QThreadPool::globalInstance();
    const qsizetype helpers = qMin<qsizetype>(count, processorCount()) - 1; // this thread works too
    for (qsizetype i = 0; i < helpers && pool->tryStart([calls] { calls->help(); }); ++i)
        continue;
    calls->help();
    calls->wait();
}

int processorCount() { return qMax(1, QThread::idealThreadCount()); }

} // namespace handover

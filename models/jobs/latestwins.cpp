// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/latestwins.h"

namespace handover {

LatestWins::LatestWins(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

LatestWins::~LatestWins()
{
    cancel();
    m_pool.waitForDone();
}

void LatestWins::cancel()
{
    m_waiting = {};
    m_stop.request_stop();
}

void LatestWins::request(Work work)
{
    cancel();
    if (m_running)
        m_waiting = std::move(work);
    else
        run(work);
}

void LatestWins::run(const Work &work)
{
    m_running = true;
    m_stop = {};
    m_pool.start([this, work, token = m_stop.get_token()] {
        const Delivery deliver = work(JobContext(token, {}));
        QMetaObject::invokeMethod(
            this, [this, deliver, token] { finished(deliver, !token.stop_requested()); }, Qt::QueuedConnection);
    });
}

void LatestWins::finished(const Delivery &deliver, bool wanted)
{
    m_running = false;
    if (wanted)
        deliver(); // which may ask for more
    if (!m_running && m_waiting)
        run(std::exchange(m_waiting, {}));
}

} // namespace handover

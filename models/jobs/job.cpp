// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/job.h"

#include <QMutex>
#include <QTimer>

#include <chrono>

using namespace std::chrono_literals;

namespace handover {

// Where the working thread leaves what it has to say; emptied by the job's own thread. A worker
// that reports a thousand times a millisecond costs one event.
struct Job::Mailbox
{
    QMutex mutex;
    Job *owner = nullptr; // null once the job is gone
    Progress progress;
    bool hasProgress = false;
    QStringList lines;
    bool announced = false;

    template<typename Change>
    void post(Change change)
    {
        const QMutexLocker lock(&mutex);
        change(*this);
        if (announced || !owner)
            return;
        announced = true;
        QMetaObject::invokeMethod(
            owner, [job = owner] { QTimer::singleShot(30ms, job, [job] { job->collect(); }); }, Qt::QueuedConnection);
    }
};

Job::Job(QString title, QObject *parent)
    : QObject(parent), m_title(std::move(title)), m_log(new LogModel(this)), m_mailbox(std::make_shared<Mailbox>())
{
    m_mailbox->owner = this;
}

Job::~Job()
{
    m_stop.request_stop();
    const QMutexLocker lock(&m_mailbox->mutex);
    m_mailbox->owner = nullptr;
}

JobContext Job::context()
{
    return {m_stop.get_token(),
            {[box = m_mailbox](const Progress &progress) {
                 box->post([&](Mailbox &b) {
                     b.progress = progress;
                     b.hasProgress = true;
                 });
             },
             [box = m_mailbox](const QString &line) { box->post([&](Mailbox &b) { b.lines += line; }); }}};
}

void Job::collect()
{
    QStringList lines;
    {
        const QMutexLocker lock(&m_mailbox->mutex);
        m_mailbox->announced = false;
        lines.swap(m_mailbox->lines);
        if (m_mailbox->hasProgress)
            m_progress = m_mailbox->progress;
    }
    m_log->append(lines);
    if (!isFinished())
        emit changed();
}

void Job::start()
{
    m_state = State::Running;
    m_clock.start();
    emit changed();
}

void Job::finish(const Error *error)
{
    collect();
    m_elapsed = m_clock.isValid() ? m_clock.elapsed() : 0;
    if (!error) {
        m_state = State::Done;
    } else if (error->isCancelled()) {
        m_state = State::Cancelled;
    } else {
        m_state = State::Failed;
        m_error = *error;
    }
    emit changed();
    emit finished();
}

void Job::cancel()
{
    if (isFinished())
        return;
    m_stop.request_stop();
    emit changed();
}

qint64 Job::elapsed() const { return isFinished() ? m_elapsed : m_clock.isValid() ? m_clock.elapsed() : 0; }

qint64 Job::rate() const
{
    const qint64 time = elapsed();
    return m_progress.bytes && time > 200 ? m_progress.done * 1000 / time : 0;
}

qint64 Job::timeLeft() const
{
    const qint64 speed = rate();
    return speed > 0 && m_progress.total > 0 ? (m_progress.total - m_progress.done) * 1000 / speed : -1;
}

} // namespace handover

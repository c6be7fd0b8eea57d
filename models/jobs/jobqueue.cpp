// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/jobqueue.h"

#include <QThread>

namespace handover {

JobQueue::JobQueue(QObject *parent) : QObject(parent)
{
    // Work waits for processes, disks and servers far more than for a core, and a server that hangs must not keep
    // the others waiting.
    m_pool.setMaxThreadCount(qMax(64, QThread::idealThreadCount() * 2));
}

JobQueue::~JobQueue()
{
    cancelAll();
    m_pool.waitForDone();
}

Job *JobQueue::launch(const QString &title, std::function<Delivery(const JobContext &)> work)
{
    auto *job = new Job(title, this);
    m_jobs += job;
    emit jobAdded(job);
    m_pool.start([this, job, context = job->context(), work = std::move(work)] {
        QMetaObject::invokeMethod(job, [job] { job->start(); }, Qt::QueuedConnection);
        Delivery delivery = work(context);
        QMetaObject::invokeMethod(
            job,
            [this, job, delivery = std::move(delivery)] {
                const std::optional<Error> error = delivery();
                job->finish(error ? &*error : nullptr);
                emit jobFinished(job);
            },
            Qt::QueuedConnection);
    });
    return job;
}

void JobQueue::forget(Job *job)
{
    if (job->isFinished() && m_jobs.removeOne(job))
        job->deleteLater();
}

bool JobQueue::isBusy() const
{
    return std::ranges::any_of(m_jobs, [](const Job *job) { return !job->isFinished(); });
}

void JobQueue::cancelAll()
{
    for (Job *job : std::as_const(m_jobs))
        job->cancel();
}

} // namespace handover

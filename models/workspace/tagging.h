// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/jobqueue.h"
#include "models/workspace/newversion.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <optional>

namespace handover::workspace {

/// What the window does with tags: each thing a job, one at a time. Lives in the window's thread.
class Tagging final : public QObject
{
    Q_OBJECT

public:
    /// What a finished job has done.
    struct Done
    {
        enum class Kind { Made, Deleted, BroughtBack, Pushed };
        Kind kind = Kind::Made;
        QByteArray tag;
        QStringList remotes;                             ///< that it was pushed to or deleted at
        std::optional<repo::DeletedTag> deleted = {};    ///< what to bring back
    };

    explicit Tagging(JobQueue *jobs, QObject *parent = nullptr);

    [[nodiscard]] Job *job() const { return m_job; } ///< the running one, or the last
    [[nodiscard]] bool isBusy() const { return m_job && !m_job->isFinished(); }

    /// Each gives null and does nothing while another one is going on.
    Job *make(const NewVersionStart &start, const NewVersionPlan &plan);
    /// At the remotes first, which may say no, then here.
    Job *remove(const QString &repository, const QByteArray &tag, const QStringList &remotes);
    Job *bringBack(const QString &repository, const repo::DeletedTag &tag);
    Job *push(const QString &repository, const QByteArray &tag, const QString &remote);

signals:
    void started(handover::Job *job);
    void done(const handover::workspace::Tagging::Done &what);
    void failed(const handover::Error &error); ///< also when cancelled

private:
    Job *start(const QString &title, const std::function<Result<Done>(const JobContext &)> &work);

    JobQueue *m_jobs;
    QPointer<Job> m_job;
};

/// What deleting and pushing a tag does, in words, before it is done.
[[nodiscard]] QString deletionWords(const versions::Version &version, const QStringList &remotes, bool isBuilt);
[[nodiscard]] QString pushWords(const versions::Version &version, const repo::Remote &remote);

} // namespace handover::workspace

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/job.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <functional>
#include <optional>

namespace handover {

/// Runs work in threads of its own and keeps the history of the session's jobs, newest last.
/// Destroying it cancels what runs and waits for it.
class JobQueue final : public QObject
{
    Q_OBJECT

public:
    explicit JobQueue(QObject *parent = nullptr);
    ~JobQueue() override;

    /// Starts `work` as soon as a thread is free. `done` gets its result in the queue's thread,
    /// before the job says finished(), and is dropped if `guard` is gone by then. The job belongs
    /// to the queue. Work that ends well although it was cancelled counts as done.
    template<typename T>
    Job *start(const QString &title, std::function<Result<T>(const JobContext &)> work, QObject *guard,
               std::function<void(Result<T>)> done)
    {
        return launch(title, [work = std::move(work), guard = QPointer<QObject>(guard), guarded = guard != nullptr,
                              done = std::move(done)](const JobContext &context) -> Delivery {
            auto result = std::make_shared<Result<T>>(context.isCancelled() ? Result<T>(cancellation()) : work(context));
            return [result, guard, guarded, done] {
                std::optional<Error> error;
                if (!result->has_value())
                    error = result->error();
                if (done && (!guarded || guard))
                    done(std::move(*result));
                return error;
            };
        });
    }

    [[nodiscard]] const QList<Job *> &jobs() const { return m_jobs; }
    /// Takes a finished job out of the history; it is deleted later.
    void forget(Job *job);
    [[nodiscard]] bool isBusy() const;
    void cancelAll();

signals:
    void jobAdded(handover::Job *job);
    void jobFinished(handover::Job *job);

private:
    using Delivery = std::function<std::optional<Error>()>; // called in the queue's thread
    Job *launch(const QString &title, std::function<Delivery(const JobContext &)> work);

    QThreadPool m_pool;
    QList<Job *> m_jobs;
};

} // namespace handover

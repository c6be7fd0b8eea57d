// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/jobcontext.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace handover {

/// Work for a preview, in a thread of its own: of many requests only the newest one counts. A new
/// request cancels the running one, whose result is dropped; what waited meanwhile is never run.
/// Lives in one thread, where results are delivered too. Destroying it cancels and waits.
class LatestWins final : public QObject
{
public:
    explicit LatestWins(QObject *parent = nullptr);
    ~LatestWins() override;

    /// `done` gets the result of `work`, unless another request or cancel() came first.
    template<typename T>
    void start(std::function<T(const JobContext &)> work, std::function<void(T)> done)
    {
        request([work = std::move(work), done = std::move(done)](const JobContext &context) -> Delivery {
            auto result = std::make_shared<T>(work(context));
            return [result, done] { done(std::move(*result)); };
        });
    }
    void cancel(); ///< nothing is delivered any more, until the next start()
    [[nodiscard]] bool isBusy() const { return m_running; }

private:
    using Delivery = std::function<void()>;
    using Work = std::function<Delivery(const JobContext &)>;
    void request(Work work);
    void run(const Work &work);
    void finished(const Delivery &deliver, bool wanted);

    QThreadPool m_pool;
    std::stop_source m_stop;
    Work m_waiting;
    bool m_running = false;
};

} // namespace handover

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <stop_token>

namespace handover {

/// How far a job is. Bytes, entries or steps: only the ratio and `what` are shown by default.
struct Progress
{
    QString what;     ///< what is being done now, in words
    qint64 done = 0;
    qint64 total = 0; ///< 0: not known
    bool bytes = false; ///< done and total count bytes: rate and time left make sense
};

/// What work gets from whoever runs it: a way to say how far it is, a log, and the wish to stop.
/// Work takes it by const reference, may use it from any thread, and must look at isCancelled()
/// at least every 100 ms of its own time. A default one is silent and never cancelled.
class JobContext
{
public:
    struct Sinks
    {
        std::function<void(const Progress &)> progress;
        std::function<void(const QString &line)> log;
    };

    JobContext() = default;
    JobContext(std::stop_token stop, Sinks sinks) : m_stop(std::move(stop)), m_sinks(std::move(sinks)) {}

    [[nodiscard]] bool isCancelled() const noexcept { return m_stop.stop_requested(); }
    /// For std::stop_callback, where a blocking call must be cut (a socket, a process).
    [[nodiscard]] std::stop_token stopToken() const noexcept { return m_stop; }

    void progress(const Progress &progress) const
    {
        if (m_sinks.progress)
            m_sinks.progress(progress);
    }
    void progress(const QString &what, qint64 done = 0, qint64 total = 0) const { progress({what, done, total, false}); }
    /// One line for the job's log, without a line end. Never a secret.
    void log(const QString &line) const
    {
        if (m_sinks.log)
            m_sinks.log(line);
    }

private:
    std::stop_token m_stop;
    Sinks m_sinks;
};

} // namespace handover

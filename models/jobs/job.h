// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/jobs/jobcontext.h"
#include "models/jobs/logmodel.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>

#include <memory>
#include <stop_token>

namespace handover {

/// One piece of work as the window sees it. Lives in the thread of its queue; the work itself runs
/// elsewhere and only talks to it through a JobContext. Signals come at most about 30 times a second.
class Job final : public QObject
{
    Q_OBJECT

public:
    enum class State { Waiting, Running, Done, Failed, Cancelled };
    Q_ENUM(State)

    ~Job() override;

    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isFinished() const { return m_state > State::Running; }
    [[nodiscard]] const Progress &progress() const { return m_progress; }
    /// Bytes a second since the start; 0 until known or when progress doesn't count bytes.
    [[nodiscard]] qint64 rate() const;
    /// Milliseconds to go at that rate; -1 when not known.
    [[nodiscard]] qint64 timeLeft() const;
    [[nodiscard]] qint64 elapsed() const; ///< milliseconds from start to end, or to now
    [[nodiscard]] const Error &error() const { return m_error; } ///< only when Failed
    [[nodiscard]] LogModel *log() const { return m_log; }

    /// Asks the work to stop; returns at once. The state changes when the work has noticed.
    void cancel();
    [[nodiscard]] bool isCancelRequested() const { return m_stop.stop_requested(); }

signals:
    void changed();
    void finished();

private:
    friend class JobQueue;
    struct Mailbox;

    Job(QString title, QObject *parent);
    [[nodiscard]] JobContext context();
    void start();
    void finish(const Error *error);
    void collect();

    QString m_title;
    State m_state = State::Waiting;
    Progress m_progress;
    Error m_error;
    LogModel *m_log;
    std::stop_source m_stop;
    QElapsedTimer m_clock;
    qint64 m_elapsed = 0;
    std::shared_ptr<Mailbox> m_mailbox;
};

} // namespace handover

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/session.h"

#include <QPointer>
#include <QWidget>

namespace handover {
class Job;
class JobQueue;
}

namespace handover::ui {

class CheckRows;
class ElidedLabel;
class ProgressStrip;

/// The test of a connection, while it goes on and what came of it. Hidden until there is one.
class ConnectionTester final : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionTester(QWidget *parent = nullptr);

    /// Ends one that goes on.
    void start(JobQueue *jobs, const QString &name, const server::Address &address, const server::ConnectOptions &options);
    void close();
    [[nodiscard]] CheckRows *rows() const { return m_rows; }
    [[nodiscard]] bool isRunning() const;

signals:
    void finished();

private:
    QPointer<Job> m_job;
    int m_count = 0; // the last one's
    ElidedLabel *m_title;
    ProgressStrip *m_progress;
    CheckRows *m_rows;
};

} // namespace handover::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/job.h"

#include <QPointer>
#include <QWidget>

class QProgressBar;

namespace handover::ui {

class ElidedLabel;
class LinkButton;
class MarkLabel;

/// One job in two lines: what it does now with a thin bar, how far and how fast, and Cancel; when
/// it has ended, how. Hidden while there is no job.
class ProgressStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressStrip(QWidget *parent = nullptr);

    void setJob(Job *job); ///< nullptr hides the strip
    [[nodiscard]] Job *job() const { return m_job; }

signals:
    void logRequested(handover::Job *job); ///< "Show Log" of a failed job

private:
    void refresh();
    void refreshRunning();
    void refreshFinished();

    QPointer<Job> m_job;
    MarkLabel *m_mark;
    ElidedLabel *m_what;
    ElidedLabel *m_numbers;
    LinkButton *m_button;
    QProgressBar *m_bar;
};

} // namespace handover::ui

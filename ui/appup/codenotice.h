// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/job.h"

#include <QPointer>
#include <QWidget>

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class InlineMessage;

/// Says above the editor that an .appup.src is Erlang code, runs it when asked to, and says when the rules
/// beside the text are what it made.
class CodeNotice final : public QWidget
{
    Q_OBJECT

public:
    explicit CodeNotice(workspace::Workspace *workspace, QWidget *parent = nullptr);

    [[nodiscard]] InlineMessage *message() const { return m_message; }
    void evaluate();

private:
    void update();
    void sayUnknown();
    void sayEvaluated();

    workspace::Workspace *m_workspace;
    InlineMessage *m_message;
    QPointer<Job> m_job;
};

} // namespace handover::ui

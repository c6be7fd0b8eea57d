// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QStackedWidget;

namespace handover {
class Job;
}
namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class EmptyState;
class InlineMessage;
class LogView;
class ProgressStrip;
class RoleLabel;
class SearchField;

/// The logs of this session's jobs: what rebar3 said, what a server answered.
class BuildPage final : public QWidget
{
    Q_OBJECT

public:
    explicit BuildPage(workspace::Workspace *workspace, QWidget *parent = nullptr);

    void showJob(Job *job);
    [[nodiscard]] LogView *logView() const { return m_log; }

private:
    void addJob(Job *job);
    void select(int row);
    void showEnd(Job *job);

    workspace::Workspace *m_workspace;
    QComboBox *m_jobs;
    SearchField *m_search;
    LogView *m_log;
    ProgressStrip *m_progress;
    RoleLabel *m_end;
    InlineMessage *m_message;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
};

} // namespace handover::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace handover::deploy {
class ServerState;
}
namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class ElidedLabel;
class EmptyState;
class InlineMessage;
class MarkLabel;
class ProgressStrip;
class RoleLabel;

/// What an upgrade will do to a server, said before it is done; then how each step went.
class DeployPage final : public QWidget
{
    Q_OBJECT

public:
    explicit DeployPage(workspace::Workspace *workspace, QWidget *parent = nullptr);

private:
    struct Row
    {
        QWidget *widget;
        MarkLabel *mark;
        RoleLabel *title;
        RoleLabel *detail;
        RoleLabel *time;
    };

    void update();
    void showPlan();
    void showSteps();
    void setRowCount(int count);
    void showResult();
    [[nodiscard]] deploy::ServerState *server() const;

    workspace::Workspace *m_workspace;
    QPointer<deploy::ServerState> m_server;
    ElidedLabel *m_title;
    RoleLabel *m_subtitle;
    QVBoxLayout *m_steps;
    QList<Row> m_rows;
    QPushButton *m_installOnly;
    ProgressStrip *m_progress;
    InlineMessage *m_message;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
};

} // namespace handover::ui

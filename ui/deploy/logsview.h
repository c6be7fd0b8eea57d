// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deploy/inspection.h"

#include <QPointer>
#include <QWidget>

class QComboBox;
class QPushButton;
class QStackedWidget;

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class EmptyState;
class InlineMessage;
class LogView;
class RoleLabel;

/// The logs of the chosen server, followed live while this is shown; and the way to the node's console.
class LogsView final : public QWidget
{
    Q_OBJECT

public:
    explicit LogsView(workspace::Workspace *workspace, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void update();
    void followServer();
    void follow(int index);
    void openConsole();
    void copyConsole();

    workspace::Workspace *m_workspace;
    QPointer<deploy::ServerState> m_server;
    std::unique_ptr<deploy::Inspection> m_inspection;
    QComboBox *m_sources;
    RoleLabel *m_words;
    QPushButton *m_console;
    QPushButton *m_copy;
    LogView *m_log;
    InlineMessage *m_message;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    bool m_asked = false;
};

} // namespace handover::ui

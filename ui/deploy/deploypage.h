// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QStackedWidget;
class QTabBar;

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

/// The upgrade of the chosen server, what is installed there and what its logs say; what runs on all of them, and what
/// was done before.
class DeployPage final : public QWidget
{
    Q_OBJECT

public:
    enum class View { Upgrade, Installed, Logs, Lanes, History };
    explicit DeployPage(workspace::Workspace *workspace, QWidget *parent = nullptr);

    void showView(View view);

private:
    void updateServers();

    workspace::Workspace *m_workspace;
    QTabBar *m_views;
    QComboBox *m_server;
    QStackedWidget *m_stack;
};

} // namespace handover::ui

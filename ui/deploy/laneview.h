// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QHBoxLayout;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTableView;
class QVBoxLayout;

namespace handover::workspace {
class LaneModel;
class Workspace;
}

namespace handover::ui {

class EmptyState;
class RoleLabel;
class StepList;

/// What runs where, versions × servers; and the way to bring one version to several of them.
class LaneView final : public QWidget
{
    Q_OBJECT

public:
    explicit LaneView(workspace::Workspace *workspace, QWidget *parent = nullptr);

private:
    [[nodiscard]] QLayout *makeRollout();
    void setUpTable();
    void update();
    void showServers();
    void showRollout();
    void startRollout();

    workspace::Workspace *m_workspace;
    workspace::LaneModel *m_model;
    QTableView *m_table;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QWidget *m_rollout;
    QVBoxLayout *m_servers;
    QList<QCheckBox *> m_boxes;
    QSpinBox *m_batch;
    QPushButton *m_start;
    RoleLabel *m_words;
    StepList *m_lanes;
};

} // namespace handover::ui

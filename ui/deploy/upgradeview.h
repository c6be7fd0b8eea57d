// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deploy/serverstate.h"

#include <QPointer>
#include <QWidget>

class QHBoxLayout;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class CheckList;
class ElidedLabel;
class EmptyState;
class InlineMessage;
class LinkButton;
class PolicyForm;
class ProgressStrip;
class RoleLabel;
class SectionHeader;
class StepList;

/// What an upgrade of the chosen server would do: what was found out before, the steps, how it is confirmed. Then how
/// each step went, and what can be done from there.
class UpgradeView final : public QWidget
{
    Q_OBJECT

public:
    explicit UpgradeView(workspace::Workspace *workspace, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void update();
    void examine();
    void followServer();
    void showEmpty();
    void showChecks();
    void showPlan();
    void showSteps();
    void showResult();
    void showButtons(bool planned);
    [[nodiscard]] bool isPlanned() const;
    void install(deploy::Plan plan);
    [[nodiscard]] QString backVersion() const;
    [[nodiscard]] bool hasFailed(const QStringList &checks) const;

    workspace::Workspace *m_workspace;
    QPointer<deploy::ServerState> m_server;
    ElidedLabel *m_title;
    RoleLabel *m_subtitle;
    QWidget *m_before;
    LinkButton *m_look;
    CheckList *m_checks;
    SectionHeader *m_stepsHeader;
    StepList *m_steps;
    QWidget *m_after;
    PolicyForm *m_policy;
    QPushButton *m_installOnly;
    QPushButton *m_goBack;
    QPushButton *m_replace;
    QPushButton *m_reboot;
    QPushButton *m_rebase;
    ProgressStrip *m_progress;
    InlineMessage *m_message;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
};

} // namespace handover::ui

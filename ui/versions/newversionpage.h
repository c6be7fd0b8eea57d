// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/latestwins.h"
#include "models/workspace/newversion.h"

#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QTableView;

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class DiffView;
class ElidedLabel;
class FateModel;
class InlineMessage;
class LinkButton;
class ProgressStrip;
class RoleLabel;

/// A new version: its number, which applications get it and what that costs, the difference that will be
/// committed, and all that will be done, before it is done. Follows the repository while it is shown.
class NewVersionPage final : public QWidget
{
    Q_OBJECT

public:
    explicit NewVersionPage(workspace::Workspace *workspace, QWidget *parent = nullptr);

    void start(); ///< reads anew, with another proposal

    [[nodiscard]] QLineEdit *versionField() const { return m_version; }
    [[nodiscard]] QLineEdit *messageField() const { return m_message; }
    [[nodiscard]] QRadioButton *choice(versions::LockstepApps apps) const { return m_choices[static_cast<int>(apps)]; }
    [[nodiscard]] QTableView *table() const { return m_table; }
    [[nodiscard]] DiffView *diff() const { return m_diff; }
    [[nodiscard]] QPushButton *makeButton() const { return m_make; }
    [[nodiscard]] InlineMessage *notice() const { return m_notice; }

signals:
    void closed(); ///< given up, or made

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Shown; ///< a plan and its lines

    QWidget *makeMiddle();
    QWidget *makeForm();
    QWidget *makeChoices();
    QWidget *makePreview();
    void read(bool proposes);
    void take(const Result<workspace::NewVersionStart> &start, bool proposes);
    void showProposals();
    void edited();
    void plan();
    void show(const Shown &shown);
    void showNotice(const workspace::NewVersionPlan &plan);
    void make();
    [[nodiscard]] versions::LockstepApps chosenApps() const;

    workspace::Workspace *m_workspace;
    LatestWins m_reading;
    LatestWins m_planning;
    std::optional<workspace::NewVersionStart> m_start;
    std::optional<workspace::NewVersionPlan> m_plan; ///< of what is in the fields now
    std::optional<Error> m_failure; ///< of making it; said until something is entered, whatever the repository does
    bool m_isMaking = false;

    ElidedLabel *m_title;
    ElidedLabel *m_since;
    QLineEdit *m_version;
    QHBoxLayout *m_proposals;
    QLineEdit *m_message;
    QList<QRadioButton *> m_choices; ///< by LockstepApps
    QList<RoleLabel *> m_costs;
    FateModel *m_fates;
    QTableView *m_table;
    DiffView *m_diff;
    RoleLabel *m_steps;
    InlineMessage *m_notice;
    ProgressStrip *m_progress;
    QPushButton *m_make;
};

} // namespace handover::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QStackedWidget;
class QTreeView;

namespace handover::changes {
class DifferencesModel;
}
namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class Chip;
class DiffView;
class ElidedLabel;
class EmptyState;
class InlineMessage;
class RoleLabel;
class SectionHeader;

/// What differs between the two versions: applications, modules, configuration; and of what is selected, how.
class ChangesPage final : public QWidget
{
    Q_OBJECT

public:
    explicit ChangesPage(workspace::Workspace *workspace, QWidget *parent = nullptr);

    [[nodiscard]] QTreeView *tree() const { return m_tree; }
    [[nodiscard]] DiffView *diff() const { return m_diff; }
    [[nodiscard]] RoleLabel *details() const { return m_details; }
    [[nodiscard]] InlineMessage *problem() const { return m_problem; } ///< of what is selected

signals:
    void rulesRequested(); ///< the rules of the application that was made the chosen one
    void instructionRequested(const QString &module); ///< in those rules, for a module that they don't mention
    void newVersionRequested();

private:
    void update();
    void showUnmentioned();
    void showEmpty();
    void showBasis();
    void showSelected();
    void showModule(const QModelIndex &index);
    void showProblem(const QModelIndex &index);
    void goToRules(const QModelIndex &index);

    workspace::Workspace *m_workspace;
    changes::DifferencesModel *m_model;
    Chip *m_basis;
    QTreeView *m_tree;
    ElidedLabel *m_title;
    RoleLabel *m_details;
    InlineMessage *m_problem;
    DiffView *m_diff;
    InlineMessage *m_message;
    EmptyState *m_nothing; ///< in the place of the comparison
    QStackedWidget *m_right;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
};

} // namespace handover::ui

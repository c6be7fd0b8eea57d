// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListView;
class QSortFilterProxyModel;
class QStackedWidget;

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class EmptyState;
class RoleLabel;
class SearchField;

/// What is there: the project's versions, newest first. Choosing one makes it the version gone to.
class VersionsPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit VersionsPanel(workspace::Workspace *workspace, QWidget *parent = nullptr);

    [[nodiscard]] QListView *list() const { return m_list; }
    [[nodiscard]] SearchField *searchField() const { return m_search; }

signals:
    void openRequested(); ///< the empty state's button: open a project

private:
    void chooseTo(const QModelIndex &index);
    void showMenu(const QPoint &position);
    void update();
    [[nodiscard]] QString tagAt(const QModelIndex &index) const;

    workspace::Workspace *m_workspace;
    QListView *m_list;
    QSortFilterProxyModel *m_filter;
    SearchField *m_search;
    RoleLabel *m_count;
    RoleLabel *m_workTree;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
};

} // namespace handover::ui

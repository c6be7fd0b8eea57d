// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QVBoxLayout;

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class ElidedLabel;
class EmptyState;
class InlineMessage;
class RoleLabel;
class SearchField;

/// The tarball: what was checked, what is inside.
class PackagePage final : public QWidget
{
    Q_OBJECT

public:
    explicit PackagePage(workspace::Workspace *workspace, QWidget *parent = nullptr);

private:
    void update();
    [[nodiscard]] QWidget *makeContents();
    [[nodiscard]] QWidget *makeNeeds();
    void showChecks();
    void showNeeds();

    workspace::Workspace *m_workspace;
    ElidedLabel *m_name;
    ElidedLabel *m_folder;
    RoleLabel *m_facts;
    ElidedLabel *m_sha;
    QVBoxLayout *m_checks;
    SearchField *m_search;
    QTableView *m_entries;
    QSortFilterProxyModel *m_filter;
    QTableView *m_needs;
    RoleLabel *m_needsNote;
    InlineMessage *m_message;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QByteArray m_shown;
};

} // namespace handover::ui

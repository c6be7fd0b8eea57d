// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListView;
class QStackedWidget;

namespace handover {
class Job;
}

namespace handover::versions {
class VersionFilterModel;
}

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class EmptyState;
class IconButton;
class LinkButton;
class PlaceModel;
class RoleLabel;
class SearchField;
class TagCard;

/// What is there: the project's versions, newest first. Choosing one makes it the version gone to.
class VersionsPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit VersionsPanel(workspace::Workspace *workspace, QWidget *parent = nullptr);

    [[nodiscard]] QListView *list() const { return m_list; }
    [[nodiscard]] SearchField *searchField() const { return m_search; }
    [[nodiscard]] QListView *places() const { return m_places; }
    [[nodiscard]] LinkButton *orderButton() const { return m_order; }
    [[nodiscard]] TagCard *tagCard() { return makeTools(), m_tagCard; }
    void makeTools(); ///< what isn't seen at first; made when it is asked for at the latest

    // Of the version that the list is at.
    void askPush();
    void askDelete();

signals:
    void openRequested(); ///< the empty state's button: open a project
    void newVersionRequested();
    void logRequested(handover::Job *job);

private:
    void chooseTo(const QModelIndex &index);
    void showMenu(const QPoint &position);
    void update();
    void setByDate(bool byDate);
    void scrollToChosen();
    void showEmpty(int all);
    [[nodiscard]] QString tagAt(const QModelIndex &index) const;
    [[nodiscard]] QString currentTag() const;

    workspace::Workspace *m_workspace;
    QListView *m_list;
    versions::VersionFilterModel *m_filter;
    SearchField *m_search;
    RoleLabel *m_count;
    LinkButton *m_order;
    PlaceModel *m_placeModel;
    QListView *m_places;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    TagCard *m_tagCard = nullptr;
    IconButton *m_new;
};

} // namespace handover::ui

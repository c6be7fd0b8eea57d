// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/actiontable.h"

#include <QMainWindow>

class QSplitter;
class QStackedWidget;
class QTabBar;

namespace handover {
class Job;
}

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class BuildPage;
class ChangesPage;
class DeployPage;
class FilesPage;
class HeaderBar;
class InlineMessage;
class NewVersionPage;
class PackagePage;
class ProgressStrip;
class RelupPage;
class RelupStrip;
class RoleLabel;
class RulesPage;
class ServersPanel;
class VersionsPanel;

/// Arranges the pages around the chosen pair of versions; owns no logic of its own.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    enum class Page { Changes, Rules, Relup, Package, Deploy, Files, Log, Servers };
    Q_ENUM(Page)

    explicit MainWindow(workspace::Workspace *workspace, QWidget *parent = nullptr);

    void showPage(Page page);
    [[nodiscard]] Page currentPage() const;

    [[nodiscard]] ActionTable *actions() const { return m_actions; }
    [[nodiscard]] HeaderBar *header() const { return m_header; }
    [[nodiscard]] VersionsPanel *versionsPanel() const { return m_versions; }
    [[nodiscard]] NewVersionPage *newVersionPage() { return makePages(), m_newVersion; }
    [[nodiscard]] ChangesPage *changesPage() { return makePages(), m_changes; }
    [[nodiscard]] RulesPage *rulesPage() const { return m_rules; }
    [[nodiscard]] RelupPage *relupPage() { return makePages(), m_relup; }
    [[nodiscard]] RelupStrip *relupStrip() { return makePages(), m_strip; }
    [[nodiscard]] FilesPage *filesPage() { return makePages(), m_files; }
    [[nodiscard]] ServersPanel *serversPanel() const { return m_servers; }
    [[nodiscard]] InlineMessage *message() const { return m_message; }

signals:
    void seen(); ///< once, after the first paint: the time for what needn't be there before

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void buildLayout();
    [[nodiscard]] QWidget *buildCenter();
    void buildStatusBar();
    void makePages();
    void tellSeen();
    void turnTo(int tab);
    void showLog(Job *job);
    void connectActions();
    void openProject();
    void showNewVersion(bool shown);
    void doNext();
    void update();
    void updateTitle();
    void showStrip();
    void foldServers(bool fold);
    void about();
    [[nodiscard]] bool mayLoseRules();

    workspace::Workspace *m_workspace;
    ActionTable *m_actions;
    HeaderBar *m_header;
    VersionsPanel *m_versions;
    QSplitter *m_splitter;
    QTabBar *m_tabs;
    QStackedWidget *m_work; ///< the pages, or a new version in their place
    QStackedWidget *m_pages;
    NewVersionPage *m_newVersion = nullptr;
    ChangesPage *m_changes = nullptr; // those that aren't seen at first come after the first paint
    RulesPage *m_rules;
    RelupPage *m_relup = nullptr;
    RelupStrip *m_strip = nullptr;
    QSplitter *m_center; // the page, and the strip below it
    PackagePage *m_package = nullptr;
    DeployPage *m_deploy = nullptr;
    FilesPage *m_files = nullptr;
    BuildPage *m_log = nullptr;
    ServersPanel *m_servers;
    InlineMessage *m_message;
    ProgressStrip *m_progress;
    RoleLabel *m_place;
    RoleLabel *m_problems;
    bool m_folded = false;
    bool m_seen = false;
};

} // namespace handover::ui

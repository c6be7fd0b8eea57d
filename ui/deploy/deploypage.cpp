// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/deploypage.h"

#include "models/workspace/workspace.h"
#include "ui/deploy/historyview.h"
#include "ui/deploy/installedview.h"
#include "ui/deploy/laneview.h"
#include "ui/deploy/logsview.h"
#include "ui/deploy/upgradeview.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>

namespace handover::ui {

DeployPage::DeployPage(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_views(new QTabBar)
    , m_server(new QComboBox)
    , m_stack(new QStackedWidget)
{
    m_views->setDrawBase(false);
    m_views->addTab(tr("Upgrade"));
    m_views->addTab(tr("Installed"));
    m_views->addTab(tr("Logs"));
    m_views->addTab(tr("Servers × Versions"));
    m_views->addTab(tr("History"));
    m_views->setAccessibleName(tr("Views of the deployment"));
    m_server->setAccessibleName(tr("Server to upgrade"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(12, 0, 24, 0);
    bar->addWidget(m_views);
    bar->addStretch(1);
    bar->addWidget(m_server);
    m_stack->addWidget(new UpgradeView(workspace));
    m_stack->addWidget(new InstalledView(workspace));
    m_stack->addWidget(new LogsView(workspace));
    m_stack->addWidget(new LaneView(workspace));
    m_stack->addWidget(new HistoryView(workspace));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(new Hairline);
    column->addWidget(m_stack, 1);

    connect(m_views, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_server, &QComboBox::activated, this, [this](int index) { m_workspace->chooseTarget(m_workspace->servers().value(index)); });
    connect(workspace, &workspace::Workspace::serverAdded, this, &DeployPage::updateServers);
    connect(workspace, &workspace::Workspace::progressed, this, &DeployPage::updateServers);
    updateServers();
}

void DeployPage::showView(View view) { m_views->setCurrentIndex(static_cast<int>(view)); }

void DeployPage::updateServers()
{
    QStringList names;
    for (const deploy::ServerState *server : m_workspace->servers())
        names += server->name();
    QStringList shown;
    for (int i = 0; i < m_server->count(); ++i)
        shown += m_server->itemText(i);
    if (names != shown) {
        m_server->clear();
        m_server->addItems(names);
    }
    m_server->setVisible(names.size() > 1);
    m_server->setCurrentIndex(static_cast<int>(m_workspace->servers().indexOf(m_workspace->target())));
}

} // namespace handover::ui

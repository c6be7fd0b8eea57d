// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/laneview.h"

#include "models/workspace/lanemodel.h"
#include "models/workspace/workspace.h"
#include "ui/deploy/lanedelegate.h"
#include "ui/deploy/steplist.h"
#include "ui/theme/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace handover::ui {

namespace {

using Lane = deploy::Rollout::Lane;
using State = deploy::Rollout::State;

constexpr int ColumnWidth = 150;

Mark markOf(State state)
{
    switch (state) {
    case State::Waiting:
    case State::Ready: return Mark::Todo;
    case State::Checking:
    case State::Upgrading: return Mark::Running;
    case State::Done: return Mark::Done;
    case State::Failed: return Mark::Failed;
    case State::LeftOut: return Mark::Stale;
    }
    Q_UNREACHABLE_RETURN(Mark::Todo);
}

QString stateWords(const Lane &lane)
{
    switch (lane.state) {
    case State::Waiting: return LaneView::tr("Waits.");
    case State::Checking: return LaneView::tr("Is being looked at.");
    case State::Ready: return LaneView::tr("Nothing is in the way; waits for its turn.");
    case State::Upgrading: return LaneView::tr("Is being upgraded.");
    case State::Done: return LaneView::tr("Has it.");
    case State::Failed:
    case State::LeftOut: return lane.words;
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace

LaneView::LaneView(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_model(new workspace::LaneModel(workspace, this))
    , m_table(new QTableView)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_rollout(new QWidget)
    , m_servers(new QVBoxLayout)
    , m_batch(new QSpinBox)
    , m_start(new QPushButton)
    , m_words(new RoleLabel)
    , m_lanes(new StepList)
{
    setUpTable();
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(24, 16, 24, 20);
    column->setSpacing(12);
    column->addWidget(new SectionHeader(tr("What is installed where")));
    column->addWidget(m_table);
    column->addWidget(m_rollout);
    column->addStretch(1);
    m_rollout->setLayout(makeRollout());
    m_stack->addWidget(m_empty);
    m_stack->addWidget(inside);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);
    m_empty->set(u"server", tr("No Server"), tr("Add servers at the right; then this shows which of them runs which version."));

    connect(m_start, &QPushButton::clicked, this, &LaneView::startRollout);
    connect(workspace, &workspace::Workspace::progressed, this, &LaneView::update);
    connect(workspace, &workspace::Workspace::serverAdded, this, &LaneView::showServers);
    showServers();
}

QLayout *LaneView::makeRollout()
{
    m_words->setWordWrap(true);
    m_batch->setRange(1, 100);
    m_batch->setAccessibleName(tr("Servers at a time"));
    auto *batch = new QLabel(tr("At a &time:"));
    batch->setBuddy(m_batch);
    auto *row = new QHBoxLayout;
    row->addWidget(batch);
    row->addWidget(m_batch);
    row->addSpacing(8);
    row->addWidget(m_start);
    row->addStretch(1);
    m_servers->setSpacing(4);
    auto *column = new QVBoxLayout;
    column->setContentsMargins({});
    column->setSpacing(8);
    column->addWidget(new SectionHeader(tr("To several servers")));
    column->addWidget(m_words);
    column->addLayout(m_servers);
    column->addLayout(row);
    column->addWidget(m_lanes);
    return column;
}

void LaneView::setUpTable()
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new LaneDelegate(m_table));
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setAccessibleName(tr("Versions and the servers that have them"));
    m_table->setCornerButtonEnabled(false);
    m_table->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 16);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultSectionSize(ColumnWidth);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void LaneView::showServers()
{
    qDeleteAll(m_boxes);
    m_boxes.clear();
    for (const deploy::ServerState *server : m_workspace->servers()) {
        auto *box = new QCheckBox(server->name());
        box->setChecked(true);
        connect(box, &QCheckBox::toggled, this, &LaneView::update);
        m_servers->addWidget(box);
        m_boxes += box;
    }
    m_stack->setCurrentIndex(m_boxes.isEmpty() ? 0 : 1);
    update();
}

void LaneView::update()
{
    const auto &packaged = m_workspace->packaged();
    const bool going = m_workspace->rollout() && !m_workspace->rollout()->isFinished();
    m_rollout->setVisible(m_boxes.size() > 1);
    const auto chosen = std::ranges::count_if(m_boxes, &QCheckBox::isChecked);
    m_start->setEnabled(packaged && chosen > 0 && !going);
    m_start->setText(packaged ? tr("Upgrade %n Server(s) to %1", nullptr, static_cast<int>(chosen)).arg(packaged->to.version)
                              : tr("Upgrade"));
    m_words->setText(packaged ? tr("All are looked at first; if a check fails on one, nothing is changed anywhere. Then they are "
                                   "upgraded in this order, and the first failure leaves the rest as they are.")
                              : tr("Package a version first."));
    for (QCheckBox *box : std::as_const(m_boxes))
        box->setEnabled(!going);
    showRollout();
}

void LaneView::showRollout()
{
    QList<StepList::Step> rows;
    if (const deploy::Rollout *rollout = m_workspace->rollout()) {
        for (const Lane &lane : rollout->lanes())
            rows += {markOf(lane.state), lane.server ? lane.server->name() : QString(), stateWords(lane), {}};
    }
    m_lanes->set(rows);
}

void LaneView::startRollout()
{
    QList<deploy::ServerState *> servers;
    for (qsizetype i = 0; i < m_boxes.size(); ++i) {
        if (m_boxes.at(i)->isChecked())
            servers += m_workspace->servers().at(i);
    }
    m_workspace->rollOut(servers, deploy::Goal::Permanent, m_batch->value());
}

} // namespace handover::ui

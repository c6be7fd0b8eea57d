// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/deploypage.h"

#include "models/workspace/workspace.h"
#include "ui/theme/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/progressstrip.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

using Kind = node::Step::Kind;
using Steps = deploy::StepModel;

// What a step will do, before it does it.
QString planWords(Kind kind, const workspace::Packaged &packaged, const deploy::ServerState &server)
{
    const QString running = server.installation()->runningVersion;
    const QString version = packaged.to.version;
    switch (kind) {
    case Kind::Upload: {
        const auto place = node::tarballPlace(server.address().directory, packaged.manifest.name, version);
        return DeployPage::tr("Sends %1 to %2 under a temporary name, compares the check sum there, then renames it.")
            .arg(QLocale().formattedDataSize(packaged.manifest.size, 1, QLocale::DataSizeSIFormat),
                 place ? place->text() : QString());
    }
    case Kind::Unpack:
        return DeployPage::tr("The node unpacks it beside what runs. Files that are there already are never replaced.");
    case Kind::Check:
        return DeployPage::tr("The node checks that a relup leads from %1 to %2 and that all code is there.").arg(running, version);
    case Kind::Install:
        return DeployPage::tr("The node switches to %1 while it runs. If that fails past the point of no return, it "
                              "restarts with %2.").arg(version, server.installation()->bootVersion);
    case Kind::MakePermanent: return DeployPage::tr("After a reboot %1 starts, no longer %2.").arg(version, server.installation()->bootVersion);
    }
    Q_UNREACHABLE_RETURN(QString());
}

Mark markOf(Steps::State state)
{
    switch (state) {
    case Steps::State::Waiting: return Mark::Todo;
    case Steps::State::Running: return Mark::Running;
    case Steps::State::Done: return Mark::Done;
    case Steps::State::Failed: return Mark::Failed;
    }
    Q_UNREACHABLE_RETURN(Mark::Todo);
}

} // namespace

DeployPage::DeployPage(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_title(new ElidedLabel)
    , m_subtitle(new RoleLabel)
    , m_steps(new QVBoxLayout)
    , m_installOnly(new QPushButton(tr("Install Without Making Permanent")))
    , m_progress(new ProgressStrip)
    , m_message(new InlineMessage)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    QFont title = bold(font());
    title.setPointSizeF(title.pointSizeF() * 1.2);
    m_title->setFont(title);
    m_subtitle->setWordWrap(true);
    m_steps->setSpacing(14);
    m_message->setClosable(false);
    m_installOnly->setToolTip(tr("A reboot then brings the old release back: a way to try the new one"));

    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(6);
    column->addWidget(m_title);
    column->addWidget(m_subtitle);
    column->addSpacing(14);
    column->addLayout(m_steps);
    column->addSpacing(14);
    column->addWidget(m_progress);
    column->addWidget(m_message);
    column->addWidget(m_installOnly, 0, Qt::AlignLeft);
    column->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("What the deployment does"));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(scroll);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);

    connect(m_installOnly, &QPushButton::clicked, this, [this] {
        if (server() && m_workspace->packaged())
            server()->deploy(m_workspace->packaged()->manifest, deploy::Goal::Install);
    });
    connect(workspace, &workspace::Workspace::progressed, this, &DeployPage::update);
    connect(workspace, &workspace::Workspace::pairChanged, this, &DeployPage::update);
    update();
}

deploy::ServerState *DeployPage::server() const { return m_workspace->servers().value(0); }

void DeployPage::update()
{
    deploy::ServerState *const current = server();
    if (current != m_server) {
        m_server = current;
        if (current) {
            connect(current->steps(), &QAbstractItemModel::dataChanged, this, &DeployPage::update);
            connect(current->steps(), &QAbstractItemModel::rowsInserted, this, &DeployPage::update);
        }
    }
    if (!current) {
        m_empty->set(u"server", tr("No Server"), tr("Add the server that the release goes to, at the right."));
        m_stack->setCurrentIndex(0);
        return;
    }
    const bool acted = current->steps()->rowCount() > 0;
    if (!acted && (!m_workspace->packaged() || !current->installation())) {
        m_empty->set(u"deploy", tr("Nothing to Deploy Yet"),
                     m_workspace->packaged() ? tr("%1 has not been looked at yet.").arg(current->name())
                                             : tr("Package a version; then this page says what deploying it will do, "
                                                  "step by step, before anything is done."));
        m_stack->setCurrentIndex(0);
        return;
    }
    m_stack->setCurrentIndex(1);
    // The plan for what comes next, unless what is shown is still going on or just ended.
    const auto next = m_workspace->next();
    const bool failed = acted && current->lastReport() && current->lastReport()->error;
    const bool planned = !current->isBusy() && !failed && m_workspace->packaged() && current->installation()
                         && next.step == workspace::StepId::Deploy && next.possible;
    if (planned)
        showPlan();
    else
        showSteps();
    m_installOnly->setVisible(planned && !current->installation()->release(m_workspace->packaged()->to.version));
    m_progress->setJob(current->isBusy() && acted ? current->job() : nullptr);
    showResult();
}

void DeployPage::setRowCount(int count)
{
    while (m_rows.size() > count) {
        delete m_rows.takeLast().widget;
    }
    while (m_rows.size() < count) {
        Row row{new QWidget, new MarkLabel, new RoleLabel({}, Role::Text), new RoleLabel, new RoleLabel};
        row.title->setFont(bold(font()));
        row.detail->setWordWrap(true);
        row.detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto *grid = new QGridLayout(row.widget);
        grid->setContentsMargins({});
        grid->setHorizontalSpacing(10);
        grid->setVerticalSpacing(2);
        grid->addWidget(row.mark, 0, 0, Qt::AlignTop);
        grid->addWidget(row.title, 0, 1);
        grid->addWidget(row.time, 0, 2, Qt::AlignRight);
        grid->addWidget(row.detail, 1, 1, 1, 2);
        grid->setColumnStretch(1, 1);
        m_steps->addWidget(row.widget);
        m_rows += row;
    }
}

void DeployPage::showPlan()
{
    const workspace::Packaged &packaged = *m_workspace->packaged();
    const QString version = packaged.to.version;
    const node::Installation &installed = *m_server->installation();
    QList<Kind> kinds = deploy::stepsFor(deploy::Goal::Permanent, installed.release(version));
    if (installed.runningVersion == version)
        kinds = {Kind::MakePermanent};
    m_title->setText(tr("%1: %2 → %3").arg(m_server->name(), installed.runningVersion, version));
    m_subtitle->setText(tr("This is what the button at the top will do, in this order. It stops at the first step that fails."));
    setRowCount(static_cast<int>(kinds.size()));
    for (int i = 0; i < kinds.size(); ++i) {
        m_rows[i].mark->set(Mark::Todo);
        m_rows[i].title->setText(deploy::stepTitle(kinds[i]));
        m_rows[i].detail->setText(planWords(kinds[i], packaged, *m_server));
        m_rows[i].time->clear();
    }
}

void DeployPage::showSteps()
{
    const Steps *steps = m_server->steps();
    if (steps->rowCount() == 0) {
        m_title->setText(m_server->name());
        m_subtitle->setText(m_workspace->next().why);
        setRowCount(0);
        return;
    }
    m_title->setText(m_server->job() ? m_server->job()->title() : m_server->name());
    m_subtitle->setText(m_server->isBusy() ? tr("Going on now.") : tr("What was done."));
    setRowCount(steps->rowCount());
    for (int i = 0; i < m_rows.size(); ++i) {
        const QModelIndex index = steps->index(i);
        const auto state = index.data(Steps::StateRole).value<Steps::State>();
        m_rows[i].mark->set(markOf(state));
        m_rows[i].title->setText(index.data().toString());
        m_rows[i].detail->setText(index.data(Steps::DetailRole).toString());
        const bool timed = state == Steps::State::Done || state == Steps::State::Failed;
        m_rows[i].time->setText(timed ? tr("%1 ms").arg(QLocale().toString(index.data(Steps::MillisecondsRole).toLongLong()))
                                      : QString());
    }
}

void DeployPage::showResult()
{
    const auto &report = m_server->lastReport();
    if (m_server->isBusy() || !report) {
        m_message->dismiss();
    } else if (report->error) {
        m_message->showError(*report->error);
    } else if (!report->versionAfter.isEmpty()) {
        m_message->showMessage(Tone::Good, tr("%1 ran %2 and now runs %3, as the node itself says.")
                                               .arg(m_server->name(), report->versionBefore, report->versionAfter));
    }
}

} // namespace handover::ui

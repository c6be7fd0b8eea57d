// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/upgradeview.h"

#include "models/workspace/workspace.h"
#include "ui/deploy/policyform.h"
#include "ui/deploy/steplist.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/checklist.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/progressstrip.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

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
        return UpgradeView::tr("Sends %1 to %2 under a temporary name, compares the check sum there, then renames it.")
            .arg(QLocale().formattedDataSize(packaged.manifest.size, 1, QLocale::DataSizeSIFormat),
                 place ? place->text() : QString());
    }
    case Kind::Unpack:
        return UpgradeView::tr("The node unpacks it beside what runs. Files that are there already are never replaced.");
    case Kind::Check:
        return UpgradeView::tr("The node checks that a relup leads from %1 to %2 and that all code is there.").arg(running, version);
    case Kind::Install:
        return UpgradeView::tr("The node switches to %1 while it runs. If that fails past the point of no return, it "
                              "restarts with %2.").arg(version, server.installation()->bootVersion);
    case Kind::Watch: return UpgradeView::tr("Its health is asked every few seconds before it is confirmed.");
    case Kind::MakePermanent: return UpgradeView::tr("After a reboot %1 starts, no longer %2.").arg(version, server.installation()->bootVersion);
    case Kind::GoBack: return UpgradeView::tr("The node goes back to %1.").arg(running);
    case Kind::Remove: return UpgradeView::tr("Takes %1 away, with all that no other release uses.").arg(version);
    case Kind::Reboot: return UpgradeView::tr("Stops the node and starts it with %1. Connections and state are lost.").arg(version);
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

UpgradeView::UpgradeView(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_title(new ElidedLabel)
    , m_subtitle(new RoleLabel)
    , m_before(new QWidget)
    , m_look(new LinkButton(tr("Look Again")))
    , m_checks(new CheckList)
    , m_stepsHeader(new SectionHeader(tr("Steps")))
    , m_steps(new StepList)
    , m_after(new QWidget)
    , m_policy(new PolicyForm)
    , m_installOnly(new QPushButton(tr("Install Without Making Permanent")))
    , m_goBack(new QPushButton)
    , m_replace(new QPushButton(tr("Replace What Is There")))
    , m_reboot(new QPushButton(tr("Stop and Start Instead")))
    , m_rebase(new QPushButton)
    , m_progress(new ProgressStrip)
    , m_message(new InlineMessage)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    QFont title = bold(font());
    title.setPointSizeF(title.pointSizeF() * 1.2);
    m_title->setFont(title);
    m_subtitle->setWordWrap(true);
    m_message->setClosable(false);
    m_installOnly->setToolTip(tr("A reboot then brings the old release back: a way to try the new one"));
    m_replace->setToolTip(tr("Other files of this version are there: unpacked from another tarball, or left of a try that went wrong. "
                             "They are taken away first, if nothing uses them."));
    m_reboot->setToolTip(tr("Unpacks the release, stops the node and starts it with that release. Connections and state are lost."));

    m_rebase->setToolTip(tr("Fetches what runs from the server and makes the relup from that: for when its tag can't be built, "
                            "or is not what is installed. Nothing is changed there."));

    const auto section = [](QWidget *widget, QWidget *header, QWidget *content) {
        auto *column = new QVBoxLayout(widget);
        column->setContentsMargins(0, 8, 0, 0);
        column->setSpacing(8);
        column->addWidget(header);
        column->addWidget(content);
    };
    section(m_before, new SectionHeader(tr("Before the upgrade"), m_look), m_checks);
    section(m_after, new SectionHeader(tr("How it is confirmed")), m_policy);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton *button : {m_installOnly, m_rebase, m_goBack, m_replace, m_reboot})
        buttons->addWidget(button);
    buttons->addStretch(1);

    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(24, 16, 24, 20);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_subtitle);
    column->addWidget(m_progress);
    column->addWidget(m_message);
    column->addWidget(m_before);
    column->addSpacing(8);
    column->addWidget(m_stepsHeader);
    column->addWidget(m_steps);
    column->addSpacing(4);
    column->addLayout(buttons);
    column->addWidget(m_after);
    column->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("What the deployment does"));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(scroll);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);

    connect(m_look, &QAbstractButton::clicked, this, [this] {
        if (m_server && m_workspace->packaged())
            m_server->examine(m_workspace->packaged()->manifest);
    });
    connect(m_installOnly, &QPushButton::clicked, this, [this] { install({.goal = deploy::Goal::Install}); });
    connect(m_replace, &QPushButton::clicked, this, [this] { install({.goal = deploy::Goal::Install, .replaceUnpacked = true}); });
    connect(m_reboot, &QPushButton::clicked, this, [this] { install({.goal = deploy::Goal::Permanent, .reboot = true}); });
    connect(m_goBack, &QPushButton::clicked, this, [this] {
        if (m_server && !backVersion().isEmpty())
            m_server->switchTo(backVersion(), {.goal = deploy::Goal::Permanent});
    });
    connect(m_rebase, &QPushButton::clicked, workspace, &workspace::Workspace::packageForTarget);
    connect(workspace, &workspace::Workspace::progressed, this, &UpgradeView::update);
    connect(workspace, &workspace::Workspace::pairChanged, this, &UpgradeView::update);
    connect(m_policy, &PolicyForm::changed, this, &UpgradeView::update);
    update();
}

void UpgradeView::followServer()
{
    deploy::ServerState *const current = m_workspace->target();
    if (current == m_server)
        return;
    if (m_server)
        disconnect(m_server->steps(), nullptr, this, nullptr);
    m_server = current;
    if (!current)
        return;
    m_policy->setServer(current->name());
    connect(current->steps(), &QAbstractItemModel::dataChanged, this, &UpgradeView::update);
    connect(current->steps(), &QAbstractItemModel::rowsInserted, this, &UpgradeView::update);
}

void UpgradeView::showEmpty()
{
    if (!m_server)
        m_empty->set(u"server", tr("No Server"), tr("Add the server that the release goes to, at the right."));
    else
        m_empty->set(u"deploy", tr("Nothing to Deploy Yet"),
                     m_workspace->packaged() ? tr("%1 has not been looked at yet.").arg(m_server->name())
                                             : tr("Package a version; then this page says what deploying it will do, "
                                                  "step by step, before anything is done."));
    m_stack->setCurrentIndex(0);
}

void UpgradeView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    examine();
}

// What is read here is looked at now; the server isn't changed by that.
void UpgradeView::examine()
{
    if (!isVisible() || !m_server || !m_server->isUpToDate() || !m_workspace->packaged() || m_workspace->isBusy())
        return;
    const bool there = m_server->installation()->runningVersion == m_workspace->packaged()->to.version;
    if (!there && !m_server->isExamined(m_workspace->packaged()->manifest))
        m_server->examine(m_workspace->packaged()->manifest);
}

bool UpgradeView::isPlanned() const
{
    // The plan for what comes next, unless what is shown is still going on or just ended.
    const bool acted = m_server->steps()->rowCount() > 0;
    const bool failed = acted && m_server->lastReport() && m_server->lastReport()->error;
    const bool acting = m_server->isBusy() && acted && !m_server->lastReport();
    const auto &installed = m_server->installation();
    return !acting && !failed && m_workspace->packaged() && installed
           && (installed->runningVersion != m_workspace->packaged()->to.version
               || (m_workspace->next().step == workspace::StepId::Deploy && m_workspace->next().possible));
}

void UpgradeView::update()
{
    followServer();
    const bool acted = m_server && m_server->steps()->rowCount() > 0;
    if (!m_server || (!acted && (!m_workspace->packaged() || !m_server->installation()))) {
        showEmpty();
        return;
    }
    m_stack->setCurrentIndex(1);
    const bool planned = isPlanned();
    if (planned)
        showPlan();
    else
        showSteps();
    showChecks();
    showButtons(planned);
    m_after->setVisible(planned);
    m_progress->setJob(m_server->isBusy() && m_server->job()->title().startsWith(u"Look at ") && !planned ? nullptr
                       : m_server->isBusy()                                                              ? m_server->job()
                                                                                                         : nullptr);
    showResult();
    if (!m_server->lastReport() || !m_server->lastReport()->error)
        examine(); // what went wrong stays to be read
}

void UpgradeView::showChecks()
{
    const auto &preflight = m_server->preflight();
    const bool shown = preflight && m_workspace->packaged() && m_server->isExamined(m_workspace->packaged()->manifest);
    m_before->setVisible(shown);
    m_look->setEnabled(!m_server->isBusy());
    if (shown)
        m_checks->set(preflight->checks);
}

void UpgradeView::showPlan()
{
    const workspace::Packaged &packaged = *m_workspace->packaged();
    const QString version = packaged.to.version;
    const node::Installation &installed = *m_server->installation();
    const bool examined = m_server->isExamined(packaged.manifest);
    QList<Kind> kinds = deploy::stepsFor({.goal = deploy::Goal::Permanent, .policy = m_policy->policy()}, installed.release(version));
    if (installed.runningVersion == version)
        kinds = {Kind::MakePermanent};
    m_title->setText(tr("%1: %2 → %3").arg(m_server->name(), installed.runningVersion, version));
    m_subtitle->setText(installed.runningVersion == version
                            ? tr("%1 runs, but a reboot would bring %2 back.").arg(version, installed.bootVersion)
                        : !examined ? tr("It is being looked at whether this would go well; nothing is changed by that.")
                                    : tr("This is what the button at the top will do, in this order. It stops at the first step that "
                                         "fails, and does nothing if the server is no longer as it was looked at."));
    QList<StepList::Step> steps;
    for (const Kind kind : std::as_const(kinds))
        steps += {Mark::Todo, deploy::stepTitle(kind), planWords(kind, packaged, *m_server), {}};
    m_steps->set(steps);
}

void UpgradeView::showSteps()
{
    const Steps *steps = m_server->steps();
    QList<StepList::Step> shown;
    for (int i = 0; i < steps->rowCount(); ++i) {
        const QModelIndex index = steps->index(i);
        const auto state = index.data(Steps::StateRole).value<Steps::State>();
        const bool timed = state == Steps::State::Done || state == Steps::State::Failed;
        shown += {markOf(state), index.data().toString(), index.data(Steps::DetailRole).toString(),
                  timed ? tr("%1 ms").arg(QLocale().toString(index.data(Steps::MillisecondsRole).toLongLong())) : QString()};
    }
    const bool acted = steps->rowCount() > 0;
    m_title->setText(acted ? m_server->deed() : m_server->name());
    m_subtitle->setText(!acted ? m_workspace->next().why : m_server->isBusy() ? tr("Going on now.") : tr("What was done."));
    m_steps->set(shown);
}

QString UpgradeView::backVersion() const
{
    const auto &installed = m_server->installation();
    if (!installed || !installed->nodeUp)
        return {};
    const node::InstalledRelease *running = installed->release(installed->runningVersion);
    if (!running || running->status != node::ReleaseStatus::Current)
        return {};
    for (const node::InstalledRelease &release : installed->releases) {
        if (release.status == node::ReleaseStatus::Permanent)
            return release.version;
    }
    return {};
}

bool UpgradeView::hasFailed(const QStringList &checks) const
{
    return std::ranges::any_of(m_server->preflight()->checks, [&](const Check &check) {
        return check.outcome == Check::Outcome::Failed && checks.contains(check.id);
    });
}

void UpgradeView::showButtons(bool planned)
{
    const auto &installed = m_server->installation();
    const auto &packaged = m_workspace->packaged();
    const bool up = m_server->isUpToDate() && installed->nodeUp;
    const node::InstalledRelease *known = installed && packaged ? installed->release(packaged->to.version) : nullptr;
    const bool examined = packaged && m_server->isExamined(packaged->manifest);
    const bool runs = installed && packaged && installed->runningVersion == packaged->to.version;
    const auto &report = m_server->lastReport();
    m_installOnly->setVisible(planned && up && examined && !runs && m_server->preflight()->allows());
    const bool refused = report && report->error && report->error->code == u"server.already-installed";
    m_replace->setVisible(up && (known ? known->status == node::ReleaseStatus::Unpacked && refused
                                       : planned && examined && hasFailed({u"files"_s, u"tarball"_s})));
    m_reboot->setVisible(planned && up && examined && !runs && !m_server->preflight()->allows()
                         && !m_server->preflight()->obstacle(true));
    // Not from what the server runs, or not from the applications that it has of that.
    m_rebase->setVisible(planned && up && examined && !runs && hasFailed({u"relup"_s, u"applications"_s}));
    m_rebase->setEnabled(m_workspace->canBuild());
    if (installed && packaged)
        m_rebase->setText(tr("Package %1 for the %2 That Runs").arg(packaged->to.version, installed->runningVersion));
    const QString back = up ? backVersion() : QString();
    m_goBack->setVisible(!back.isEmpty());
    m_goBack->setText(tr("Go Back to %1").arg(back));
}

void UpgradeView::install(deploy::Plan plan)
{
    if (!m_server || !m_workspace->packaged())
        return;
    plan.policy = m_policy->policy();
    if (m_server->isExamined(m_workspace->packaged()->manifest))
        plan.shown = m_server->preflight()->basis;
    m_server->deploy(m_workspace->packaged()->manifest, plan);
}

void UpgradeView::showResult()
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

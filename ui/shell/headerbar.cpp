// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/headerbar.h"

#include "models/versions/versionfiltermodel.h"
#include "models/workspace/workspace.h"
#include "ui/theme/icons.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/versionpicker.h"

#include <QHBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace handover::ui {

using workspace::StepId;
using workspace::StepStatus;

namespace {

Stepper::State stateOf(StepStatus::State state)
{
    switch (state) {
    case StepStatus::State::Todo: return Stepper::State::Todo;
    case StepStatus::State::Running: return Stepper::State::Running;
    case StepStatus::State::Done: return Stepper::State::Done;
    case StepStatus::State::Attention: return Stepper::State::Attention;
    case StepStatus::State::Failed: return Stepper::State::Failed;
    }
    Q_UNREACHABLE_RETURN(Stepper::State::Todo);
}

} // namespace

QString stepKey(int step)
{
    static const QStringList keys{u"build"_s, u"rules"_s, u"relup"_s, u"package"_s, u"deploy"_s};
    return keys.value(step);
}

HeaderBar::HeaderBar(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_from(new VersionPicker(tr("From")))
    , m_to(new VersionPicker(tr("To")))
    , m_stepper(new Stepper)
    , m_next(new PrimaryButton)
{
    using Model = versions::VersionListModel;
    const VersionPicker::Roles roles{Model::TagRole, -1, Model::BadgesRole};
    for (VersionPicker *picker : {m_from, m_to}) {
        auto *filter = new versions::VersionFilterModel(workspace->versions(), this);
        picker->setModel(filter, roles, [filter](const QString &words) { filter->setWanted(words); });
    }
    QList<Stepper::Step> steps;
    for (const QString &title : {tr("Build"), tr("Rules"), tr("Relup"), tr("Package"), tr("Deploy")})
        steps += Stepper::Step{.id = stepKey(static_cast<int>(steps.size())), .title = title, .toolTip = {}};
    m_stepper->setSteps(steps);
    m_next->setObjectName(u"nextButton"_s);

    auto *arrow = new QLabel;
    arrow->setPixmap(icon(u"arrow-right").pixmap(20, 20));
    arrow->setAccessibleName(tr("to"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 12, 24, 12);
    layout->setSpacing(12);
    layout->addWidget(m_from);
    layout->addWidget(arrow);
    layout->addWidget(m_to);
    layout->addSpacing(20);
    layout->addWidget(m_stepper, 1);
    layout->addWidget(m_next);

    const auto tagOf = [](const QModelIndex &index) { return index.data(Model::TagRole).toString(); };
    const auto tag = [](const std::optional<versions::Version> &version) {
        return version ? version->tag.text() : QString();
    };
    connect(m_from, &VersionPicker::chosen, this, [this, tagOf, tag](const QModelIndex &index) {
        m_workspace->choosePair(tagOf(index), tag(m_workspace->to()));
    });
    connect(m_to, &VersionPicker::chosen, this, [this, tagOf, tag](const QModelIndex &index) {
        m_workspace->choosePair(tag(m_workspace->from()), tagOf(index));
    });
    connect(m_next, &QPushButton::clicked, this, &HeaderBar::nextRequested);
    connect(workspace, &workspace::Workspace::pairChanged, this, &HeaderBar::update);
    connect(workspace, &workspace::Workspace::progressed, this, &HeaderBar::update);
    connect(workspace, &workspace::Workspace::projectChanged, this, &HeaderBar::update);
    update();
}

void HeaderBar::setReviewing(bool reviewing)
{
    m_reviewing = reviewing;
    update();
}

void HeaderBar::updateSteps()
{
    for (const StepId step : {StepId::Build, StepId::Rules, StepId::Relup, StepId::Package, StepId::Deploy}) {
        const StepStatus status = m_workspace->status(step);
        m_stepper->setState(stepKey(static_cast<int>(step)), stateOf(status.state), status.count, status.words);
    }
}

void HeaderBar::update()
{
    const auto &from = m_workspace->from();
    const auto &to = m_workspace->to();
    m_from->setVersion(from ? from->tag.text() : QString());
    m_to->setVersion(to ? to->tag.text() : QString());
    const bool open = m_workspace->project().has_value() && !m_workspace->project()->versions.isEmpty();
    m_from->setEnabled(open);
    m_to->setEnabled(open);

    QString runs;
    for (const deploy::ServerState *server : m_workspace->servers()) {
        if (from && server->installation() && server->installation()->runningVersion == from->installedAs())
            runs = tr("runs on %1").arg(server->name());
    }
    m_from->setChip(runs, Tone::Good);
    updateSteps();

    const workspace::NextAction next = m_workspace->next();
    const bool leadsToPage = next.step == StepId::Deploy && next.possible && !m_reviewing;
    m_next->setText(leadsToPage ? next.text + u'…' : next.text);
    m_next->setEnabled(next.possible);
    m_next->setToolTip(next.possible ? QString() : Qt::convertFromPlainText(next.why));
    m_next->setAccessibleDescription(next.why);
    m_next->updateGeometry();
}

} // namespace handover::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// Where the steps stand and what comes next: the part of Workspace that only reads.
#include "models/workspace/workspace.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

using State = StepStatus::State;

QString sizeText(qint64 bytes) { return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat); }

} // namespace

StepStatus::State Workspace::idle(StepId step, bool done) const
{
    if (isBusy() && m_jobStep == step)
        return State::Running;
    if (done)
        return State::Done;
    return m_buildError && m_jobStep == step ? State::Failed : State::Todo;
}

StepStatus Workspace::rulesStatus() const
{
    if (!m_rules->isOpen())
        return {};
    if (const int errors = m_rules->errorCount(); errors > 0)
        return {State::Attention, errors, u"%1 of %2: see the Rules page"_s.arg(errors).arg(m_rules->source().app)};
    if (!m_from)
        return {};
    return {State::Done, 0, u"No problem in the rules of %1"_s.arg(m_rules->source().app)};
}

StepStatus Workspace::relupStatus() const
{
    if (!m_from)
        return {State::Todo, 0, u"There is no version to come from"_s};
    if (!m_relup->pair())
        return {State::Todo, 0, u"Both versions have to be built first"_s};
    if (!m_relup->outcome())
        return {State::Running, 0, u"Being made"_s};
    if (const auto error = m_relup->error())
        return {State::Failed, 0, error->message};
    return {State::Done, 0, u"%1 → %2"_s.arg(m_relup->pair()->from.version, m_relup->pair()->to.version)};
}

StepStatus Workspace::deployStatus() const
{
    for (const deploy::ServerState *server : m_servers) {
        if (server->isBusy() && server->job()->title().startsWith(u"Deploy"))
            return {State::Running, 0, server->job()->progress().what};
    }
    for (const deploy::ServerState *server : m_servers) {
        if (server->lastReport() && server->lastReport()->error)
            return {State::Failed, 0, server->lastReport()->error->message};
        if (m_packaged && server->isUpToDate() && server->installation()->runningVersion == m_packaged->to.version)
            return {State::Done, 0, u"%1 runs %2"_s.arg(server->name(), m_packaged->to.version)};
    }
    return {};
}

StepStatus Workspace::status(StepId step) const
{
    switch (step) {
    case StepId::Build: {
        if (m_to && !isTag(*m_to))
            return {State::Todo, 0, u"Only tags are built: make a version of it first"_s};
        const bool done = m_to && built(*m_to) && (!m_from || built(*m_from));
        return {idle(step, done), 0, done ? u"Built"_s : m_buildError ? m_buildError->message : u"Not built yet"_s};
    }
    case StepId::Rules: return rulesStatus();
    case StepId::Relup: return relupStatus();
    case StepId::Package:
        if (m_packaged && !m_packaged->isSound())
            return {State::Failed, 0, u"A check of the tarball failed"_s};
        return {idle(step, m_packaged.has_value()), 0,
                m_packaged ? sizeText(m_packaged->manifest.size) : u"Not packaged yet"_s};
    case StepId::Deploy: return deployStatus();
    }
    Q_UNREACHABLE_RETURN({});
}

NextAction Workspace::next() const
{
    if (!m_to)
        return {StepId::Build, u"Choose a Version"_s, false, u"There is no version to go to"_s};
    const QString tag = m_to->tag.text();
    if (isBusy())
        return {m_jobStep, m_job->isCancelRequested() ? u"Cancelling…"_s : u"Working…"_s, false, m_job->title()};
    if (!isTag(*m_to))
        return {StepId::Build, u"New Version…"_s, true, {}};
    if (!built(*m_to) || (m_from && !built(*m_from)))
        return {StepId::Build, u"Build %1"_s.arg(tag), true, {}};
    if (const auto error = m_relup->error(); error && !m_relup->isEdited())
        return {StepId::Rules, u"Mend the Rules"_s, false, error->message};
    if (!m_packaged)
        return {StepId::Package, u"Package %1"_s.arg(tag), true, {}};

    const QString version = m_packaged->to.version;
    if (m_servers.isEmpty())
        return {StepId::Deploy, u"Add a Server"_s, false, u"There is no server yet"_s};
    deploy::ServerState *const server = target();
    const QString upgrade = u"Upgrade %1 to %2"_s.arg(server->name(), version);
    if (m_rollout && !m_rollout->isFinished())
        return {StepId::Deploy, upgrade, false, u"Several servers are being upgraded"_s};
    if (server->isBusy())
        return {StepId::Deploy, upgrade, false, server->job()->title()};
    if (!server->isUpToDate())
        return {StepId::Deploy, upgrade, false, u"%1 has not been looked at"_s.arg(server->name())};
    const node::Installation &installed = *server->installation();
    if (installed.runningVersion == version) {
        const node::InstalledRelease *release = installed.release(version);
        if (release && release->status == node::ReleaseStatus::Current)
            return {StepId::Deploy, u"Make %1 Permanent"_s.arg(version), true, {}};
        return {StepId::Deploy, u"Done"_s, false, u"%1 runs %2"_s.arg(server->name(), version)};
    }
    if (!m_packaged->isSound())
        return {StepId::Deploy, upgrade, false, u"A check of the tarball failed"_s};
    if (server->isExamined(m_packaged->manifest)) {
        for (const Check &check : server->preflight()->checks) {
            if (check.outcome == Check::Outcome::Failed)
                return {StepId::Deploy, upgrade, false, check.title + u": "_s + check.words};
        }
    }
    const QList<build::BuiltRelease> &from = m_packaged->from;
    const auto isRunning = [&](const build::BuiltRelease &older) { return older.version == installed.runningVersion; };
    if (!from.isEmpty() && installed.nodeUp && std::ranges::none_of(from, isRunning))
        return {StepId::Deploy, upgrade, false,
                u"%1 runs %2, this relup comes from %3"_s.arg(server->name(), installed.runningVersion,
                                                             from.first().version)};
    return {StepId::Deploy, upgrade, true, {}};
}

Job *Workspace::doNext()
{
    const NextAction action = next();
    if (!action.possible || !isTag(*m_to))
        return nullptr;
    switch (action.step) {
    case StepId::Build: return build();
    case StepId::Package: return package();
    case StepId::Rules:
    case StepId::Relup: return nullptr;
    case StepId::Deploy: break;
    }
    // Already there, perhaps not permanent yet, or known to the server from an earlier time.
    deploy::ServerState *const server = target();
    deploy::Plan plan{.goal = deploy::Goal::Permanent, .policy = settings::upgradePolicy(server->name())};
    const QString version = m_packaged->to.version;
    if (server->installation()->runningVersion == version)
        return server->switchTo(version, plan);
    if (!server->isExamined(m_packaged->manifest))
        return server->examine(m_packaged->manifest); // nothing is done on what nobody has seen
    plan.shown = server->preflight()->basis;
    return server->deploy(m_packaged->manifest, plan);
}

} // namespace handover::workspace

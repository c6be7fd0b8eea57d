// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/workspace.h"

#include "models/versions/appsources.h"
#include "models/workspace/appmodules.h"
#include "models/workspace/appuptext.h"
#include "models/workspace/serverbase.h"

#include <QFile>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace handover::workspace {

Workspace::Workspace(QObject *parent)
    : QObject(parent)
    , m_versions(new versions::VersionListModel(this))
    , m_apps(new VersionApps(this))
    , m_watch(new repo::RepositoryWatch(this))
    , m_rules(new RulesDocument(this))
    , m_matrix(new LiveMatrix(this))
    , m_changes(new LiveChanges(this))
    , m_relup(new LiveRelup(this))
    , m_way(new InstructionWay(m_rules, m_relup, this))
    , m_jobs(new JobQueue(this))
    , m_tagging(new Tagging(m_jobs, this))
{
    connect(m_rules, &RulesDocument::textChanged, this, &Workspace::updateRelup);
    connect(m_rules, &RulesDocument::opened, this, &Workspace::updateRelup);
    connect(m_rules, &RulesDocument::analysed, this, &Workspace::updateRelup); // of code, that tells what it makes
    connect(m_relup, &LiveRelup::changed, this, &Workspace::followRelup);
    connect(m_way, &InstructionWay::appRequested, this, &Workspace::chooseApp);
    connect(m_changes, &LiveChanges::changed, this, &Workspace::progressed);
    connect(m_changes, &LiveChanges::changed, this,
            [this] { m_rules->setDifferences(m_changes->app(m_rules->source().app), m_changes->basis()); });
    connect(m_rules, &RulesDocument::analysed, this, &Workspace::followAnalysis);
    connect(m_rules, &RulesDocument::modifiedChanged, this, &Workspace::progressed);
    connect(m_apps, &VersionApps::partRead, this, &Workspace::takeDeclared);
    connect(m_apps, &VersionApps::finished, this, [this] {
        updateRuleVersions();
        emit appsRead();
    });
    startFollowing();
}

Workspace::~Workspace()
{
    delete m_jobs; // before the servers, to which running work still reports
}

// ---- the project ---------------------------------------------------------------------------------

Job *Workspace::open(const QString &path)
{
    return m_jobs->start<Project>(
        u"Open %1"_s.arg(path),
        [path, before = m_project](const JobContext &context) { return listProject(path, before, context); }, this,
        [this](Result<Project> project) { take(std::move(project)); });
}

Job *Workspace::reload() { return m_project ? open(m_project->path) : nullptr; }

void Workspace::take(Result<Project> project)
{
    if (!project) {
        m_projectError = project.error();
        emit projectChanged();
        return;
    }
    m_projectError.reset();
    if (m_project && m_project->path == project->path) {
        takeAgain(*std::move(project));
        return;
    }
    m_pairIsChosen = false;
    m_placeReading.cancel();
    m_from.reset();
    m_to.reset();
    show(*std::move(project));
    setPairOrNewest({}, {});
    comeFromWhatRuns();
}

void Workspace::show(Project project)
{
    m_project = std::move(project);
    m_versions->setVersions(m_project->versions, m_project->searchText);
    m_apps->read(m_project->path, m_project->versions);
    m_watch->watch(m_project->gitDirectory, m_project->commonDirectory);
    m_placeTimer.start();
    refreshBuilt();
    emit projectChanged();
}

// What is not there any more becomes the newest version, and the one before.
void Workspace::setPairOrNewest(QString from, QString to)
{
    if (m_versions->rowOfTag(to) < 0) {
        to = m_project->versions.isEmpty() ? QString() : m_project->versions.first().tag.text();
        from.clear();
    }
    if (m_versions->rowOfTag(from) < 0) {
        const auto version = m_project->find(to);
        const versions::Version *older = version ? m_project->predecessor(*version) : nullptr;
        from = older ? older->tag.text() : QString();
    }
    setPair(from, to);
}

void Workspace::takeDeclared(qsizetype first, const QList<versions::Declared> &declared)
{
    for (qsizetype i = 0; i < declared.size(); ++i)
        m_project->versions[first + i].declare(declared[i]);
    m_versions->declare(static_cast<int>(first), declared);
}

void Workspace::refreshBuilt()
{
    m_built.clear();
    QSet<QByteArray> commits;
    QHash<QByteArray, QStringList> packaged;
    const QSet<QByteArray> maybe = m_project->commitsWithBuilds();
    for (const versions::Version &version : std::as_const(m_project->versions)) {
        if (!maybe.contains(version.tag.commit.hex()))
            continue;
        if (auto release = build::cachedRelease(m_project->buildRequest(version))) {
            m_built.insert(version.tag.name, *release);
            commits.insert(version.tag.commit.hex());
            if (const QStringList from = packagedFrom(*m_project, version); !from.isEmpty())
                packaged.insert(version.tag.name, from);
        }
    }
    m_versions->setBuilt(commits);
    m_versions->setPackaged(packaged);
    updateChanges();
    updateRelup();
}

void Workspace::updateChanges()
{
    std::optional<LiveChanges::Pair> pair;
    if (m_project && m_from && m_to)
        pair = LiveChanges::Pair{*m_project, *m_from, *m_to, built(*m_from), built(*m_to)};
    m_changes->setPair(pair);
}

void Workspace::updateRelup()
{
    const auto older = m_from ? built(*m_from) : std::nullopt;
    const auto newer = m_to ? built(*m_to) : std::nullopt;
    std::optional<LiveRelup::Pair> pair;
    if (older && newer)
        pair = LiveRelup::Pair{*older, *newer};
    std::optional<QByteArray> text;
    if (m_rules->isOpen() && m_rules->text() != m_rules->source().tagText.value_or(QByteArray()))
        text = m_rules->rendered();
    m_relup->setRules(m_rules->source().app, text);
    m_relup->setPair(pair);
}

// Most keystrokes change nothing that is said of the steps.
void Workspace::followRelup()
{
    m_rules->setRelupProblem(m_relup->reason());
    const auto error = m_relup->error();
    const StepStatus status = relupStatus();
    const QString state = QString::number(int(status.state)) + status.words + (error ? error->code : QString());
    if (state != std::exchange(m_relupState, state))
        emit progressed();
}

void Workspace::followAnalysis()
{
    const int count = std::exchange(m_errorCount, m_rules->errorCount());
    const RulesDocument::Code code = std::exchange(m_ruleCode, m_rules->code());
    if (count != m_errorCount || code != m_ruleCode)
        emit progressed();
}

// ---- the pair ------------------------------------------------------------------------------------

void Workspace::choosePair(const QString &fromTag, const QString &toTag)
{
    m_pairIsChosen = true;
    m_placeReading.cancel();
    if (m_to && !isTag(*m_to) && toTag == m_to->tag.text())
        setPair(versionOf(fromTag), std::optional(m_to));
    else
        setPair(fromTag, toTag);
}

void Workspace::comeFromWhatRuns()
{
    if (m_pairIsChosen || !m_to || m_servers.isEmpty() || !m_servers.first()->installation())
        return;
    const QString running = m_servers.first()->installation()->runningVersion;
    const int row = m_versions->rowOfInstalled(running);
    if (row >= 0 && running != m_to->installedAs() && (!m_from || m_from->installedAs() != running))
        setPair(m_versions->versions().at(row).tag.text(), m_to->tag.text());
}

// With its applications, although the rest of them may still be being read.
std::optional<versions::Version> Workspace::versionOf(const QString &tag)
{
    const int row = tag.isEmpty() ? -1 : m_versions->rowOfTag(tag);
    if (row < 0)
        return std::nullopt;
    versions::Version version = m_versions->versions().at(row);
    if (version.appsRead)
        return version;
    if (const auto repository = repo::Repository::open(m_project->path))
        versions::AppSources(*repository).readInto(version, {});
    takeDeclared(row, {version.declared()});
    return version;
}

void Workspace::setPair(const QString &fromTag, const QString &toTag) { setPair(versionOf(fromTag), versionOf(toTag)); }

void Workspace::setPair(const std::optional<versions::Version> &from, const std::optional<versions::Version> &to)
{
    m_from = from;
    m_to = to;
    if (m_from && m_to && m_from->tag.name == m_to->tag.name)
        m_from.reset();
    m_versions->setPair(m_from ? m_from->tag.text() : QString(), m_to ? m_to->tag.text() : QString());
    forgetResults();
    if (!apps().contains(m_app))
        m_app = apps().value(0);
    openRules();
    updateChanges();
    updateRelup();
    emit pairChanged();
    emit progressed();
}

void Workspace::forgetResults()
{
    m_packaged.reset();
    m_buildError.reset();
}

QStringList Workspace::apps() const
{
    QStringList names;
    const QList<versions::AppSource> apps = m_to ? m_to->appsWithRules() : QList<versions::AppSource>();
    for (const versions::AppSource &app : apps)
        names += app.name;
    return names;
}

void Workspace::chooseApp(const QString &app)
{
    if (app == m_app || !apps().contains(app))
        return;
    m_app = app;
    openRules();
    emit appChanged();
    emit progressed();
}

RulesDocument::Source Workspace::rulesSource(const versions::AppSource &app) const
{
    RulesDocument::Source source;
    source.app = m_app;
    source.tag = m_to->tag.text();
    source.vsn = app.vsn;
    source.otherVersions = m_project->appVersions(m_app);
    source.otherVersions.removeAll(app.vsn);
    source.versionsToReach = m_project->olderAppVersions(m_app, app.vsn);
    if (auto text = appupAt(*m_project, *m_to, m_app))
        source.tagText = std::move(*text);
    if (const QString path = appupInWorkTree(*m_project, app); !path.isEmpty()) {
        QFile file(path);
        if (!file.exists() && app.appupPath.isEmpty()) {
            source.file = path; // to be written
        } else if (file.open(QIODevice::ReadOnly)) {
            source.file = path;
            source.text = file.read(4 * 1024 * 1024);
        } else {
            source.text = source.tagText.value_or(QByteArray());
        }
    }
    source.modules = modulesOf(*m_project, *m_to, m_app);
    for (const QString &name : apps())
        source.applications += name.toUtf8();
    if (const changes::AppDifference *differences = m_changes->app(m_app))
        source.differences = *differences;
    source.basis = m_changes->basis();
    return source;
}

void Workspace::openRules()
{
    const versions::AppSource *app = m_to ? m_to->app(m_app) : nullptr;
    if (!app) {
        m_rules->close();
        return;
    }
    m_rules->open(rulesSource(*app));
    updateRunning();
}

void Workspace::updateRuleVersions()
{
    if (!m_rules->isOpen() || !m_project)
        return;
    const QString &vsn = m_rules->source().vsn;
    QStringList others = m_project->appVersions(m_rules->source().app);
    others.removeAll(vsn);
    m_rules->setOtherVersions(others, m_project->olderAppVersions(m_rules->source().app, vsn));
}

void Workspace::updateMatrix()
{
    if (m_project && m_to)
        m_matrix->compute({*m_project, *m_to, m_rules->unsavedTexts()});
}

bool Workspace::canProposeRules() const
{
    return m_rules->isOpen() && m_rules->isEditable() && m_from && m_to && built(*m_from) && built(*m_to);
}

Job *Workspace::proposeRules(const QSet<QByteArray> &leftOut)
{
    if (!canProposeRules())
        return nullptr;
    const changes::AppDifference *known = m_changes->basis() == changes::Differences::Basis::Builds ? m_changes->app(m_app) : nullptr;
    const auto difference = known ? std::optional(*known) : std::nullopt;
    const auto work = [text = m_rules->text(), app = m_app, older = *built(*m_from), newer = *built(*m_to),
                       difference, leftOut](const JobContext &context) {
        return proposedRules(text, app, older, newer, difference ? &*difference : nullptr, leftOut, context);
    };
    return m_jobs->start<ProposedRules>(u"Rules for %1"_s.arg(m_app), work, this,
                                        [this, app = m_app, text = m_rules->text()](const Result<ProposedRules> &rules) {
                                            if (!rules)
                                                emit rulesNotProposed(rules.error());
                                            else if (app == m_app && text == m_rules->text())
                                                emit rulesProposed(*rules);
                                        });
}

Job *Workspace::evaluateRules()
{
    if (m_rules->code() == RulesDocument::Code::No || !m_project)
        return nullptr;
    appup::CodeToRun code{m_rules->text(), m_rules->source().vsn, m_project->path, {}};
    if (const auto release = m_to ? built(*m_to) : std::nullopt) {
        for (auto app = release->apps.cbegin(); app != release->apps.cend(); ++app)
            code.codePath += u"%1/lib/%2-%3/ebin"_s.arg(release->directory, app.key(), *app);
    }
    const auto work = [code](const JobContext &context) { return appup::evaluate(code, context); };
    return m_jobs->start<appup::Evaluated>(u"Evaluate the rules of %1"_s.arg(m_app), work, this,
                                           [this, app = m_app](const Result<appup::Evaluated> &evaluated) {
                                               if (app != m_app)
                                                   return;
                                               if (evaluated)
                                                   m_rules->setEvaluated(*evaluated);
                                               else
                                                   emit rulesNotEvaluated(evaluated.error());
                                           });
}

// ---- build, package -----------------------------------------------------------------------

Job *Workspace::follow(Job *job, StepId step)
{
    m_job = job;
    m_jobStep = step;
    m_buildError.reset();
    connect(job, &Job::changed, this, &Workspace::progressed);
    connect(job, &Job::finished, this, &Workspace::progressed);
    emit progressed();
    return job;
}

void Workspace::failed(const Error &error)
{
    if (!error.isCancelled())
        m_buildError = error;
}

Job *Workspace::build()
{
    if (!canBuild())
        return nullptr;
    const auto work = [project = *m_project, from = m_from,
                       to = *m_to](const JobContext &context) -> Result<QList<build::BuiltRelease>> {
        QList<build::BuiltRelease> releases;
        if (from) {
            auto older = build::buildRelease(project.buildRequest(*from), context);
            if (!older)
                return std::unexpected(older.error());
            releases += *older;
        }
        auto newer = build::buildRelease(project.buildRequest(to), context);
        if (!newer)
            return std::unexpected(newer.error());
        releases += *newer;
        return releases;
    };
    return follow(m_jobs->start<QList<build::BuiltRelease>>(u"Build %1"_s.arg(m_to->tag.text()), work, this,
                                                            [this](const Result<QList<build::BuiltRelease>> &result) {
                                                                if (!result)
                                                                    failed(result.error());
                                                                refreshBuilt();
                                                            }),
                  StepId::Build);
}

Job *Workspace::package()
{
    if (!canBuild())
        return nullptr;
    QList<versions::Version> from;
    if (m_from)
        from.append(*m_from);
    return startPackaging([project = *m_project, from, to = *m_to](const JobContext &context) {
        return packageVersion(project, from, to, context);
    });
}

Job *Workspace::packageForTarget()
{
    if (!canBuild() || !target())
        return nullptr;
    const auto link = std::make_shared<server::ServerLink>(target()->address(), target()->connectOptions());
    return startPackaging([project = *m_project, to = *m_to, link](const JobContext &context) -> Result<Packaged> {
        const auto base = link->use<build::BuiltRelease>(context, [&](server::Session &session) -> Result<build::BuiltRelease> {
            const auto installed = node::readInstallation(session, context);
            return installed ? fetchRunning(session, *installed, project, context) : std::unexpected(installed.error());
        });
        if (!base)
            return std::unexpected(base.error());
        return packageOnto(project, *base, to, context);
    });
}

Job *Workspace::startPackaging(std::function<Result<Packaged>(const JobContext &)> work)
{
    const QByteArray fromName = m_from ? m_from->tag.name : QByteArray();
    const auto take = [this, fromName, toName = m_to->tag.name](Result<Packaged> result) {
        refreshBuilt();
        if (!m_to || m_to->tag.name != toName || fromName != (m_from ? m_from->tag.name : QByteArray()))
            return;
        if (result)
            m_packaged = *std::move(result);
        else
            failed(result.error());
    };
    return follow(m_jobs->start<Packaged>(u"Package %1"_s.arg(m_to->tag.text()), std::move(work), this, take), StepId::Package);
}

std::optional<build::BuiltRelease> Workspace::built(const versions::Version &version) const
{
    if (!isTag(version))
        return std::nullopt;
    const auto found = m_built.constFind(version.tag.name);
    return found == m_built.constEnd() ? std::nullopt : std::optional(*found);
}

// ---- servers -------------------------------------------------------------------------------------

deploy::ServerState *Workspace::addServer(const QString &name, const server::Address &address,
                                  const server::ConnectOptions &options)
{
    auto *server = new deploy::ServerState(name, address, options, m_jobs, this);
    m_servers += server;
    connect(server, &deploy::ServerState::changed, this, [this] {
        updateBadges();
        comeFromWhatRuns();
        emit progressed();
    });
    emit serverAdded(server);
    emit progressed();
    return server;
}

bool Workspace::removeServer(deploy::ServerState *server)
{
    if (server->isBusy() && !server->isLooking())
        return false;
    m_servers.removeAll(server);
    server->disconnect(this);
    if (server->isBusy()) {
        connect(server->job(), &Job::finished, server, &QObject::deleteLater);
        server->job()->cancel();
    } else {
        server->deleteLater();
    }
    emit serverRemoved(server);
    updateBadges();
    emit progressed();
    return true;
}

deploy::ServerState *Workspace::server(const QString &name) const
{
    for (deploy::ServerState *server : m_servers) {
        if (server->name() == name)
            return server;
    }
    return nullptr;
}

deploy::ServerState *Workspace::target() const { return m_target ? m_target.data() : m_servers.value(0); }

void Workspace::chooseTarget(deploy::ServerState *server)
{
    if (server == target())
        return;
    m_target = server;
    emit progressed();
}

deploy::Rollout *Workspace::rollOut(const QList<deploy::ServerState *> &servers, deploy::Goal goal, int batch)
{
    if (!m_packaged || servers.isEmpty() || (m_rollout && !m_rollout->isFinished()))
        return nullptr;
    delete m_rollout;
    m_rollout = new deploy::Rollout(servers, m_packaged->manifest, goal, batch, this);
    connect(m_rollout, &deploy::Rollout::changed, this, &Workspace::progressed);
    m_rollout->start();
    return m_rollout;
}

void Workspace::updateBadges()
{
    QHash<QString, QStringList> badges;
    for (const deploy::ServerState *server : std::as_const(m_servers)) {
        if (!server->installation())
            continue;
        for (const node::InstalledRelease &release : server->installation()->releases)
            badges[release.version] += server->name() + u' ' + node::statusWords(release.status);
    }
    m_versions->setBadges(badges);
    updateRunning();
}

// The application's versions that run, but for the one that needs no rule: the appup's own.
void Workspace::updateRunning()
{
    QHash<QString, QStringList> servers;
    for (const deploy::ServerState *server : std::as_const(m_servers)) {
        if (!server->installation())
            continue;
        const QString vsn = server->installation()->runningApps.value(m_rules->source().app);
        if (!vsn.isEmpty() && vsn != m_rules->source().vsn)
            servers[vsn] += server->name();
    }
    m_rules->matches()->setRunning(servers);
}

} // namespace handover::workspace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/serverstate.h"

#include "models/deploy/history.h"
#include "models/jobs/keptlog.h"

using namespace Qt::StringLiterals;

namespace handover::deploy {

namespace {

// What was done stays known even when it can't be written down; then the log says so.
void remember(server::Session &session, const Deed &deed, const JobContext &context)
{
    const auto said = [&](const Result<> &written) {
        if (!written)
            context.log(written.error().words());
    };
    said(deploy::remember(deed));
    if (settings::upgradePolicy(deed.server).historyThere && session.isAlive())
        said(rememberThere(session, deed, context));
}

} // namespace

ServerState::ServerState(QString name, const server::Address &address, const server::ConnectOptions &options,
                         JobQueue *jobs, QObject *parent)
    : QObject(parent)
    , m_name(std::move(name))
    , m_link(std::make_shared<server::ServerLink>(address, options))
    , m_jobs(jobs)
    , m_steps(new StepModel(this))
{
}

void ServerState::follow(Job *job)
{
    m_job = job;
    connect(job, &Job::finished, this, &ServerState::changed);
    emit changed();
}

void ServerState::adopt(Result<server::Session> connected) { m_link->adopt(std::move(connected)); }

Job *ServerState::refresh()
{
    if (isBusy())
        return nullptr;
    const auto work = [link = m_link](const JobContext &context) {
        context.progress(u"Looking at %1"_s.arg(link->address().host));
        return link->use<node::Installation>(
            context, [&](server::Session &session) { return node::readInstallation(session, context); });
    };
    m_isLook = true;
    follow(m_jobs->start<node::Installation>(u"Look at %1"_s.arg(m_name), work, this,
                                               [this, link = m_link](Result<node::Installation> result) {
                                                   if (link == m_link) // else it is of another server
                                                       take(std::move(result));
                                               }));
    return m_job;
}

void ServerState::take(Result<node::Installation> result)
{
    if (!result) {
        fail(result.error());
        return;
    }
    m_installation = std::move(*result);
    if (m_preflight && m_preflight->basis.server != Basis::of(nullptr, *m_installation).server)
        m_preflight.reset();
    if (m_switchPreflight && m_switchPreflight->basis != Basis::of(nullptr, *m_installation))
        m_switchPreflight.reset();
    m_error.reset();
    m_question = Question::None;
    emit changed();
}

void ServerState::fail(const Error &error)
{
    if (error.isCancelled())
        return;
    m_error = error;
    m_question = Question::None;
    ask(error);
    emit changed();
}

void ServerState::ask(const Error &error)
{
    server::ConnectOptions options = m_link->options();
    if (error.code == u"server.host-key-unknown") {
        m_question = Question::HostKey;
        m_fingerprint = error.detail;
    } else if (error.code == u"server.password-needed" || (error.code == u"server.authentication" && !options.password.isEmpty())) {
        m_question = Question::Password;
        options.password.clear();
    } else if (error.code == u"server.passphrase-needed") {
        m_question = Question::Passphrase;
        options.passphrase.clear();
    }
    m_link->setOptions(options); // what was refused isn't tried again
}

bool ServerState::isExamined(const package::Manifest &tarball) const
{
    return m_preflight && m_installation && m_preflight->basis == Basis::of(&tarball, *m_installation);
}

Job *ServerState::examine(const package::Manifest &tarball, bool replaces)
{
    return look(u"Look at %1 before %2"_s.arg(m_name, tarball.version), &ServerState::m_preflight,
                [tarball, replaces](server::Session &session, const JobContext &context) {
                    return deploy::examine(session, tarball, context, replaces);
                });
}

Job *ServerState::examineSwitch(const QString &version)
{
    return look(u"Look at %1 before %2"_s.arg(m_name, version), &ServerState::m_switchPreflight,
                [version](server::Session &session, const JobContext &context) {
                    return deploy::examineSwitch(session, version, context);
                });
}

Job *ServerState::look(const QString &title, std::optional<Preflight> ServerState::*found,
                       std::function<Result<Preflight>(server::Session &, const JobContext &)> work)
{
    if (isBusy())
        return nullptr;
    const auto run = [link = m_link, work = std::move(work)](const JobContext &context) {
        return link->use<Preflight>(context, [&](server::Session &session) { return work(session, context); });
    };
    m_isLook = true;
    follow(m_jobs->start<Preflight>(title, run, this, [this, found, link = m_link](Result<Preflight> result) {
        if (link != m_link)
            return; // it is of another server
        if (!result) {
            (this->*found).reset();
            fail(result.error());
            return;
        }
        const node::Installation installed = result->installed;
        this->*found = *std::move(result);
        take(installed);
    }));
    return m_job;
}

Job *ServerState::act(const QString &title, const QString &release, const QList<node::Step::Kind> &steps,
                      std::function<DeployReport(server::Session &, const JobContext &, const StepListener &)> work)
{
    if (isBusy())
        return nullptr;
    m_steps->plan(steps);
    m_deed = title;
    m_report.reset();
    m_isLook = false;
    // Called in the working thread; the workspace ends its jobs before its servers.
    const StepListener listener = [this](const node::Step &step, bool finished) {
        QMetaObject::invokeMethod(
            this,
            [this, step, finished] {
                finished ? m_steps->end(step) : m_steps->begin(step.kind);
                if (finished)
                    emit stepEnded(step);
            },
            Qt::QueuedConnection);
    };
    const auto cut = std::make_shared<DeployReport>(); // of what was cancelled, which is no result
    const auto run = [link = m_link, work = std::move(work), listener, title, release, name = m_name, cut](const JobContext &context) {
        return link->use<DeployReport>(context, [&](server::Session &session) -> Result<DeployReport> {
            QStringList log;
            DeployReport report = work(session, keepingLog(context, log), listener);
            remember(session, Deed::of(name, session.address(), release, title, report, log), context);
            // Where somebody else is changing it, nothing was read.
            if (!report.installed) {
                if (auto installed = node::readInstallation(session, context))
                    report.installed = *std::move(installed);
            }
            if (!report.error || !report.error->isCancelled())
                return report;
            *cut = std::move(report);
            return cancellation();
        });
    };
    follow(m_jobs->start<DeployReport>(title, run, this, [this, cut](Result<DeployReport> result) {
        m_preflight.reset();
        m_switchPreflight.reset();
        if (!result) {
            fail(result.error());
            m_report = std::move(*cut);
            m_report->error = result.error();
        } else {
            m_report = *std::move(result);
            if (m_report->installed)
                m_installation = m_report->installed;
            else
                m_error = m_report->error;
        }
        emit changed();
        emit deployed();
    }));
    return m_job;
}

Job *ServerState::deploy(const package::Manifest &tarball, const Plan &plan)
{
    return act(u"Deploy %1 %2 to %3"_s.arg(tarball.name, tarball.version, m_name), tarball.name, stepsFor(plan),
               [tarball, plan](server::Session &session, const JobContext &context, const StepListener &listener) {
                   return deploy::carryOut(session, tarball, plan, context, listener);
               });
}

Job *ServerState::switchTo(const QString &version, const Plan &plan)
{
    if (!m_installation)
        return nullptr;
    return act(u"Switch %1 to %2"_s.arg(m_name, version), m_installation->name, stepsFor(plan, true),
               [name = m_installation->name, version, plan](server::Session &session, const JobContext &context,
                                                            const StepListener &listener) {
                   return deploy::switchTo(session, name, version, plan, context, listener);
               });
}

Job *ServerState::remove(const QString &version)
{
    if (!m_installation)
        return nullptr;
    return act(u"Remove %1 from %2"_s.arg(version, m_name), m_installation->name, {node::Step::Kind::Remove},
               [name = m_installation->name, version](server::Session &session, const JobContext &context,
                                                      const StepListener &listener) {
                   return deploy::removeVersion(session, name, version, {}, context, listener);
               });
}

void ServerState::acceptHostKey()
{
    if (m_question != Question::HostKey)
        return;
    server::ConnectOptions options = m_link->options();
    options.acceptedHostKey = m_fingerprint.toLatin1();
    answer(options);
}

void ServerState::answerPassword(const QString &password)
{
    server::ConnectOptions options = m_link->options();
    options.password = password;
    answer(options);
}

void ServerState::answerPassphrase(const QString &passphrase)
{
    server::ConnectOptions options = m_link->options();
    options.passphrase = passphrase;
    answer(options);
}

void ServerState::answer(const server::ConnectOptions &options)
{
    m_link->setOptions(options);
    m_question = Question::None;
    m_error.reset();
    refresh();
}

void ServerState::setSecrets(const QString &password, const QString &passphrase)
{
    server::ConnectOptions options = m_link->options();
    options.password = password;
    options.passphrase = passphrase;
    m_link->setOptions(options);
}

bool ServerState::change(const QString &name, const server::Address &address, const server::ConnectOptions &options)
{
    if (isBusy() && !isLooking())
        return false;
    if (isBusy())
        m_job->cancel();
    m_job = nullptr;
    m_name = name;
    m_link = std::make_shared<server::ServerLink>(address, options);
    m_installation.reset();
    m_report.reset();
    m_preflight.reset();
    m_switchPreflight.reset();
    m_error.reset();
    m_question = Question::None;
    emit changed();
    return true;
}

} // namespace handover::deploy

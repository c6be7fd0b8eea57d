// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/serverstate.h"

using namespace Qt::StringLiterals;

namespace handover::deploy {

namespace {

// What a deployment leaves: the report, and the server looked at again.
struct Outcome
{
    DeployReport report;
    std::optional<node::Installation> installation;
};

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

Job *ServerState::refresh()
{
    if (isBusy())
        return nullptr;
    const auto work = [link = m_link](const JobContext &context) {
        context.progress(u"Looking at %1"_s.arg(link->address().host));
        return link->use<node::Installation>(
            context, [&](server::Session &session) { return node::readInstallation(session, context); });
    };
    follow(m_jobs->start<node::Installation>(u"Look at %1"_s.arg(m_name), work, this,
                                               [this](Result<node::Installation> result) { take(std::move(result)); }));
    return m_job;
}

void ServerState::take(Result<node::Installation> result)
{
    if (!result) {
        fail(result.error());
        return;
    }
    m_installation = std::move(*result);
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
    if (error.code == u"server.host-key-unknown") {
        m_question = Question::HostKey;
        m_fingerprint = error.detail;
    } else if (error.code == u"server.password-needed") {
        m_question = Question::Password;
    }
    emit changed();
}

Job *ServerState::act(const QString &title, const QList<node::Step::Kind> &steps,
                      std::function<DeployReport(server::Session &, const JobContext &, const StepListener &)> work)
{
    if (isBusy())
        return nullptr;
    m_steps->plan(steps);
    m_report.reset();
    // Called in the working thread; the workspace ends its jobs before its servers.
    const StepListener listener = [this](const node::Step &step, bool finished) {
        QMetaObject::invokeMethod(
            this, [this, step, finished] { finished ? m_steps->end(step) : m_steps->begin(step.kind); },
            Qt::QueuedConnection);
    };
    const auto run = [link = m_link, work = std::move(work), listener](const JobContext &context) -> Result<Outcome> {
        return link->use<Outcome>(context, [&](server::Session &session) -> Result<Outcome> {
            Outcome outcome{work(session, context, listener), {}};
            if (auto installation = node::readInstallation(session, context))
                outcome.installation = std::move(*installation);
            if (outcome.report.error && outcome.report.error->isCancelled())
                return cancellation();
            return outcome;
        });
    };
    follow(m_jobs->start<Outcome>(title, run, this, [this](Result<Outcome> result) {
        if (!result) {
            fail(result.error());
            m_report = DeployReport{{}, result.error(), {}, {}, {}};
        } else {
            m_report = std::move(result->report);
            if (result->installation)
                m_installation = std::move(result->installation);
            else
                m_error = m_report->error;
        }
        emit changed();
        emit deployed();
    }));
    return m_job;
}

Job *ServerState::deploy(const package::Manifest &tarball, Goal goal)
{
    return act(u"Deploy %1 %2 to %3"_s.arg(tarball.name, tarball.version, m_name), stepsFor(goal),
               [tarball, goal](server::Session &session, const JobContext &context, const StepListener &listener) {
                   return deploy::carryOut(session, tarball, goal, context, listener);
               });
}

Job *ServerState::switchTo(const QString &version, Goal goal)
{
    if (!m_installation)
        return nullptr;
    return act(u"Switch %1 to %2"_s.arg(m_name, version), stepsFor(goal, true),
               [name = m_installation->name, version, goal](server::Session &session, const JobContext &context,
                                                            const StepListener &listener) {
                   return deploy::switchTo(session, name, version, goal, context, listener);
               });
}

void ServerState::acceptHostKey()
{
    if (m_question != Question::HostKey)
        return;
    server::ConnectOptions options = m_link->options();
    options.acceptedHostKey = m_fingerprint.toLatin1();
    m_link->setOptions(options);
    m_question = Question::None;
    m_error.reset();
    refresh();
}

void ServerState::answerPassword(const QString &password)
{
    server::ConnectOptions options = m_link->options();
    options.password = password;
    m_link->setOptions(options);
    m_question = Question::None;
    m_error.reset();
    refresh();
}

} // namespace handover::deploy

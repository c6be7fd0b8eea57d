// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/inspection.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::deploy {

namespace {

constexpr int FirstLines = 500;

} // namespace

Inspection::Inspection(ServerState *server, JobQueue *jobs, QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_jobs(jobs)
    , m_link(std::make_shared<server::ServerLink>(server->address(), server->connectOptions()))
    , m_log(new LogModel(this))
{
}

Inspection::~Inspection() { stopFollowing(); }

template<typename T>
Job *Inspection::ask(QPointer<Job> &job, const QString &title, std::function<Result<T>(server::Session &, const JobContext &)> work,
                     std::function<void(T)> done)
{
    if (!m_server || (job && !job->isFinished()))
        return nullptr;
    m_link->setOptions(m_server->connectOptions()); // with what was answered meanwhile
    m_error.reset();
    const auto run = [link = m_link, work = std::move(work)](const JobContext &context) {
        return link->use<T>(context, [&](server::Session &session) { return work(session, context); });
    };
    job = m_jobs->start<T>(title, run, this, [this, asked = &job, done = std::move(done)](Result<T> result) {
        asked->clear(); // the answer comes before the job calls itself finished
        if (result)
            done(*std::move(result));
        else
            fail(result.error());
        emit changed();
    });
    emit changed();
    return job;
}

void Inspection::fail(const Error &error)
{
    if (!error.isCancelled())
        m_error = error;
}

Job *Inspection::measure()
{
    if (!m_server || !m_server->installation())
        return nullptr;
    using Footprints = QList<node::ReleaseFootprint>;
    return ask<Footprints>(
        m_measuring, u"Measure the releases on %1"_s.arg(m_server->name()),
        [installed = *m_server->installation()](server::Session &session, const JobContext &context) {
            return node::readFootprints(session, installed, context);
        },
        [this](Footprints footprints) { m_footprints = std::move(footprints); });
}

const node::ReleaseFootprint *Inspection::footprint(const QString &version) const
{
    const auto found = std::ranges::find(m_footprints, version, &node::ReleaseFootprint::version);
    return found == m_footprints.end() ? nullptr : &*found;
}

Job *Inspection::verify(const QString &built)
{
    if (!m_server || !m_server->installation())
        return nullptr;
    m_verification.reset();
    return ask<node::ModuleVerification>(
        m_verifying, u"Compare the modules on %1 with what was built"_s.arg(m_server->name()),
        [installed = *m_server->installation(), built](server::Session &session, const JobContext &context) -> Result<node::ModuleVerification> {
            const auto modules = node::BuiltModules::read(built, context);
            if (!modules)
                return std::unexpected(modules.error());
            return node::verifyModules(session, installed, *modules, context);
        },
        [this](node::ModuleVerification verification) { m_verification = std::move(verification); });
}

Job *Inspection::findLogs()
{
    if (!m_server || !m_server->installation())
        return nullptr;
    using Sources = QList<node::LogSource>;
    return ask<Sources>(
        m_finding, u"Look for logs on %1"_s.arg(m_server->name()),
        [installed = *m_server->installation()](server::Session &session, const JobContext &context) {
            return node::findLogs(session, installed, context);
        },
        [this](Sources sources) { m_logs = std::move(sources); });
}

// A log that is followed keeps its connection, so it has one of its own.
void Inspection::follow(const node::LogSource &source)
{
    stopFollowing();
    m_log->clear();
    if (!m_server)
        return;
    m_error.reset();
    const QPointer<LogModel> log(m_log);
    const auto run = [address = m_server->address(), options = m_server->connectOptions(), source, log](const JobContext &context) -> Result<> {
        auto session = server::Session::connect(address, options, context);
        if (!session)
            return std::unexpected(session.error());
        return node::followLog(*session, source, FirstLines, [log](const QStringList &lines) {
            QMetaObject::invokeMethod(qApp, [log, lines] {
                if (log)
                    log->append(lines);
            });
        }, context);
    };
    m_following = m_jobs->start<void>(u"Follow %1 on %2"_s.arg(source.name, m_server->name()), run, this, [this](Result<> result) {
        if (!result)
            fail(result.error());
        emit changed();
    });
    emit changed();
}

void Inspection::stopFollowing()
{
    if (isFollowing())
        m_following->cancel();
    m_following.clear();
}

Result<QStringList> Inspection::consoleCommand() const
{
    if (!m_server || !m_server->installation())
        return refusal(u"server.no-release"_s, u"The server was not looked at yet."_s, u"Look at it first."_s);
    return node::scriptBySsh(m_server->address(), m_server->connectOptions(), m_server->installation()->name, "remote_console",
                             node::Terminal::Wanted);
}

} // namespace handover::deploy

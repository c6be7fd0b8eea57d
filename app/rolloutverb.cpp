// SPDX-License-Identifier: GPL-3.0-or-later
// deploy to several servers.
#include "app/rolloutverb.h"

#include "app/checklist.h"
#include "app/json.h"

#include <QEventLoop>
#include <QPointer>

#include <stop_token>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

class TerminalRollout
{
public:
    TerminalRollout(const RolloutOrder &order, const TerminalContext &context)
        : m_order(order)
        , m_context(context)
    {
    }

    int run(std::vector<Target> targets)
    {
        for (Target &target : targets) {
            auto connected = connectTo(target, m_context);
            if (m_context.isCancelled())
                return printError(Error::cancelled());
            follow(target).adopt(std::move(connected));
        }
        perform();
        if (m_order.json)
            printJson(QJsonDocument(QJsonObject{{u"servers"_s, m_documents}}));
        return m_context.isCancelled() ? printError(Error::cancelled()) : complain();
    }

private:
    using State = deploy::Rollout::State;
    struct Server
    {
        std::unique_ptr<deploy::ServerState> state;
        QList<Check> checks; // which the server forgets when it is upgraded
    };

    // Each line with the server's name, for they come mixed.
    static QString named(const deploy::ServerState &server, const QString &text)
    {
        const QString name = server.name() + u": "_s;
        return name + QString(text).replace(u"\n"_s, u'\n' + name);
    }

    deploy::ServerState &follow(const Target &target)
    {
        m_servers.push_back({std::make_unique<deploy::ServerState>(target.name, target.address, target.options, &m_jobs), {}});
        deploy::ServerState &server = *m_servers.back().state;
        QObject::connect(&server, &deploy::ServerState::stepEnded, &m_loop, [this, &server](const node::Step &step) {
            if (!m_order.json)
                print(named(server, stepLine(step)));
            m_acted = true;
        });
        QObject::connect(&server, &deploy::ServerState::changed, &m_loop, [this, &server, known = QPointer<Job>()]() mutable {
            if (server.isBusy() && server.job() != known)
                listen(server, *(known = server.job()));
        });
        return server;
    }

    void listen(const deploy::ServerState &server, const Job &job)
    {
        QObject::connect(&job, &Job::changed, &m_loop, [this, &server, &job] {
            Progress progress = job.progress();
            if (job.isFinished() || progress.what.isEmpty())
                return;
            progress.what = named(server, progress.what);
            m_context.progress(progress);
        });
        QObject::connect(job.log(), &QAbstractItemModel::rowsInserted, &m_loop, [this, &server, &job](const QModelIndex &, int first, int last) {
            for (int row = first; row <= last; ++row)
                m_context.log(named(server, job.log()->index(row).data().toString()));
        });
    }

    void perform()
    {
        QList<deploy::ServerState *> servers;
        for (const Server &server : m_servers)
            servers += server.state.get();
        deploy::Rollout rollout(servers, m_order.tarball, m_order.planner, m_order.batch);
        QObject::connect(&rollout, &deploy::Rollout::finished, &m_loop, &QEventLoop::quit);
        QObject::connect(&rollout, &deploy::Rollout::examined, &m_loop, [this, &rollout] {
            takeAnswers();
            if (m_order.onlyLook)
                rollout.stop();
        });
        const std::stop_callback interrupted(m_context.stopToken(), [&rollout] {
            QMetaObject::invokeMethod(&rollout, &deploy::Rollout::cancel, Qt::QueuedConnection);
        });
        rollout.start();
        if (!rollout.isFinished())
            m_loop.exec();
        if (m_acted && !m_order.json)
            print({});
        for (std::size_t i = 0; i < m_servers.size(); ++i)
            tell(m_servers[i], rollout.lanes().at(static_cast<qsizetype>(i)));
    }

    void takeAnswers()
    {
        for (Server &server : m_servers) {
            const deploy::ServerState &state = *server.state;
            if (state.preflight())
                server.checks = state.preflight()->checks;
            if (m_order.json)
                continue;
            print(state.name());
            printChecks(server.checks);
            if (!state.preflight())
                print(u"? "_s + (state.error() ? state.error()->words() : u"It was not looked at."_s));
            print({});
        }
    }

    // In a word, for programs as well.
    QString outcome(const deploy::ServerState &server, State state) const
    {
        if (state == State::Failed)
            return u"failed"_s;
        if (state != State::Done)
            return m_order.onlyLook ? u"ready"_s : u"not begun"_s;
        return m_order.planner(server.name()).goal == deploy::Goal::Upload ? u"uploaded"_s : u"upgraded"_s;
    }

    void tell(const Server &server, const deploy::Rollout::Lane &lane)
    {
        const deploy::ServerState &state = *server.state;
        deploy::DeployReport report = state.lastReport().value_or(deploy::DeployReport());
        if (!report.error && lane.state == State::Failed)
            report.error = state.error();
        const QString word = outcome(state, lane.state);
        if (!m_order.json)
            print(named(state, summary(word, lane, report)));
        QJsonObject document = deployJson(report);
        document.insert(u"server"_s, state.name());
        document.insert(u"outcome"_s, word);
        document.insert(u"checks"_s, checksJson(server.checks));
        m_documents += document;
        if (lane.state == State::Failed)
            m_failures += report.error.value_or(Error{ErrorKind::Answer, {}, {}, {}, {}});
        if (lane.state == State::Failed && report.error)
            m_failures.last().message = named(state, report.error->message);
    }

    QString summary(const QString &word, const deploy::Rollout::Lane &lane, const deploy::DeployReport &report) const
    {
        const QString runs = report.versionAfter.isEmpty() ? QString() : u", runs "_s + report.versionAfter;
        if (lane.state == State::Done)
            return u"✓ "_s + word + runs;
        if (lane.state == State::Failed)
            return u"✗ "_s + word + runs + u". "_s + lane.words;
        if (m_order.onlyLook)
            return u"✓ "_s + word;
        return u"· "_s + word + u". "_s + lane.words;
    }

    // What only failed a check was said with the checks.
    int complain() const
    {
        for (const Error &each : m_failures) {
            if (!each.message.isEmpty())
                printError(each);
        }
        return m_failures.isEmpty() ? 0 : exitStatus(m_failures.first());
    }

    const RolloutOrder &m_order;
    const JobContext &m_context;
    QEventLoop m_loop;
    bool m_acted = false; // a step was said
    std::vector<Server> m_servers; // before the queue, whose work tells them of its steps
    JobQueue m_jobs;
    QJsonArray m_documents;
    QList<Error> m_failures; // without a message: a check failed
};

} // namespace

int rollOut(std::vector<Target> targets, const RolloutOrder &order, const TerminalContext &context)
{
    return TerminalRollout(order, context).run(std::move(targets));
}

} // namespace handover::app

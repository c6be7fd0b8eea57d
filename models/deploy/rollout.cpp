// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/rollout.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::deploy {

Rollout::Rollout(const QList<ServerState *> &servers, const package::Manifest &tarball, Goal goal, int batch, QObject *parent)
    : Rollout(servers, tarball, [goal](const QString &server) { return Plan{.goal = goal, .policy = settings::upgradePolicy(server)}; },
              batch, parent)
{
}

Rollout::Rollout(const QList<ServerState *> &servers, const package::Manifest &tarball, Planner planner, int batch, QObject *parent)
    : QObject(parent)
    , m_tarball(tarball)
    , m_planner(std::move(planner))
    , m_batch(qMax(batch, 1))
{
    for (ServerState *server : servers)
        m_lanes += {server, State::Waiting, {}};
}

qsizetype Rollout::count(State state) const { return std::ranges::count(m_lanes, state, &Lane::state); }

bool Rollout::isGood() const { return count(State::Done) == m_lanes.size(); }

void Rollout::start()
{
    for (qsizetype i = 0; i < m_lanes.size(); ++i)
        look(i);
    if (count(State::Checking) == 0)
        end(u"another server is busy"_s);
}

void Rollout::look(qsizetype lane)
{
    ServerState *const server = m_lanes.at(lane).server;
    Job *const job = server ? server->examine(m_tarball, m_planner(server->name()).replaceUnpacked) : nullptr;
    if (!job) {
        fail(lane, u"Something else is going on there."_s);
        return;
    }
    m_lanes[lane].state = State::Checking;
    connect(job, &Job::finished, this, [this, lane] { looked(lane); });
    emit changed();
}

void Rollout::judge(qsizetype lane)
{
    const ServerState *const server = m_lanes.at(lane).server;
    if (!server || !server->isExamined(m_tarball)) {
        fail(lane, server && server->error() ? server->error()->words() : u"It could not be looked at."_s);
        return;
    }
    if (const Check *failed = server->preflight()->obstacle(m_planner(server->name()).reboot))
        fail(lane, failed->title + u": "_s + failed->words);
    else
        m_lanes[lane].state = State::Ready;
}

void Rollout::looked(qsizetype lane)
{
    judge(lane);
    emit changed();
    if (count(State::Checking) > 0)
        return;
    emit examined();
    if (count(State::Failed) > 0)
        end(u"a check failed before anything was changed"_s);
    else if (m_stopped)
        end(u"the rollout was stopped"_s);
    else
        upgradeNext();
}

Job *Rollout::upgrade(ServerState &server) const
{
    if (!server.preflight())
        return nullptr;
    Plan plan = m_planner(server.name());
    plan.shown = server.preflight()->basis;
    return server.deploy(m_tarball, plan);
}

void Rollout::upgradeNext()
{
    for (qsizetype i = 0; i < m_lanes.size() && count(State::Upgrading) < m_batch; ++i) {
        Lane &lane = m_lanes[i];
        if (lane.state != State::Ready)
            continue;
        Job *const job = lane.server ? upgrade(*lane.server) : nullptr;
        if (!job) {
            fail(i, u"Something else is going on there, or it changed since it was looked at."_s);
            break;
        }
        lane.state = State::Upgrading;
        connect(job, &Job::finished, this, [this, i] { upgraded(i); });
    }
    emit changed();
    if (count(State::Upgrading) == 0)
        end(u"another server failed"_s);
}

void Rollout::upgraded(qsizetype lane)
{
    const ServerState *const server = m_lanes.at(lane).server;
    const auto &report = server ? server->lastReport() : std::optional<DeployReport>();
    if (report && !report->error)
        m_lanes[lane].state = State::Done;
    else
        fail(lane, report ? report->error->words() : u"It was cancelled."_s);
    emit changed();
    // A batch ends as a whole before the next begins.
    if (count(State::Upgrading) > 0)
        return;
    if (m_stopped || count(State::Failed) > 0)
        end(m_stopped ? u"the rollout was stopped"_s : u"another server failed"_s);
    else
        upgradeNext();
}

void Rollout::stop() { m_stopped = true; }

void Rollout::cancel()
{
    stop();
    for (const Lane &lane : std::as_const(m_lanes)) {
        if (lane.server && lane.server->isBusy() && (lane.state == State::Checking || lane.state == State::Upgrading))
            lane.server->job()->cancel();
    }
}

void Rollout::fail(qsizetype lane, const QString &words)
{
    m_lanes[lane].state = State::Failed;
    m_lanes[lane].words = words;
}

void Rollout::end(const QString &why)
{
    for (Lane &lane : m_lanes) {
        if (lane.state == State::Waiting || lane.state == State::Ready || lane.state == State::Checking) {
            lane.state = State::LeftOut;
            lane.words = u"Nothing was changed here: %1."_s.arg(why);
        }
    }
    m_finished = true;
    emit changed();
    emit finished();
}

} // namespace handover::deploy

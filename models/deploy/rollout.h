// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deploy/serverstate.h"

#include <QObject>
#include <QPointer>

#include <functional>

namespace handover::deploy {

/// One tarball for several servers. All are looked at first; if a check fails on any, nothing is changed on none. Then
/// they are upgraded in batches, in their order; the first failure lets those that are being upgraded finish, and
/// leaves the others as they are. Lives in the window's thread; the work is that of the servers' jobs.
class Rollout final : public QObject
{
    Q_OBJECT

public:
    enum class State { Waiting, Checking, Ready, Upgrading, Done, Failed, LeftOut };
    Q_ENUM(State)
    struct Lane
    {
        QPointer<ServerState> server;
        State state = State::Waiting;
        QString words; ///< what went wrong, or why it was left out
    };

    /// What is done to a server, by its name.
    using Planner = std::function<Plan(const QString &server)>;

    /// `batch`: how many at a time, at least one.
    Rollout(const QList<ServerState *> &servers, const package::Manifest &tarball, Planner planner, int batch, QObject *parent = nullptr);
    /// Each server is confirmed by the policy of its own.
    Rollout(const QList<ServerState *> &servers, const package::Manifest &tarball, Goal goal, int batch, QObject *parent = nullptr);

    void start();
    void stop(); ///< those that are being upgraded finish; the others are left out
    void cancel(); ///< those too end, as soon as they can
    [[nodiscard]] const QList<Lane> &lanes() const { return m_lanes; }
    [[nodiscard]] bool isFinished() const { return m_finished; }
    [[nodiscard]] bool isGood() const; ///< every server has it

signals:
    void changed();
    void examined(); ///< all were looked at, and nothing was changed yet; stop() leaves it at that
    void finished();

private:
    void look(qsizetype lane);
    void looked(qsizetype lane);
    void judge(qsizetype lane);
    [[nodiscard]] Job *upgrade(ServerState &server) const;
    void upgradeNext();
    void upgraded(qsizetype lane);
    void fail(qsizetype lane, const QString &words);
    void end(const QString &why);
    [[nodiscard]] qsizetype count(State state) const;

    QList<Lane> m_lanes;
    package::Manifest m_tarball;
    Planner m_planner;
    int m_batch;
    bool m_stopped = false;
    bool m_finished = false;
};

} // namespace handover::deploy

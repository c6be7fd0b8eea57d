// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deploy/serverstate.h"
#include "models/node/console.h"
#include "models/node/followlog.h"
#include "models/node/footprint.h"
#include "models/node/verifymodules.h"

#include <QObject>
#include <QPointer>

namespace handover::deploy {

/// A closer look at one server, which changes nothing there: what its releases take up, whether they are what was
/// built, what its logs say. Over connections of its own, so that it stands in nobody's way. Lives in the window's
/// thread; each question is a job, and null while the same one is being asked.
class Inspection final : public QObject
{
    Q_OBJECT

public:
    Inspection(ServerState *server, JobQueue *jobs, QObject *parent = nullptr);
    ~Inspection() override;

    [[nodiscard]] ServerState *server() const { return m_server; }

    Job *measure();
    [[nodiscard]] const QList<node::ReleaseFootprint> &footprints() const { return m_footprints; }
    [[nodiscard]] const node::ReleaseFootprint *footprint(const QString &version) const;

    /// Compares with a built release, a directory or a tarball.
    Job *verify(const QString &built);
    [[nodiscard]] const std::optional<Result<node::ModuleVerification>> &verification() const { return m_verification; }
    [[nodiscard]] bool isVerifying() const { return m_verifying && !m_verifying->isFinished(); }

    Job *findLogs();
    [[nodiscard]] const QList<node::LogSource> &logs() const { return m_logs; }
    /// Its last lines, then each new one, into log(); instead of what was followed before.
    void follow(const node::LogSource &source);
    void stopFollowing();
    [[nodiscard]] bool isFollowing() const { return m_following && !m_following->isFinished(); }
    [[nodiscard]] LogModel *log() const { return m_log; }

    /// For the node's remote console. Errors: node::scriptBySsh()'s.
    [[nodiscard]] Result<QStringList> consoleCommand() const;

    [[nodiscard]] const std::optional<Error> &error() const { return m_error; } ///< of the last question that failed

signals:
    void changed();

private:
    template<typename T>
    Job *ask(QPointer<Job> &job, const QString &title, std::function<Result<T>(server::Session &, const JobContext &)> work,
             std::function<void(T)> done);
    void fail(const Error &error);

    QPointer<ServerState> m_server;
    JobQueue *m_jobs;
    std::shared_ptr<server::ServerLink> m_link;
    QPointer<Job> m_measuring;
    QPointer<Job> m_verifying;
    QPointer<Job> m_finding;
    QPointer<Job> m_following;
    QList<node::ReleaseFootprint> m_footprints;
    std::optional<Result<node::ModuleVerification>> m_verification;
    QList<node::LogSource> m_logs;
    LogModel *m_log;
    std::optional<Error> m_error;
};

} // namespace handover::deploy

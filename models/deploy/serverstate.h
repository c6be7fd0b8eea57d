// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/jobqueue.h"
#include "models/deploy/deployment.h"
#include "models/server/serverlink.h"
#include "models/deploy/stepmodel.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <optional>

namespace handover::deploy {

/// One server as the window sees it: what is installed there as last read, what is being done, and
/// what must be answered before it can be reached. One job at a time changes or reads it.
class ServerState final : public QObject
{
    Q_OBJECT

public:
    /// What connecting needs from a person.
    enum class Question { None, HostKey, Password, Passphrase };
    Q_ENUM(Question)

    ServerState(QString name, const server::Address &address, const server::ConnectOptions &options, JobQueue *jobs,
                QObject *parent = nullptr);

    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] server::Address address() const { return m_link->address(); }
    /// For another connection of its own; with what was answered until now.
    [[nodiscard]] server::ConnectOptions connectOptions() const { return m_link->options(); }
    [[nodiscard]] const std::optional<node::Installation> &installation() const { return m_installation; }
    /// Whether installation() is what the last finished look found, with nothing going on.
    [[nodiscard]] bool isUpToDate() const { return m_installation && !isBusy() && !m_error; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] Question question() const { return m_question; }
    [[nodiscard]] QString fingerprint() const { return m_fingerprint; } ///< asked about when HostKey
    [[nodiscard]] Job *job() const { return m_job; } ///< the running one, or the last
    [[nodiscard]] bool isBusy() const { return m_job && !m_job->isFinished(); }
    [[nodiscard]] bool isLooking() const { return isBusy() && m_isLook; } ///< which changes nothing there
    [[nodiscard]] StepModel *steps() const { return m_steps; }
    [[nodiscard]] QString deed() const { return m_deed; } ///< what steps() are those of
    [[nodiscard]] const std::optional<DeployReport> &lastReport() const { return m_report; }
    /// What the last look before an upgrade found; nothing after what was found out could have changed.
    [[nodiscard]] const std::optional<Preflight> &preflight() const { return m_preflight; }
    /// What the last look before a switch to a release that is there found; likewise.
    [[nodiscard]] const std::optional<Preflight> &switchPreflight() const { return m_switchPreflight; }
    /// Whether preflight() holds for this tarball and for what the server was when it was last looked at.
    [[nodiscard]] bool isExamined(const package::Manifest &tarball) const;

    /// Each gives null and does nothing while another job is going on.
    Job *refresh();
    Job *examine(const package::Manifest &tarball, bool replaces = false);
    Job *examineSwitch(const QString &version);
    Job *deploy(const package::Manifest &tarball, const Plan &plan);
    Job *switchTo(const QString &version, const Plan &plan);
    Job *remove(const QString &version);

    /// What connecting gave that was done elsewhere: the next job has that connection, or that error.
    void adopt(Result<server::Session> connected);

    void acceptHostKey(); ///< answers HostKey, then looks again
    void answerPassword(const QString &password);
    void answerPassphrase(const QString &passphrase);
    /// What is tried at the next look, before anything is asked.
    void setSecrets(const QString &password, const QString &passphrase);
    /// It is another server from now on, of which nothing is known yet. False while a job changes it.
    bool change(const QString &name, const server::Address &address, const server::ConnectOptions &options);

signals:
    void changed();
    void stepEnded(const handover::node::Step &step); ///< of a deploy, a switch or a removal, well or not
    void deployed(); ///< a deploy or a switch has ended, well or not; lastReport() has it

private:
    void take(Result<node::Installation> result);
    void fail(const Error &error);
    void ask(const Error &error);
    void answer(const server::ConnectOptions &options);
    Job *look(const QString &title, std::optional<Preflight> ServerState::*found,
              std::function<Result<Preflight>(server::Session &, const JobContext &)> work);
    Job *act(const QString &title, const QString &release, const QList<node::Step::Kind> &steps,
             std::function<DeployReport(server::Session &, const JobContext &, const StepListener &)> work);
    void follow(Job *job);

    QString m_name;
    std::shared_ptr<server::ServerLink> m_link;
    JobQueue *m_jobs;
    QPointer<Job> m_job;
    bool m_isLook = false; // the last job
    StepModel *m_steps;
    QString m_deed;
    std::optional<node::Installation> m_installation;
    std::optional<Error> m_error;
    std::optional<DeployReport> m_report;
    std::optional<Preflight> m_preflight;
    std::optional<Preflight> m_switchPreflight;
    Question m_question = Question::None;
    QString m_fingerprint;
};

} // namespace handover::deploy

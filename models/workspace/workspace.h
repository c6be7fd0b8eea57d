// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/jobqueue.h"
#include "models/repo/repositorywatch.h"
#include "models/versions/versionlistmodel.h"
#include "models/workspace/instructionway.h"
#include "models/workspace/livechanges.h"
#include "models/workspace/livematrix.h"
#include "models/workspace/liverelup.h"
#include "models/workspace/packaging.h"
#include "models/workspace/project.h"
#include "models/workspace/proposedrules.h"
#include "models/workspace/rulesdocument.h"
#include "models/deploy/rollout.h"
#include "models/workspace/tagging.h"
#include "models/workspace/versionapps.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <optional>

namespace handover::workspace {

/// The steps of the main job, in the order of the data.
enum class StepId { Build, Rules, Relup, Package, Deploy };

/// How far a step is for the chosen pair of versions, as of now.
struct StepStatus
{
    enum class State { Todo, Running, Done, Attention, Failed };
    State state = State::Todo;
    int count = 0;  ///< of problems, with Attention
    QString words;  ///< why, for a tool tip
};

/// What the primary button does next. Going to what is no tag, that is making a version, which a page does.
struct NextAction
{
    StepId step = StepId::Build;
    QString text;          ///< "Build 2.0.0", "Upload 14.2 MB to local"
    bool possible = false;
    QString why;           ///< why it isn't possible now
};

/// One opened project and everything its pages share: the pair of versions, the state of each step,
/// the servers. Lives in the window's thread; all work runs as jobs. Pages know it, not each other.
class Workspace final : public QObject
{
    Q_OBJECT

public:
    explicit Workspace(QObject *parent = nullptr);
    ~Workspace() override;

    [[nodiscard]] JobQueue *jobs() const { return m_jobs; }

    // ---- the project
    /// From then on it is followed: tags, HEAD and the state of the work tree are always those of now.
    Job *open(const QString &path);
    Job *reload();
    [[nodiscard]] const std::optional<Project> &project() const { return m_project; }
    [[nodiscard]] const std::optional<Error> &projectError() const { return m_projectError; }
    [[nodiscard]] versions::VersionListModel *versions() const { return m_versions; }
    /// Whether it is still being read which applications are at the older versions.
    [[nodiscard]] bool isReadingApps() const { return m_apps->isBusy(); }

    // ---- the pair
    /// Empty: none. Until somebody chooses, it is the newest version, coming from what the first
    /// server runs, or else from the version before.
    void choosePair(const QString &fromTag, const QString &toTag);
    /// Goes to HEAD or to the work tree, to see what would change; neither can be built. Read first, then followed.
    void chooseTo(versions::Version::Place place);
    [[nodiscard]] const std::optional<versions::Version> &from() const { return m_from; }
    [[nodiscard]] const std::optional<versions::Version> &to() const { return m_to; }

    /// What differs between the two.
    [[nodiscard]] LiveChanges *changes() const { return m_changes; }

    // ---- tags
    /// A version that it makes becomes the one gone to.
    [[nodiscard]] Tagging *tagging() const { return m_tagging; }

    // ---- rules
    [[nodiscard]] RulesDocument *rules() const { return m_rules; }
    /// All applications × all versions, as of the last updateMatrix().
    [[nodiscard]] LiveMatrix *matrix() const { return m_matrix; }
    void updateMatrix();
    [[nodiscard]] QStringList apps() const; ///< of the version gone to
    void chooseApp(const QString &app);
    /// Works out from both builds what the shown rules lack; rulesProposed() or rulesNotProposed() follows. Null while
    /// it is impossible: not both built, nothing that can be edited. Nothing is written for the modules left out.
    Job *proposeRules(const QSet<QByteArray> &leftOut = {});
    [[nodiscard]] bool canProposeRules() const;
    /// Runs the shown rules' code; they follow, or rulesNotEvaluated(). Null if they are no code.
    Job *evaluateRules();

    // ---- build, package; null while one of them is going on or nothing is chosen
    Job *build();
    Job *package();
    /// For what target() really runs: that is fetched from there, and the relup comes from it; for when its tag can't be
    /// built or isn't what is installed. Over a connection of its own. Null without a target, too.
    Job *packageForTarget();
    [[nodiscard]] Job *buildJob() const { return m_job; } ///< the running one, or the last
    [[nodiscard]] bool isBusy() const { return m_job && !m_job->isFinished(); }
    [[nodiscard]] bool canBuild() const { return m_project && m_to && isTag(*m_to) && !isBusy(); }
    [[nodiscard]] const std::optional<Error> &buildError() const { return m_buildError; }
    [[nodiscard]] std::optional<build::BuiltRelease> built(const versions::Version &version) const;
    /// Follows the rules in the editor as soon as both versions are built.
    [[nodiscard]] LiveRelup *relup() const { return m_relup; }
    [[nodiscard]] InstructionWay *way() const { return m_way; }
    [[nodiscard]] const std::optional<Packaged> &packaged() const { return m_packaged; }

    // ---- servers
    deploy::ServerState *addServer(const QString &name, const server::Address &address, const server::ConnectOptions &options);
    /// Forgets it, and stops looking at it; nothing is changed there. False while a job changes the server.
    bool removeServer(deploy::ServerState *server);
    [[nodiscard]] const QList<deploy::ServerState *> &servers() const { return m_servers; }
    [[nodiscard]] deploy::ServerState *server(const QString &name) const;
    /// The server that next() is about: the one chosen, else the first; null if there is none.
    [[nodiscard]] deploy::ServerState *target() const;
    void chooseTarget(deploy::ServerState *server);
    /// Sends what is packaged to several, see deploy::Rollout; null while another one is going on or nothing is packaged.
    deploy::Rollout *rollOut(const QList<deploy::ServerState *> &servers, deploy::Goal goal, int batch);
    [[nodiscard]] deploy::Rollout *rollout() const { return m_rollout; } ///< the last one

    // ---- where things stand
    [[nodiscard]] StepStatus status(StepId step) const;
    [[nodiscard]] NextAction next() const;
    Job *doNext(); ///< what next() says; null when it isn't possible or only leads to a page

signals:
    void projectChanged();
    void appsRead(); ///< isReadingApps() has ended
    void pairChanged();
    void appChanged();
    void rulesProposed(const handover::workspace::ProposedRules &rules); ///< for the text as it is
    void rulesNotProposed(const handover::Error &error);
    void rulesNotEvaluated(const handover::Error &error);
    void progressed(); ///< anything of status(), next(), relup(), packaged()
    void serverAdded(handover::deploy::ServerState *server);
    void serverRemoved(handover::deploy::ServerState *server); ///< it is no longer among servers(), and goes soon

private:
    void take(Result<Project> project);
    void startFollowing();
    void readAgain();
    void takeAgain(Project project);
    void tagged(const Tagging::Done &what);
    void show(Project project);
    void setPairOrNewest(QString from, QString to);
    void followPair();
    void followRules();
    void lookAtPlace();
    void sawPlace(const std::optional<WorkPlace> &place);
    void takeDeclared(qsizetype first, const QList<versions::Declared> &declared);
    [[nodiscard]] std::optional<versions::Version> versionOf(const QString &tag);
    [[nodiscard]] RulesDocument::Source rulesSource(const versions::AppSource &app) const;
    void openRules();
    void updateRuleVersions();
    void setPair(const QString &fromTag, const QString &toTag);
    void setPair(const std::optional<versions::Version> &from, const std::optional<versions::Version> &to);
    void readPlace(versions::Version::Place place);
    void takePlace(const versions::Version &version);
    void comeFromWhatRuns();
    [[nodiscard]] static bool isTag(const versions::Version &version) { return version.place == versions::Version::Place::Tag; }
    void forgetResults();
    void updateBadges();
    void updateRunning();
    void refreshBuilt();
    void updateRelup();
    void followRelup();
    void followAnalysis();
    void updateChanges();
    Job *follow(Job *job, StepId step);
    Job *startPackaging(std::function<Result<Packaged>(const JobContext &)> work);
    void failed(const Error &error);
    [[nodiscard]] StepStatus::State idle(StepId step, bool done) const;
    [[nodiscard]] StepStatus rulesStatus() const;
    [[nodiscard]] StepStatus relupStatus() const;
    [[nodiscard]] StepStatus deployStatus() const;

    std::optional<Project> m_project;
    std::optional<Error> m_projectError;
    versions::VersionListModel *m_versions;
    VersionApps *m_apps;
    repo::RepositoryWatch *m_watch;
    LatestWins m_reading;       // of the repository, after a change outside
    LatestWins m_placeLooking;
    LatestWins m_placeReading;  // as the version gone to
    QTimer m_placeTimer;        // edits in the work tree change nothing that could be watched
    std::optional<versions::Version> m_from;
    std::optional<versions::Version> m_to;
    bool m_pairIsChosen = false;
    QString m_app;
    RulesDocument *m_rules;
    LiveMatrix *m_matrix;
    QPointer<Job> m_job;
    StepId m_jobStep = StepId::Build;
    std::optional<Error> m_buildError;
    QHash<QByteArray, build::BuiltRelease> m_built; ///< by tag name
    LiveChanges *m_changes;
    LiveRelup *m_relup;
    InstructionWay *m_way;
    QString m_relupState;  // what progressed() last told of it
    int m_errorCount = 0;
    RulesDocument::Code m_ruleCode = RulesDocument::Code::No;
    std::optional<Packaged> m_packaged;
    QList<deploy::ServerState *> m_servers;
    QPointer<deploy::ServerState> m_target;
    QPointer<deploy::Rollout> m_rollout;
    JobQueue *m_jobs;
    Tagging *m_tagging;
};

} // namespace handover::workspace

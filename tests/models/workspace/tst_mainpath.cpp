// SPDX-License-Identifier: GPL-3.0-or-later
// The main job through the models, on real parts: git, rebar3, sshd, a node that runs.
#include "models/deploy/deployment.h"
#include "models/workspace/packaging.h"
#include "models/workspace/pairchecks.h"
#include "models/workspace/project.h"
#include "models/workspace/sample.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;

namespace {

template<typename T>
void requireValue(const Result<T> &result)
{
    if (!result)
        QFAIL(qPrintable(result.error().code + u": "_s + result.error().words() + u'\n' + result.error().detail));
}

} // namespace

#define REQUIRE(result) \
    do { \
        requireValue(result); \
        if (QTest::currentTestFailed()) \
            return; \
    } while (false)

class TestMainPath : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void sampleIsTheSameEveryTime();
    void versionsAndApplications();
    void pairHasNoProblems();
    void changedCodeWithoutANewVersion();
    void buildComesFromTheCacheTheSecondTime();
    void relupLeadsBothWays();
    void relupFromSeveralVersions();
    void upgradeAndDowngradeWithAClient();
    void sameVersionAgainIsRefused();
    void wrongRelupIsSeenBeforeAnythingIsSent();
    void nodeDownIsSaid();

private:
    [[nodiscard]] QString git(const QStringList &arguments) const;
    [[nodiscard]] versions::Version version(const QString &tag) const { return *m_project.find(tag); }
    Result<server::Session> connect() { return server::Session::connect(m_server->address(), m_server->connectOptions(), {}); }

    std::unique_ptr<QTemporaryDir> m_directory;
    workspace::Project m_project;
    std::optional<workspace::SampleServer> m_server;
};

void TestMainPath::initTestCase()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    qputenv("HANDOVER_CACHE_DIR", m_directory->filePath(u"cache"_s).toUtf8());
    const QString path = m_directory->filePath(u"tally"_s);
    REQUIRE(workspace::makeSampleProject(path, {}));
    auto project = workspace::loadProject(path, {});
    REQUIRE(project);
    m_project = *project;
    const auto packaged = workspace::packageVersion(m_project, {}, version(u"1.0.0"_s), {});
    REQUIRE(packaged);
    auto server = workspace::SampleServer::start(m_directory->filePath(u"server"_s), packaged->manifest, {});
    REQUIRE(server);
    m_server.emplace(std::move(*server));
}

void TestMainPath::cleanupTestCase()
{
    m_server.reset();
}

QString TestMainPath::git(const QStringList &arguments) const
{
    QProcess process;
    process.setWorkingDirectory(m_project.path);
    process.start(u"git"_s, arguments);
    process.waitForFinished();
    return QString::fromUtf8(process.readAllStandardOutput());
}

void TestMainPath::sampleIsTheSameEveryTime()
{
    const QString again = m_directory->filePath(u"again"_s);
    REQUIRE(workspace::makeSampleProject(again, {}));
    const auto project = workspace::loadProject(again, {});
    REQUIRE(project);
    QCOMPARE(project->versions.size(), m_project.versions.size());
    for (qsizetype i = 0; i < project->versions.size(); ++i)
        QCOMPARE(project->versions[i].tag.commit, m_project.versions[i].tag.commit);
    QVERIFY(git({u"status"_s, u"--porcelain"_s}).isEmpty());
}

void TestMainPath::versionsAndApplications()
{
    QStringList tags;
    for (const versions::Version &version : std::as_const(m_project.versions))
        tags += version.tag.text();
    QCOMPARE(tags, (QStringList{u"2.0.0"_s, u"1.1.0"_s, u"1.0.1"_s, u"1.0.0"_s}));
    QVERIFY(version(u"1.0.0"_s).tag.annotated);
    QVERIFY(!version(u"1.0.1"_s).tag.annotated);
    QCOMPARE(version(u"2.0.0"_s).apps.size(), 3);
    QCOMPARE(version(u"1.1.0"_s).app(u"tally")->vsn, u"1.1.0"_s);
    QCOMPARE(m_project.predecessor(version(u"2.0.0"_s))->tag.text(), u"1.1.0"_s);
    QCOMPARE(m_project.predecessor(version(u"1.0.0"_s)), nullptr);
    QCOMPARE(m_project.appVersions(u"tally_tcp"_s), (QStringList{u"2.0.0"_s, u"1.1.0"_s, u"1.0.1"_s, u"1.0.0"_s}));
    QVERIFY(!m_project.find(u"3.0.0"_s).has_value());
}

void TestMainPath::pairHasNoProblems()
{
    for (const auto &[from, to] : {std::pair(u"1.0.0"_s, u"1.0.1"_s), std::pair(u"1.0.1"_s, u"1.1.0"_s),
                                   std::pair(u"1.1.0"_s, u"2.0.0"_s), std::pair(u"1.0.0"_s, u"2.0.0"_s)}) {
        const auto issues = workspace::checkPair(m_project, version(from), version(to));
        REQUIRE(issues);
        for (const Issue &issue : *issues)
            QVERIFY2(issue.severity == Severity::Hint, qPrintable(from + u' ' + to + u' ' + issue.message));
    }
}

void TestMainPath::changedCodeWithoutANewVersion()
{
    versions::Version forged = version(u"1.1.0"_s); // as if nobody had bumped tally
    for (versions::AppSource &app : forged.apps) {
        if (app.name == u"tally")
            app.vsn = u"1.0.1"_s;
    }
    const auto apps = workspace::changedButNotBumped(m_project, version(u"1.0.1"_s), forged);
    REQUIRE(apps);
    QCOMPARE(*apps, QStringList{u"tally"_s});
    const auto issues = workspace::checkPair(m_project, version(u"1.0.1"_s), forged);
    REQUIRE(issues);
    QCOMPARE(issues->first().code, u"versions.not-bumped"_s);
    QVERIFY(!workspace::checkPair(m_project, forged, forged).has_value());
}

void TestMainPath::buildComesFromTheCacheTheSecondTime()
{
    const auto first = build::buildRelease(m_project.buildRequest(version(u"2.0.0"_s)), {});
    REQUIRE(first);
    QVERIFY(!first->cached);
    QCOMPARE(first->name, u"tally"_s);
    QCOMPARE(first->version, u"2.0.0"_s);
    QCOMPARE(first->apps.value(u"tally_stats"_s), u"2.0.0"_s);
    const auto second = build::buildRelease(m_project.buildRequest(version(u"2.0.0"_s)), {});
    REQUIRE(second);
    QVERIFY(second->cached);
    QCOMPARE(second->directory, first->directory);
}

void TestMainPath::relupLeadsBothWays()
{
    const auto prepared = workspace::prepareRelease(m_project, {version(u"1.0.0"_s)}, version(u"2.0.0"_s), {});
    REQUIRE(prepared);
    QCOMPARE(prepared->relup.version, u"2.0.0"_s);
    QCOMPARE(prepared->relup.up.size(), 1);
    QCOMPARE(prepared->relup.up.first().version, u"1.0.0"_s);
    QCOMPARE(prepared->relup.down.first().version, u"1.0.0"_s);
    QVERIFY(prepared->relup.up.first().instructions.size() > 10);
    QVERIFY(!prepared->relup.up.first().restartsEmulator);
    // The build itself stays as it was: no relup, no second version in it.
    const auto built = build::cachedRelease(m_project.buildRequest(version(u"2.0.0"_s)));
    QVERIFY(built.has_value());
    QVERIFY(!QFile::exists(built->directory + u"/releases/2.0.0/relup"_s));
    QVERIFY(!QFile::exists(built->directory + u"/lib/tally-1.0.0"_s));
}

void TestMainPath::relupFromSeveralVersions()
{
    const auto packaged = workspace::packageVersion(m_project, {version(u"1.0.0"_s), version(u"1.0.1"_s)},
                                                    version(u"2.0.0"_s), {});
    REQUIRE(packaged);
    QVERIFY(packaged->isSound());
    const auto versionsOf = [](const QList<relup::Script> &scripts) {
        QStringList versions;
        for (const relup::Script &script : scripts)
            versions.append(script.version);
        return versions;
    };
    QVERIFY(packaged->manifest.relup.has_value()); // as it is in the tarball; OTP lists the last base first
    QCOMPARE(versionsOf(packaged->manifest.relup->up), QStringList({u"1.0.1"_s, u"1.0.0"_s}));
    QCOMPARE(versionsOf(packaged->manifest.relup->down), QStringList({u"1.0.1"_s, u"1.0.0"_s}));
    QCOMPARE(packaged->from.size(), 2);
    QCOMPARE(workspace::packagedFrom(m_project, version(u"2.0.0"_s)), QStringList{u"several"_s});
    QCOMPARE(workspace::packagedFrom(m_project, version(u"1.0.0"_s)), QStringList()); // a first installation
}

void TestMainPath::upgradeAndDowngradeWithAClient()
{
    const auto packaged = workspace::packageVersion(m_project, {version(u"1.0.0"_s)}, version(u"2.0.0"_s), {});
    REQUIRE(packaged);
    QVERIFY(workspace::packagedFrom(m_project, version(u"2.0.0"_s)).contains(u"1.0.0"_s));
    for (const workspace::PackageCheck &check : packaged->checks)
        QVERIFY2(check.outcome == workspace::PackageCheck::Outcome::Passed, qPrintable(check.words));

    QTcpSocket client;
    client.connectToHost(u"127.0.0.1"_s, m_server->tallyPort());
    QVERIFY(client.waitForConnected());
    qint64 count = -1;
    const auto readOn = [&](const QString &vsn) { // until the counter's code is of that version
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < 10'000) {
            if (!client.canReadLine() && !client.waitForReadyRead(1000))
                return false;
            while (client.canReadLine()) {
                const QList<QByteArray> words = client.readLine().trimmed().split(' ');
                const qint64 next = words.first().toLongLong();
                if (next < count)
                    return false;
                count = next;
                if (QString::fromUtf8(words.value(1)) == vsn)
                    return true;
            }
        }
        return false;
    };
    QVERIFY(readOn(u"1.0.0"_s));

    auto session = connect();
    REQUIRE(session);
    QStringList told;
    const auto up = deploy::carryOut(*session, packaged->manifest, {deploy::Goal::Permanent}, {},
                                      [&](const node::Step &step, bool finished) {
                                          if (finished)
                                              told += node::stepName(step.kind);
                                      });
    QVERIFY2(!up.error, up.error ? qPrintable(up.error->words() + up.error->detail) : "");
    QCOMPARE(told.size(), 5);
    QCOMPARE(up.versionBefore, u"1.0.0"_s);
    QCOMPARE(up.versionAfter, u"2.0.0"_s);
    QCOMPARE(up.uploaded->sha256, packaged->manifest.sha256);
    QVERIFY(readOn(u"2.0.0"_s));

    auto installed = node::readInstallation(*session, {});
    REQUIRE(installed);
    QCOMPARE(installed->release(u"2.0.0")->status, node::ReleaseStatus::Permanent);
    QCOMPARE(installed->release(u"1.0.0")->status, node::ReleaseStatus::Old);
    QCOMPARE(installed->bootVersion, u"2.0.0"_s);
    QCOMPARE(installed->runningApps.value(u"tally_stats"_s), u"2.0.0"_s);
    QVERIFY2(installed->disagreements.isEmpty(), qPrintable(installed->disagreements.join(u' ')));

    const auto down = deploy::switchTo(*session, u"tally"_s, u"1.0.0"_s, {deploy::Goal::Permanent}, {});
    QVERIFY2(!down.error, down.error ? qPrintable(down.error->words() + down.error->detail) : "");
    QCOMPARE(down.versionAfter, u"1.0.0"_s);
    QVERIFY(readOn(u"1.0.0"_s));
    installed = node::readInstallation(*session, {});
    REQUIRE(installed);
    QCOMPARE(installed->bootVersion, u"1.0.0"_s);
    QCOMPARE(client.state(), QAbstractSocket::ConnectedState);
}

void TestMainPath::sameVersionAgainIsRefused()
{
    const auto packaged = workspace::packageVersion(m_project, {version(u"1.0.0"_s)}, version(u"2.0.0"_s), {});
    REQUIRE(packaged);
    auto session = connect();
    REQUIRE(session);
    // The very tarball that is there: only what is missing is done.
    const auto same = deploy::carryOut(*session, packaged->manifest, {deploy::Goal::Install}, {});
    QVERIFY2(!same.error, same.error ? qPrintable(same.error->words()) : "");
    QVERIFY(!same.did(node::Step::Kind::Upload) && same.did(node::Step::Kind::Install));
    QCOMPARE(same.versionAfter, u"2.0.0"_s);
    const auto permanent = deploy::carryOut(*session, packaged->manifest, {deploy::Goal::Permanent}, {});
    QVERIFY(!permanent.error);
    QCOMPARE(permanent.steps.size(), 1);
    const auto again = deploy::carryOut(*session, packaged->manifest, {deploy::Goal::Permanent}, {});
    QVERIFY(!again.error && again.steps.isEmpty());
    // Another tarball of the same version would have no effect.
    package::Manifest other = packaged->manifest;
    other.sha256 = QByteArray(64, '0');
    for (const deploy::Goal goal : {deploy::Goal::Upload, deploy::Goal::Permanent}) {
        const auto report = deploy::carryOut(*session, other, {goal}, {});
        QVERIFY(report.error.has_value());
        QCOMPARE(report.error->code, u"server.already-installed"_s);
        QVERIFY(report.steps.isEmpty());
    }
    const auto back = deploy::switchTo(*session, u"tally"_s, u"1.0.0"_s, {deploy::Goal::Permanent}, {});
    QVERIFY(!back.error);
}

void TestMainPath::wrongRelupIsSeenBeforeAnythingIsSent()
{
    const auto packaged = workspace::packageVersion(m_project, {version(u"1.0.1"_s)}, version(u"1.1.0"_s), {});
    REQUIRE(packaged);
    auto session = connect();
    REQUIRE(session);
    const auto report = deploy::carryOut(*session, packaged->manifest, {deploy::Goal::Permanent}, {});
    QVERIFY(report.error.has_value());
    QCOMPARE(report.error->code, u"server.no-relup"_s);
    QVERIFY(report.steps.isEmpty());
    const auto place = node::tarballPlace(m_server->address().directory, u"tally"_s, u"1.1.0"_s);
    const auto there = session->exists(*place, {});
    REQUIRE(there);
    QVERIFY(!*there);
}

void TestMainPath::nodeDownIsSaid()
{
    auto session = connect();
    REQUIRE(session);
    REQUIRE(session->exec(m_server->address().directory, {"timeout", "20", "bin/tally", "stop"}, {}));
    const auto installed = node::readInstallation(*session, {});
    REQUIRE(installed);
    QVERIFY(!installed->nodeUp);
    QVERIFY(installed->runningVersion.isEmpty());
    QVERIFY(installed->release(u"1.0.0") != nullptr); // from the files
    const auto report = deploy::switchTo(*session, u"tally"_s, u"2.0.0"_s, {deploy::Goal::Permanent}, {});
    QVERIFY(report.error.has_value());
    QCOMPARE(report.error->code, u"server.node-down"_s);
}

QTEST_GUILESS_MAIN(TestMainPath)
#include "tst_mainpath.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/leftovers.h"
#include "models/deploy/deployment.h"
#include "models/deploy/health.h"
#include "models/deploy/history.h"
#include "tests/support/tinyrelease.h"

#include <QTcpServer>
#include <QTcpSocket>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using deploy::Goal;
using settings::HealthProbe;
using Kind = node::Step::Kind;

class TestDeployment : public QObject
{
    Q_OBJECT

    TinyRelease m_release;

    [[nodiscard]] package::Manifest manifest(const QString &version) const
    {
        auto read = package::inspect(m_release.tarball(version), {});
        return read ? *read : package::Manifest();
    }
    [[nodiscard]] static QList<Kind> kindsOf(const deploy::DeployReport &report)
    {
        QList<Kind> kinds;
        for (const node::Step &step : report.steps)
            kinds += step.kind;
        return kinds;
    }
    [[nodiscard]] static QString codeOf(const deploy::DeployReport &report) { return report.error ? report.error->code : QString(); }
    [[nodiscard]] static QString runs(Session &session) { return node::readInstallation(session, {})->runningVersion; }

private slots:
    void initTestCase() { QVERIFY(m_release.build()); }

    void boundToWhatWasShown()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        const package::Manifest tarball = manifest(u"1.1.0"_s);
        const auto shown = deploy::examine(server.session(), tarball, {});
        VERIFY_RESULT(shown);
        QVERIFY(shown->allows());
        deploy::Plan plan{.goal = Goal::Install, .shown = shown->basis};

        // Another tarball of that name.
        package::Manifest other = tarball;
        other.sha256 = QByteArray(64, '0');
        QCOMPARE(codeOf(deploy::carryOut(server.session(), other, plan, {})), u"deploy.changed"_s);

        // The node was restarted meanwhile: who would be killed was asked of other processes.
        QVERIFY(server.stopNode() && server.startNode());
        const auto refused = deploy::carryOut(server.session(), tarball, plan, {});
        QCOMPARE(codeOf(refused), u"deploy.changed"_s);
        QVERIFY2(refused.error->detail.contains(u"start"_s), qPrintable(refused.error->detail));
        QVERIFY(refused.steps.isEmpty());
        QVERIFY(!QFile::exists(server.test().local(u"releases/tiny-1.1.0.tar.gz"_s)));

        plan.shown = deploy::examine(server.session(), tarball, {})->basis;
        const auto done = deploy::carryOut(server.session(), tarball, plan, {});
        QVERIFY2(!done.error, qPrintable(done.error ? done.error->words() : QString()));
        QCOMPARE(kindsOf(done), (QList<Kind>{Kind::Upload, Kind::Unpack, Kind::Check, Kind::Install}));
    }

    void watchedThenPermanent()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        QTcpServer web;
        QVERIFY(web.listen(QHostAddress::LocalHost));
        deploy::Plan plan{.goal = Goal::Permanent};
        plan.policy = {2, true, false, {{HealthProbe::Kind::Command, u"test -d releases/1.1.0"_s},
                                        {HealthProbe::Kind::Tcp, u"127.0.0.1:%1"_s.arg(web.serverPort())},
                                        {HealthProbe::Kind::Expression, u"is_pid(whereis(tiny_srv))."_s}}};
        const auto report = deploy::carryOut(server.session(), manifest(u"1.1.0"_s), plan, {});
        QVERIFY2(!report.error, qPrintable(report.error ? report.error->words() : QString()));
        QCOMPARE(kindsOf(report), (QList<Kind>{Kind::Upload, Kind::Unpack, Kind::Check, Kind::Install, Kind::Watch, Kind::MakePermanent}));
        QCOMPARE(report.health.size(), 4);
        QCOMPARE(node::readInstallation(server.session(), {})->bootVersion, u"1.1.0"_s);
        QVERIFY(report.installed && report.installed->bootVersion == u"1.1.0"_s); // as it was read last
    }

    // A script that can't unpack and install is no obstacle, one that lets nobody ask the node is.
    void otherScripts()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        const QString script = server.test().local(u"bin/tiny"_s);
        QVERIFY(QFile::rename(script, server.test().local(u"bin/inner"_s)));
        const auto replace = [&](const QByteArray &word) {
            TestServer::write(script, "#!/bin/sh\ncase \"$1\" in\n  " + word + ") exec \"$(dirname \"$0\")/inner\" \"$@\" ;;\nesac\n");
            return QFile::setPermissions(script, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        };
        QVERIFY(replace("status"));
        const package::Manifest tarball = manifest(u"1.1.0"_s);
        auto shown = deploy::examine(server.session(), tarball, {});
        VERIFY_RESULT(shown);
        QVERIFY(!shown->allows());
        QCOMPARE(codeOf(deploy::carryOut(server.session(), tarball, {.goal = Goal::Install}, {})), u"server.not-askable"_s);

        QVERIFY(replace("eval"));
        shown = deploy::examine(server.session(), tarball, {});
        VERIFY_RESULT(shown);
        QVERIFY2(shown->allows(), qPrintable(shown->obstacle() ? shown->obstacle()->words : QString()));
        const auto done = deploy::carryOut(server.session(), tarball, {.goal = Goal::Permanent, .shown = shown->basis}, {});
        QVERIFY2(!done.error, qPrintable(done.error ? done.error->words() : QString()));
        QCOMPARE(kindsOf(done), (QList<Kind>{Kind::Upload, Kind::Unpack, Kind::Check, Kind::Install, Kind::MakePermanent}));
        QCOMPARE(node::readInstallation(server.session(), {})->bootVersion, u"1.1.0"_s);
    }

    // Without a way for the running node, stopping and starting it is still one.
    void obstacles()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        package::Manifest tarball = manifest(u"1.1.0"_s);
        tarball.relup.reset();
        const auto shown = deploy::examine(server.session(), tarball, {});
        VERIFY_RESULT(shown);
        QVERIFY(!shown->allows() && shown->obstacle());
        QCOMPARE(shown->obstacle()->id, u"relup"_s);
        QVERIFY2(!shown->obstacle(true), qPrintable(shown->obstacle(true) ? shown->obstacle(true)->words : QString()));
    }

    // An unpack that was cut off: files with other contents that unpacking would keep.
    void leftoversAreReplaced()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        const package::Manifest tarball = manifest(u"1.1.0"_s);
        const auto local = [&](const QString &path) { return server.test().local(path); };
        const QString app = tarball.apps.value(u"tiny"_s);
        QVERIFY(!app.isEmpty() && !QFile::exists(local(u"lib/tiny-%1"_s.arg(app))));
        QVERIFY(QDir().mkpath(local(u"lib/tiny-%1/ebin"_s.arg(app))) && QDir().mkpath(local(u"releases/1.1.0"_s)));
        TestServer::write(local(u"lib/tiny-%1/ebin/tiny_srv.beam"_s.arg(app)), "cut off");
        TestServer::write(local(u"releases/1.1.0/tiny.tar.gz"_s), "cut off");
        const QStringList kept = QDir(local(u"lib"_s)).entryList(QDir::Dirs | QDir::NoDotAndDotDot);

        const auto failed = [](const Result<deploy::Preflight> &preflight) {
            QStringList ids;
            for (const Check &check : preflight ? preflight->checks : QList<Check>()) {
                if (check.outcome == Check::Outcome::Failed)
                    ids += check.id;
            }
            return ids;
        };
        const auto shown = deploy::examine(server.session(), tarball, {});
        VERIFY_RESULT(shown);
        QCOMPARE(failed(shown), (QStringList{u"tarball"_s, u"files"_s}));
        const auto without = deploy::examine(server.session(), tarball, {}, true);
        VERIFY_RESULT(without);
        QCOMPARE(failed(without), QStringList());

        deploy::Plan plan{.goal = Goal::Permanent, .shown = without->basis};
        plan.replaceUnpacked = true;
        const auto done = deploy::carryOut(server.session(), tarball, plan, {});
        QVERIFY2(!done.error, qPrintable(done.error ? done.error->words() : QString()));
        QCOMPARE(kindsOf(done), (QList<Kind>{Kind::Remove, Kind::Upload, Kind::Unpack, Kind::Check, Kind::Install, Kind::MakePermanent}));
        QVERIFY2(done.steps.first().detail.contains(u"releases/1.1.0, lib/tiny-%1."_s.arg(app)), qPrintable(done.steps.first().detail));
        QCOMPARE(runs(server.session()), u"1.1.0"_s);
        QCOMPARE(QDir(local(u"lib"_s)).entryList(QDir::Dirs | QDir::NoDotAndDotDot), kept); // of others nothing went

        // What a release uses is nobody's leftover.
        const auto left = node::findLeftovers(server.session(), *node::readInstallation(server.session(), {}), tarball, {});
        VERIFY_RESULT(left);
        QCOMPARE(*left, QStringList());
    }

    void unhealthyGoesBack()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        deploy::Plan plan{.goal = Goal::Permanent};
        plan.policy = {1, true, false, {{HealthProbe::Kind::Command, u"echo no >&2; exit 7"_s}}};
        auto report = deploy::carryOut(server.session(), manifest(u"1.1.0"_s), plan, {});
        QCOMPARE(codeOf(report), u"deploy.unhealthy"_s);
        QVERIFY2(report.error->message.contains(u"exit status 7: no"_s), qPrintable(report.error->message));
        QVERIFY2(report.error->hint.contains(u"taken back to 1.0.0"_s), qPrintable(report.error->hint));
        QCOMPARE(report.steps.last().kind, Kind::GoBack);
        QCOMPARE(runs(server.session()), u"1.0.0"_s);

        // Without that wish it stays as it is, to be decided by a person.
        plan.policy.goBack = false;
        report = deploy::carryOut(server.session(), manifest(u"1.1.0"_s), plan, {});
        QCOMPARE(codeOf(report), u"deploy.unhealthy"_s);
        QCOMPARE(runs(server.session()), u"1.1.0"_s);
        QCOMPARE(node::readInstallation(server.session(), {})->bootVersion, u"1.0.0"_s);
        // Who knows better confirms it.
        report = deploy::switchTo(server.session(), u"tiny"_s, u"1.1.0"_s, {Goal::Permanent}, {});
        QVERIFY(!report.error);
        QCOMPARE(kindsOf(report), QList<Kind>{Kind::MakePermanent});
    }

    void probes_data()
    {
        QTest::addColumn<HealthProbe::Kind>("kind");
        QTest::addColumn<QString>("target");
        QTest::addColumn<bool>("healthy");
        QTest::addColumn<QString>("words");
        QTest::newRow("command") << HealthProbe::Kind::Command << u"true"_s << true << u"exit status 0"_s;
        QTest::newRow("command fails") << HealthProbe::Kind::Command << u"false"_s << false << u"exit status 1"_s;
        QTest::newRow("no port there") << HealthProbe::Kind::Tcp << u"127.0.0.1:1"_s << false << u"refused"_s;
        QTest::newRow("no port") << HealthProbe::Kind::Tcp << u"localhost"_s << false << u"HOST:PORT"_s;
        QTest::newRow("no address") << HealthProbe::Kind::Http << u"ftp://x"_s << false << u"http"_s;
        QTest::newRow("nobody answers") << HealthProbe::Kind::Http << u"http://127.0.0.1:1/"_s << false << u"refused"_s;
        QTest::newRow("true") << HealthProbe::Kind::Expression << u"1 =:= 1"_s << true << u"true"_s;
        QTest::newRow("false") << HealthProbe::Kind::Expression << u"false"_s << false << u"false"_s;
        QTest::newRow("it crashes") << HealthProbe::Kind::Expression << u"exit(bang)"_s << false << u"bang"_s;
        QTest::newRow("no Erlang") << HealthProbe::Kind::Expression << u"hurz("_s << false << QString();
        QTest::newRow("backslash") << HealthProbe::Kind::Expression << u"\"\\n\" =:= x"_s << false << u"backslash"_s;
    }
    void probes()
    {
        QFETCH(const HealthProbe::Kind, kind);
        QFETCH(const QString, target);
        QFETCH(const bool, healthy);
        QFETCH(const QString, words);
        static TinyServer server;
        static const bool started = server.start(m_release);
        QVERIFY(started);
        const auto checks = deploy::askHealth(server.session(), u"tiny"_s, u"1.0.0"_s, {}, {{kind, target}}, {});
        VERIFY_RESULT(checks);
        QCOMPARE(checks->first().outcome, Check::Outcome::Passed);
        QCOMPARE(checks->last().outcome == Check::Outcome::Passed, healthy);
        QVERIFY2(checks->last().words.contains(words), qPrintable(checks->last().words));
    }

    void httpProbe()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        // A web server in a thread of its own: the probe waits in this one.
        std::atomic<int> port = 0;
        std::jthread thread([&port](const std::stop_token &stop) {
            QTcpServer web;
            if (!web.listen(QHostAddress::LocalHost))
                return;
            port = web.serverPort();
            for (int i = 0; !stop.stop_requested();) {
                if (!web.waitForNewConnection(50))
                    continue;
                QTcpSocket *socket = web.nextPendingConnection();
                socket->waitForReadyRead(2000);
                socket->write(i++ == 0 ? "HTTP/1.1 204 No Content\r\n\r\n" : "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
                socket->disconnectFromHost();
                socket->waitForDisconnected(2000);
            }
        });
        QVERIFY(QTest::qWaitFor([&port] { return port != 0; }));
        const QList<HealthProbe> probes{{HealthProbe::Kind::Http, u"http://127.0.0.1:%1/health"_s.arg(port.load())}};
        auto checks = deploy::askHealth(server.session(), u"tiny"_s, u"1.0.0"_s, {}, probes, {});
        VERIFY_RESULT(checks);
        QCOMPARE(checks->last().words, u"status 204"_s);
        QCOMPARE(checks->last().outcome, Check::Outcome::Passed);
        checks = deploy::askHealth(server.session(), u"tiny"_s, u"1.0.0"_s, {}, probes, {});
        QCOMPARE(checks->last().outcome, Check::Outcome::Failed);
        QCOMPARE(checks->last().words, u"status 503"_s);
    }

    void removing()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        const auto up = deploy::carryOut(server.session(), manifest(u"1.1.0"_s), {Goal::Install}, {});
        QVERIFY(!up.error);
        const auto remove = [&](const QString &version) { return codeOf(deploy::removeVersion(server.session(), u"tiny"_s, version, {}, {})); };
        QCOMPARE(remove(u"1.1.0"_s), u"server.in-use"_s); // runs
        QCOMPARE(remove(u"1.0.0"_s), u"server.in-use"_s); // is permanent
        QCOMPARE(remove(u"9.9.9"_s), u"server.not-installed"_s);
        QVERIFY(!deploy::switchTo(server.session(), u"tiny"_s, u"1.1.0"_s, {Goal::Permanent}, {}).error);
        QCOMPARE(remove(u"1.0.0"_s), QString());
        QVERIFY(!QFile::exists(server.test().local(u"releases/1.0.0"_s)));
        QVERIFY(!QFile::exists(server.test().local(u"lib/tiny-1.0.0"_s)));
        QVERIFY(!QFile::exists(server.test().local(u"bin/tiny-1.0.0"_s)));
        QVERIFY(QFile::exists(server.test().local(u"lib/tiny-1.1.0"_s)));
        QCOMPARE(runs(server.session()), u"1.1.0"_s);
        QCOMPARE(node::readInstallation(server.session(), {})->disagreements, QStringList());
    }

    void replacesWhatIsOnlyUnpacked()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        const package::Manifest tarball = manifest(u"1.1.0"_s);
        QVERIFY(server.upload(m_release, u"1.1.0"_s));
        const auto unpacked = node::unpackRelease(server.session(), u"tiny"_s, u"1.1.0"_s, {});
        VERIFY_RESULT(unpacked);
        // As if it had been built anew since.
        QFile there(server.test().local(u"releases/tiny-1.1.0.tar.gz"_s));
        QVERIFY(there.open(QIODevice::Append) && there.write("x") == 1);
        there.close();
        QCOMPARE(codeOf(deploy::carryOut(server.session(), tarball, {Goal::Install}, {})), u"server.already-installed"_s);
        const auto report = deploy::carryOut(server.session(), tarball, {.goal = Goal::Install, .replaceUnpacked = true}, {});
        QVERIFY2(!report.error, qPrintable(report.error ? report.error->words() : QString()));
        QCOMPARE(report.steps.first().kind, Kind::Remove);
        QCOMPARE(runs(server.session()), u"1.1.0"_s);
    }

    void rebootsInto()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        // 1.3.0 has no relup: it can't be reached while the node runs.
        const auto report = deploy::carryOut(server.session(), manifest(u"1.3.0"_s), {.goal = Goal::Permanent, .reboot = true}, {});
        QVERIFY2(!report.error, qPrintable(report.error ? report.error->words() + report.error->detail : QString()));
        QCOMPARE(kindsOf(report), (QList<Kind>{Kind::Upload, Kind::Unpack, Kind::Reboot}));
        const auto seen = node::readInstallation(server.session(), {});
        VERIFY_RESULT(seen);
        QCOMPARE(seen->runningVersion, u"1.3.0"_s);
        QCOMPARE(seen->runningApps.value(u"tiny"_s), u"1.3.0"_s);
        QCOMPARE(seen->bootVersion, u"1.3.0"_s);
        QCOMPARE(seen->disagreements, QStringList());
        QCOMPARE(seen->release(u"1.0.0")->status, node::ReleaseStatus::Old);
        // And back the same way: the look before says that no other leads there.
        const auto looked = deploy::examineSwitch(server.session(), u"1.0.0"_s, {});
        VERIFY_RESULT(looked);
        QVERIFY(looked->obstacle() && looked->obstacle()->id == "relup"_L1);
        QVERIFY(!looked->obstacle(true));
        const auto nowhere = deploy::examineSwitch(server.session(), u"9.9.9"_s, {});
        VERIFY_RESULT(nowhere);
        QVERIFY(nowhere->obstacle(true) && nowhere->obstacle(true)->id == "release"_L1);
        const auto back = deploy::switchTo(server.session(), u"tiny"_s, u"1.0.0"_s, {.goal = Goal::Permanent, .reboot = true}, {});
        QVERIFY(!back.error);
        QCOMPARE(runs(server.session()), u"1.0.0"_s);
    }

    void rebootIntoWhatDoesNotStart()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        QVERIFY(server.upload(m_release, u"1.3.0"_s));
        const auto unpacked = node::unpackRelease(server.session(), u"tiny"_s, u"1.3.0"_s, {});
        VERIFY_RESULT(unpacked);
        QVERIFY(QFile::remove(server.test().local(u"releases/1.3.0/start.boot"_s)));
        const auto report = deploy::switchTo(server.session(), u"tiny"_s, u"1.3.0"_s, {.goal = Goal::Permanent, .reboot = true}, {});
        QCOMPARE(codeOf(report), u"server.reboot-failed"_s);
        QVERIFY2(report.error->message.contains(u"1.0.0 was started again"_s), qPrintable(report.error->message));
        const auto seen = node::readInstallation(server.session(), {});
        VERIFY_RESULT(seen);
        QCOMPARE(seen->runningVersion, u"1.0.0"_s);
        QCOMPARE(seen->bootVersion, u"1.0.0"_s);
        QCOMPARE(seen->disagreements, QStringList());
    }

    void historyIsKept()
    {
        QTemporaryDir state;
        qputenv("HANDOVER_STATE_DIR", state.path().toUtf8());
        TinyServer server;
        QVERIFY(server.start(m_release));
        QVERIFY(deploy::history().isEmpty());
        for (const Goal goal : {Goal::Upload, Goal::Install}) {
            const auto report = deploy::carryOut(server.session(), manifest(u"1.1.0"_s), {goal}, {});
            const auto deed = deploy::Deed::of(u"edge-1"_s, server.session().address(), u"tiny"_s, u"Deploy"_s, report, {u"a line"_s});
            const auto here = deploy::remember(deed);
            VERIFY_RESULT(here);
            const auto there = deploy::rememberThere(server.session(), deed, {});
            VERIFY_RESULT(there);
        }
        QFile file(state.filePath(u"history.jsonl"_s));
        QVERIFY(file.open(QIODevice::Append) && file.write("{\"time\":\"hal") > 0); // a cut line
        file.close();
        const auto deeds = deploy::history();
        QCOMPARE(deeds.size(), 2);
        QCOMPARE(deeds.first().to, u"1.1.0"_s);
        QCOMPARE(deeds.first().steps.last().kind, Kind::Install);
        QCOMPARE(deeds.first().log, QStringList{u"a line"_s});
        QCOMPARE(deeds.last().to, u"1.0.0"_s);
        QCOMPARE(deploy::history(1).size(), 1);
        const QByteArray there = TestServer::contents(server.test().local(u"releases/handover-history.jsonl"_s));
        QCOMPARE(there.count('\n'), 2);
        QVERIFY(!there.contains("a line"));
    }
};

QTEST_GUILESS_MAIN(TestDeployment)
#include "tst_deployment.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// A deployment whose line is cut, whose program is killed, that isn't alone. HANDOVER_CUTS: how many cuts.
#include "models/deploy/deployment.h"
#include "models/deploy/lock.h"
#include "tests/support/cutrelay.h"
#include "tests/support/tinyrelease.h"

#include <QRandomGenerator>

#include <csignal>

#include <sys/wait.h>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using deploy::Goal;
using Kind = node::Step::Kind;

class TestDeployFaults : public QObject
{
    Q_OBJECT

    TinyRelease m_release;

    [[nodiscard]] package::Manifest manifest() const { return *package::inspect(m_release.tarball(u"1.1.0"_s), {}); }

    // Either the old or the new state, whole; what is between was said by `report`.
    static void checkState(TinyServer &server, const package::Manifest &tarball, const deploy::DeployReport *report)
    {
        const QString place = server.test().local(u"releases/tiny-1.1.0.tar.gz"_s);
        if (QFile::exists(place)) {
            const auto sum = package::sha256Of(place, {});
            QVERIFY(sum);
            QCOMPARE(*sum, tarball.sha256);
        }
        const auto seen = node::readInstallation(server.session(), {});
        VERIFY_RESULT(seen);
        QVERIFY(seen->nodeUp);
        QVERIFY2(seen->runningVersion == u"1.0.0" || seen->runningVersion == u"1.1.0", qPrintable(seen->runningVersion));
        QCOMPARE(seen->runningApps.value(u"tiny"_s), seen->runningVersion);
        const bool isNew = seen->runningVersion == u"1.1.0" && seen->bootVersion == u"1.1.0";
        const bool isOld = seen->runningVersion == u"1.0.0" && seen->bootVersion == u"1.0.0" && !seen->release(u"1.1.0");
        if (report && !isNew && !isOld)
            QVERIFY(report->error);
        if (report && !report->error)
            QVERIFY(isNew);
    }

    // A program on the server goes on after its connection was cut.
    static bool settled(TinyServer &server)
    {
        QByteArray before;
        return QTest::qWaitFor(
            [&] {
                const QByteArray now = server.eval("{release_handler:which_releases(),[A||{A,_,_}<-application:which_applications()]}.");
                const auto busy = server.session().exec(server.test().files(), {"pgrep", "-f", "install_upgrade.escript"}, {});
                const bool same = now == before && busy && busy->exitStatus == 1;
                before = now;
                QTest::qSleep(200);
                return same;
            },
            60'000);
    }

private slots:
    void initTestCase() { QVERIFY(m_release.build()); }

    void cutAnywhere()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        const package::Manifest tarball = manifest();
        const auto relay = test::CutRelay::start(server.test().address().port);
        QVERIFY(relay);
        Address address = server.test().address();
        address.port = relay->port();
        ConnectOptions options = server.test().server().connectOptions();
        if (const auto unknown = Session::connect(address, options, {}); !unknown)
            options.acceptedHostKey = unknown.error().detail.toLatin1(); // of the relay's port

        // How much a whole deployment moves tells where cuts can be.
        const qint64 before = relay->carried();
        {
            auto session = Session::connect(address, options, {});
            VERIFY_RESULT(session);
            const auto report = deploy::carryOut(*session, tarball, {Goal::Permanent}, {});
            QVERIFY2(!report.error, report.error ? qPrintable(report.error->words()) : "");
        }
        const qint64 whole = relay->carried() - before;
        const auto back = [&] {
            const auto down = deploy::switchTo(server.session(), u"tiny"_s, u"1.0.0"_s, {Goal::Permanent}, {});
            QVERIFY2(!down.error, down.error ? qPrintable(down.error->words()) : "");
            const auto removed = deploy::removeVersion(server.session(), u"tiny"_s, u"1.1.0"_s, {}, {});
            QVERIFY2(!removed.error, removed.error ? qPrintable(removed.error->words()) : "");
        };
        back();

        QRandomGenerator random(2026);
        const int cuts = qEnvironmentVariableIntValue("HANDOVER_CUTS") > 0 ? qEnvironmentVariableIntValue("HANDOVER_CUTS") : 8;
        int reported = 0;
        for (int i = 0; i < cuts; ++i) {
            // Half of them behind the upload, where there are few bytes and many steps.
            const qint64 at = i % 2 == 0 ? random.bounded(whole) : whole - random.bounded(qMin<qint64>(whole, 120'000));
            relay->cutAfter(at);
            {
                auto session = Session::connect(address, options, {});
                if (session) {
                    const auto report = deploy::carryOut(*session, tarball, {Goal::Permanent}, {});
                    reported += report.error ? 1 : 0;
                    QVERIFY(settled(server));
                    checkState(server, tarball, &report);
                }
            }
            if (QTest::currentTestFailed())
                return;
            relay->cutAfter(-1);
            // The second time it gets there, whatever the first left.
            auto session = Session::connect(address, options, {});
            VERIFY_RESULT(session);
            const auto again = deploy::carryOut(*session, tarball, {Goal::Permanent}, {});
            QVERIFY2(!again.error, again.error ? qPrintable(QString::number(at) + u": "_s + again.error->words() + again.error->detail) : "");
            checkState(server, tarball, &again);
            back();
            if (QTest::currentTestFailed())
                return;
        }
        qInfo("%d of %d cuts were noticed by the deployment", reported, cuts);
        QVERIFY(reported > cuts / 2);
    }

    void notAlone()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        auto other = server.test().connect();
        VERIFY_RESULT(other);
        {
            const auto lock = deploy::lockServer(*other, {});
            VERIFY_RESULT(lock);
            QVERIFY(lock->has_value());
            const auto refused = deploy::carryOut(server.session(), manifest(), {Goal::Permanent}, {});
            QVERIFY(refused.error.has_value());
            QCOMPARE(refused.error->code, u"deploy.busy"_s);
            QVERIFY2(refused.error->message.contains(u"since 20"_s), qPrintable(refused.error->message));
            QVERIFY(refused.steps.isEmpty());
            QVERIFY(!QFile::exists(server.test().local(u"releases/tiny-1.1.0.tar.gz"_s)));
        }
        const auto done = deploy::carryOut(server.session(), manifest(), {Goal::Permanent}, {});
        QVERIFY2(!done.error, done.error ? qPrintable(done.error->words()) : "");
    }

    // In the middle of each step, from another process, without a chance to say goodbye.
    void killedAtAStep_data()
    {
        QTest::addColumn<Kind>("kind");
        for (const Kind kind : {Kind::Upload, Kind::Unpack, Kind::Check, Kind::Install, Kind::MakePermanent})
            QTest::newRow(qPrintable(node::stepName(kind))) << kind;
    }
    void killedAtAStep()
    {
        QFETCH(const Kind, kind);
        TinyServer server;
        QVERIFY(server.start(m_release));
        const package::Manifest tarball = manifest();
        const pid_t child = ::fork();
        if (child == 0) {
            auto session = server.test().connect();
            if (session) {
                const auto report = deploy::carryOut(*session, tarball, {Goal::Permanent}, {},
                                                     [kind](const node::Step &step, bool finished) {
                                                         if (step.kind == kind && !finished)
                                                             std::thread([] {
                                                                 std::this_thread::sleep_for(std::chrono::milliseconds(120));
                                                                 ::kill(::getpid(), SIGKILL);
                                                             }).detach();
                                                     });
                Q_UNUSED(report)
            }
            ::pause();
            ::_exit(0);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        QVERIFY(settled(server));
        checkState(server, tarball, nullptr);
        const auto again = deploy::carryOut(server.session(), tarball, {Goal::Permanent}, {});
        QVERIFY2(!again.error, again.error ? qPrintable(again.error->words() + again.error->detail) : "");
        checkState(server, tarball, &again);
    }
};

QTEST_GUILESS_MAIN(TestDeployFaults)
#include "tst_deployfaults.moc"

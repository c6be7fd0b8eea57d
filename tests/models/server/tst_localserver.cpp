// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testserver.h"

#include <QElapsedTimer>
#include <QProcess>

#include <csignal>
#include <thread>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;

class LocalServerTest : public QObject
{
    Q_OBJECT

    [[nodiscard]] static bool isGone(pid_t pid)
    {
        for (int i = 0; i < 300 && ::kill(pid, 0) == 0; ++i)
            QTest::qSleep(10);
        return ::kill(pid, 0) != 0;
    }

public:
    static int ownAServer(const QString &pidFile)
    {
        TestServer test;
        if (!test.start())
            return 1;
        auto session = test.connect();
        if (!session)
            return 1;
        const auto daemon = startDaemon(*session, test.files());
        const auto parent = session->exec(test.files(), {"sh", "-c", "echo $PPID"}, {});
        if (!daemon || !parent)
            return 1;
        TestServer::write(pidFile, daemon->output + parent->output + "end\n");
        return ::pause();
    }

    // A process that leaves its session and its parent behind, as run_erl and epmd do.
    [[nodiscard]] static Result<ExecOutcome> startDaemon(Session &session, const RemotePath &where)
    {
        return session.exec(where,
                            {"sh", "-c",
                             "setsid sh -c 'trap \"\" HUP; echo $$ >daemon; exec sleep 100' "
                             ">/dev/null 2>&1 </dev/null & sleep 0.3; cat daemon"},
                            {});
    }

private slots:
    void filesAndRights()
    {
        TestServer test;
        QVERIFY(test.start());
        const ConnectOptions options = test.server().connectOptions();
        for (const QString &key : {options.identityFile, test.path(u"sshd/host_key"_s)})
            QCOMPARE(QFile::permissions(key),
                     QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser);
        QVERIFY(test.contents(options.knownHostsFile)
                    .startsWith(QByteArray("[127.0.0.1]:" + QByteArray::number(test.server().port()))));
        const auto session = test.connect();
        VERIFY_RESULT(session);
        QVERIFY(session->isAlive());
    }

    void environment()
    {
        const QMap<QString, QString> wanted{{u"PLAIN"_s, u"a"_s},
                                            {u"EMPTY"_s, u""_s},
                                            {u"HOME"_s, u"/tmp"_s},
                                            {u"NASTY"_s, u"a b \"q\" 'r' \\ $HOME `id` #é"_s}};
        TestServer test;
        QVERIFY(test.start({}, wanted));
        auto session = test.connect();
        VERIFY_RESULT(session);
        for (const auto &[name, value] : wanted.asKeyValueRange()) {
            const auto said = session->exec(test.files(), {"printenv", name.toUtf8()}, {});
            VERIFY_RESULT(said);
            QCOMPARE(said->output, QByteArray(value.toUtf8() + '\n'));
        }
    }

    void badEnvironment_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("newline") << u"A"_s << u"b\nPermitRootLogin no"_s;
        QTest::newRow("name") << u"A B"_s << u"b"_s;
        QTest::newRow("empty name") << u""_s << u"b"_s;
    }
    void badEnvironment()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QTemporaryDir dir;
        QCOMPARE(codeOf(LocalServer::start({dir.path(), {{name, value}}, {}}, {})), u"local-server.start"_s);
    }

    void badConfigIsToldOf()
    {
        QTemporaryDir dir;
        const auto server = LocalServer::start({dir.path(), {}, "NoSuchOption yes\n"}, {});
        QCOMPARE(codeOf(server), u"local-server.start"_s);
        QVERIFY2(server.error().detail.contains(u"NoSuchOption"_s), qPrintable(server.error().detail));
    }

    void stopEndsAllItStarted()
    {
        TestServer test;
        QVERIFY(test.start());
        auto session = test.connect();
        VERIFY_RESULT(session);
        const auto daemon = startDaemon(*session, test.files());
        VERIFY_RESULT(daemon);
        const pid_t pid = daemon->output.trimmed().toInt();
        QVERIFY2(pid > 0, daemon->errorOutput.constData());
        QCOMPARE(::kill(pid, 0), 0);
        QElapsedTimer clock;
        clock.start();
        test.server().stop();
        QVERIFY2(clock.elapsed() < 9000, QByteArray::number(clock.elapsed()).constData());
        QVERIFY(isGone(pid));
        QVERIFY(!session->isAlive());
        QVERIFY(!session->exec(test.files(), {"true"}, {}));
    }

    void twoServersEndSeparately()
    {
        TestServer first;
        TestServer second;
        QVERIFY(first.start());
        QVERIFY(second.start());
        QVERIFY(first.server().port() != second.server().port());
        first.server().stop(); // while the second's guard, forked later, lives
        QCOMPARE(codeOf(first.connect()), u"server.unreachable"_s);
        VERIFY_RESULT(second.connect());
    }

    void startedInAThreadThatEnds()
    {
        TestServer test;
        bool started = false;
        std::thread([&] { started = test.start(); }).join();
        QVERIFY(started);
        QTest::qSleep(200);
        VERIFY_RESULT(test.connect());
    }

    void killedOwnerLeavesNothing()
    {
        QTemporaryDir dir;
        const QByteArray pidFile = QFile::encodeName(dir.filePath(u"pids"_s));
        QProcess owner; // a Handover that is killed
        owner.setProcessChannelMode(QProcess::ForwardedChannels);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TMPDIR"_s, dir.path()); // it can't tidy up after itself
        owner.setProcessEnvironment(environment);
        owner.start(QCoreApplication::applicationFilePath(), {u"--own"_s, QString::fromUtf8(pidFile)});
        QVERIFY(owner.waitForStarted());
        const auto written = [&] { return TestServer::contents(QString::fromUtf8(pidFile)); };
        for (int i = 0; i < 1000 && !written().endsWith("end\n"); ++i)
            QTest::qSleep(10);
        const QByteArrayList pids = written().split('\n');
        owner.kill();
        QVERIFY(owner.waitForFinished());
        QVERIFY2(pids.size() >= 3, written().constData());
        for (int i = 0; i < 2; ++i) {
            QVERIFY(pids[i].toInt() > 1);
            QVERIFY2(isGone(pids[i].toInt()), pids[i].constData());
        }
    }

    void restartInTheSameFolder()
    {
        QTemporaryDir dir;
        auto server = LocalServer::start({dir.path(), {}, {}}, {});
        VERIFY_RESULT(server);
        const QByteArray key = TestServer::contents(dir.filePath(u"host_key"_s));
        server->stop();
        server = LocalServer::start({dir.path(), {}, {}}, {});
        VERIFY_RESULT(server);
        QCOMPARE(TestServer::contents(dir.filePath(u"host_key"_s)), key);
        VERIFY_RESULT(
            Session::connect(server->address(*RemotePath::parse("/tmp")), server->connectOptions(), {}));
    }

    void folderWithOddName()
    {
        QTemporaryDir dir;
        QCOMPARE(codeOf(LocalServer::start({dir.filePath(u"back\\slash"_s), {}, {}}, {})),
                 u"local-server.start"_s);
        auto server = LocalServer::start({dir.filePath(u"a b%h\"'é$x"_s), {}, {}}, {});
        VERIFY_RESULT(server);
        VERIFY_RESULT(
            Session::connect(server->address(*RemotePath::parse("/tmp")), server->connectOptions(), {}));
    }
};

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc == 3 && QByteArrayView(argv[1]) == "--own")
        return LocalServerTest::ownAServer(QString::fromLocal8Bit(argv[2]));
    LocalServerTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_localserver.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testserver.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>
#include <thread>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;

class SessionTest : public QObject
{
    Q_OBJECT

    TestServer m_test;

    static QByteArray keygen(const QStringList &arguments)
    {
        QProcess process;
        process.start(u"ssh-keygen"_s, arguments);
        process.waitForFinished();
        return process.readAllStandardOutput();
    }
    // The fingerprint as OpenSSH itself says it.
    [[nodiscard]] static QByteArray fingerprint(const QString &publicKey)
    {
        return keygen({u"-lf"_s, publicKey}).split(' ').value(1);
    }

private slots:
    void initTestCase() { QVERIFY(m_test.start()); }

    void cleanup()
    {
        // Whatever a test did, nothing that stood between quotes may have been run.
        QVERIFY2(!QFile::exists(m_test.local(u"pwned"_s)), "a shell ran what was data");
    }

    void unknownHostKeyThenAccepted()
    {
        ConnectOptions options = m_test.server().connectOptions();
        options.knownHostsFile = m_test.path(u"fresh/known_hosts"_s);
        auto session = Session::connect(m_test.address(), options, {});
        QCOMPARE(codeOf(session), u"server.host-key-unknown"_s);
        const QByteArray key = session.error().detail.toLatin1();
        QCOMPARE(key, fingerprint(m_test.path(u"sshd/host_key.pub"_s)));
        QVERIFY(!QFile::exists(options.knownHostsFile));

        options.acceptedHostKey = "SHA256:AAAA";
        QCOMPARE(codeOf(Session::connect(m_test.address(), options, {})), u"server.host-key-unknown"_s);
        options.acceptedHostKey = key;
        VERIFY_RESULT(Session::connect(m_test.address(), options, {}));
        const QByteArray written = TestServer::contents(options.knownHostsFile);
        QVERIFY2(written.contains("ssh-ed25519 "), written.constData());
        options.acceptedHostKey.clear(); // remembered
        VERIFY_RESULT(Session::connect(m_test.address(), options, {}));
    }

    void changedHostKey_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::newRow("no config") << ""_ba;
        QTest::newRow("careless user") << "Host *\n  StrictHostKeyChecking no\n"_ba;
    }
    void changedHostKey()
    {
        QFETCH(QByteArray, config);
        const QString other = m_test.path(u"other_key"_s);
        if (!QFile::exists(other))
            keygen({u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, u""_s, u"-f"_s, other});
        ConnectOptions options = m_test.server().connectOptions();
        options.knownHostsFile = m_test.path(u"changed_known_hosts"_s);
        const QByteArray line = "[127.0.0.1]:" + QByteArray::number(m_test.server().port()) + ' ' +
                                TestServer::contents(other + u".pub"_s);
        TestServer::write(options.knownHostsFile, "# first line\n" + line);
        if (!config.isEmpty()) {
            options.configFile = m_test.path(u"careless_config"_s);
            TestServer::write(options.configFile, config);
        }
        options.acceptedHostKey = fingerprint(m_test.path(u"sshd/host_key.pub"_s)); // no way round it
        const auto session = Session::connect(m_test.address(), options, {});
        QCOMPARE(codeOf(session), u"server.host-key-changed"_s);
        const QString words = session.error().words();
        QVERIFY2(words.contains(u"ssh-keygen -R '[127.0.0.1]:%1' -f '%2'"_s.arg(m_test.server().port())
                                    .arg(options.knownHostsFile)),
                 qPrintable(words));
        const QByteArray detail = session.error().detail.toLatin1();
        QVERIFY2(detail.contains(QByteArray(fingerprint(other + u".pub"_s) + " (line 2)")),
                 detail.constData());
        QVERIFY(detail.contains(QByteArray("offered: " + options.acceptedHostKey)));
        QCOMPARE(TestServer::contents(options.knownHostsFile), QByteArray("# first line\n" + line));
        // The advice works.
        keygen({u"-R"_s, u"[127.0.0.1]:%1"_s.arg(m_test.server().port()), u"-f"_s, options.knownHostsFile});
        VERIFY_RESULT(Session::connect(m_test.address(), options, {}));
    }

    void configFile()
    {
        ConnectOptions options = m_test.server().connectOptions();
        const Address real = m_test.address();
        options.configFile = m_test.path(u"config"_s);
        TestServer::write(options.configFile,
                          QByteArray("Host prod\n  HostName 127.0.0.1\n  Port " +
                                     QByteArray::number(real.port) + "\n  User " + real.user.toUtf8() +
                                     "\n  IdentityFile " + options.identityFile.toUtf8() +
                                     "\n  UserKnownHostsFile " + options.knownHostsFile.toUtf8() + '\n'));
        options.identityFile.clear();
        options.knownHostsFile.clear();
        const auto session = Session::connect({{}, u"prod"_s, 0, m_test.files()}, options, {});
        VERIFY_RESULT(session);
        QCOMPARE(session->address().host, u"prod"_s);
    }

    void proxyCommand()
    {
        ConnectOptions options = m_test.server().connectOptions();
        options.configFile = m_test.path(u"proxy_config"_s);
        TestServer::write(options.configFile, "Host *\n  ProxyCommand " +
                                                  QCoreApplication::applicationFilePath().toUtf8() +
                                                  " --relay %h %p\n");
        auto session = Session::connect(m_test.address(), options, {});
        VERIFY_RESULT(session);
        QCOMPARE(session->exec(m_test.files(), {"echo", "through"}, {})->output, "through\n"_ba);
    }

    void proxyJump_data()
    {
        QTest::addColumn<bool>("known");
        QTest::newRow("good") << true;
        QTest::newRow("unknown jump host") << false;
    }
    void proxyJump()
    {
        QFETCH(bool, known);
        TestServer bastion;
        QVERIFY(bastion.start("AllowTcpForwarding yes\n"));
        const ConnectOptions there = bastion.server().connectOptions();
        ConnectOptions options = m_test.server().connectOptions();
        options.configFile = m_test.path(u"jump_config"_s);
        TestServer::write(options.configFile,
                          QByteArray("Host bastion\n  HostName 127.0.0.1\n  IdentityFile " +
                                     there.identityFile.toUtf8() + "\n  UserKnownHostsFile " +
                                     (known ? there.knownHostsFile.toUtf8() : "/dev/null"_ba) +
                                     "\nHost prod\n  HostName 127.0.0.1\n  ProxyJump bastion:" +
                                     QByteArray::number(bastion.server().port()) + '\n'));
        const Address address{{}, u"prod"_s, m_test.server().port(), m_test.files()};
        QElapsedTimer clock;
        clock.start();
        auto session = Session::connect(address, options, {});
        if (known) {
            VERIFY_RESULT(session);
            QVERIFY(session->exec(m_test.files(), {"printenv", "SSH_CONNECTION"}, {})
                        ->output.startsWith("127.0.0.1 "));
            bastion.server().stop();
            QVERIFY(!session->exec(m_test.files(), {"true"}, {}));
        } else {
            QCOMPARE(codeOf(session), u"server.unreachable"_s);
            QVERIFY2(session.error().detail.contains(u"Host key verification failed"_s),
                     wordsOf(session).constData());
        }
        QVERIFY(clock.elapsed() < 10'000);
    }

    void wrongKey()
    {
        const QString other = m_test.path(u"stranger"_s);
        keygen({u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, u""_s, u"-f"_s, other});
        ConnectOptions options = m_test.server().connectOptions();
        options.identityFile = other;
        const auto session = Session::connect(m_test.address(), options, {});
        QCOMPARE(codeOf(session), u"server.authentication"_s);
        QVERIFY2(session.error().hint.contains(other), qPrintable(session.error().hint));
    }

    void lockedKey()
    {
        const QString locked = m_test.path(u"locked"_s);
        QFile::remove(locked);
        QVERIFY(QFile::copy(m_test.server().connectOptions().identityFile, locked));
        keygen({u"-q"_s, u"-p"_s, u"-P"_s, u""_s, u"-N"_s, u"open sesame"_s, u"-f"_s, locked});
        ConnectOptions options = m_test.server().connectOptions();
        options.identityFile = locked;
        QCOMPARE(codeOf(Session::connect(m_test.address(), options, {})), u"server.passphrase-needed"_s);
        options.passphrase = u"wrong"_s;
        const auto refused = Session::connect(m_test.address(), options, {});
        QCOMPARE(codeOf(refused), u"server.passphrase-needed"_s);
        QVERIFY(refused.error().message.contains(locked));
        options.passphrase = u"open sesame"_s;
        VERIFY_RESULT(Session::connect(m_test.address(), options, {}));
    }

    void passwords()
    {
        TestServer strict;
        QVERIFY(strict.start("PasswordAuthentication yes\nPubkeyAuthentication no\nMaxAuthTries 10\n"));
        ConnectOptions options = strict.server().connectOptions();
        QCOMPARE(codeOf(Session::connect(strict.address(), options, {})), u"server.password-needed"_s);
        options.password = u"certainly not the password"_s;
        QStringList log;
        const JobContext context({}, {{}, [&](const QString &line) { log += line; }});
        const auto session = Session::connect(strict.address(), options, context);
        QCOMPARE(codeOf(session), u"server.authentication"_s);
        const QString said = session.error().words() + session.error().detail + log.join(u' ');
        QVERIFY(!said.contains(options.password));
        // Where no password would do, a given one changes nothing.
        options = m_test.server().connectOptions();
        options.identityFile.clear();
        QCOMPARE(codeOf(Session::connect(m_test.address(), options, {})), u"server.authentication"_s);
    }

    void secondFactor()
    {
        TestServer strict;
        QVERIFY(strict.start("PasswordAuthentication yes\nAuthenticationMethods publickey,password\n"));
        QCOMPARE(codeOf(strict.connect()), u"server.password-needed"_s);
    }

    void unreachable_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("code");
        QTest::newRow("nobody listens") << u"127.0.0.1"_s << u"server.unreachable"_s;
        QTest::newRow("no such name") << u"no-such-host.invalid"_s << u"server.unreachable"_s;
    }
    void unreachable()
    {
        QFETCH(QString, host);
        int port = 0;
        {
            QTcpServer probe;
            QVERIFY(probe.listen(QHostAddress::LocalHost));
            port = probe.serverPort();
        }
        ConnectOptions options = m_test.server().connectOptions();
        const auto session = Session::connect({{}, host, port, m_test.files()}, options, {});
        QTEST(codeOf(session), "code");
        QVERIFY(!session.error().hint.isEmpty());
    }

    void silentServer()
    {
        QTcpServer mute; // takes connections and says nothing
        QVERIFY(mute.listen(QHostAddress::LocalHost));
        ConnectOptions options = m_test.server().connectOptions();
        options.timeoutSeconds = 1;
        const Address address{{}, u"127.0.0.1"_s, mute.serverPort(), m_test.files()};
        QCOMPARE(codeOf(Session::connect(address, options, {})), u"server.timeout"_s);

        options.timeoutSeconds = 60;
        std::stop_source stop;
        std::jthread cancel([&] {
            QTest::qSleep(200);
            stop.request_stop();
        });
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(codeOf(Session::connect(address, options, {stop.get_token(), {}})), u"cancelled"_s);
        QVERIFY2(clock.elapsed() < 9000, QByteArray::number(clock.elapsed()).constData());
    }

    void notAnSshServer()
    {
        QTcpServer web;
        QVERIFY(web.listen(QHostAddress::LocalHost));
        connect(&web, &QTcpServer::newConnection, &web,
                [&] { web.nextPendingConnection()->write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
        Result<Session> session = std::unexpected(Error());
        std::jthread worker([&, address = Address{{}, u"127.0.0.1"_s, web.serverPort(), m_test.files()}] {
            ConnectOptions options = m_test.server().connectOptions();
            options.timeoutSeconds = 2;
            session = Session::connect(address, options, {});
            QMetaObject::invokeMethod(QCoreApplication::instance(), &QCoreApplication::quit);
        });
        QCoreApplication::exec();
        worker.join();
        QVERIFY2(codeOf(session) == "server.unreachable"_L1 || codeOf(session) == "server.timeout"_L1,
                 qPrintable(codeOf(session)));
    }

    void cancelledAtAnyMoment() // of connecting, agreeing on keys, logging in
    {
        QElapsedTimer clock;
        clock.start();
        VERIFY_RESULT(m_test.connect());
        const qint64 whole = clock.nsecsElapsed() / 1000;
        constexpr int Moments = 30;
        for (int moment = 0; moment < Moments; ++moment) {
            std::stop_source stop;
            std::jthread cancel([&, wait = whole * moment / Moments] {
                std::this_thread::sleep_for(std::chrono::microseconds(wait));
                stop.request_stop();
                clock.start();
            });
            const auto session = m_test.connect(JobContext(stop.get_token(), {}));
            cancel.join();
            QVERIFY(session || codeOf(session) == "cancelled"_L1);
            QVERIFY2(clock.elapsed() < 9000, QByteArray::number(moment).constData());
        }
    }

    void cancelledBeforehand()
    {
        std::stop_source stop;
        stop.request_stop();
        const JobContext cancelled(stop.get_token(), {});
        QCOMPARE(codeOf(m_test.connect(cancelled)), u"cancelled"_s);
        auto session = m_test.connect();
        VERIFY_RESULT(session);
        QCOMPARE(codeOf(session->exec(m_test.files(), {"true"}, cancelled)), u"cancelled"_s);
        QVERIFY(session->isAlive()); // nothing was begun, so nothing was cut
        VERIFY_RESULT(session->exec(m_test.files(), {"true"}, {}));
    }

    void files()
    {
        auto session = m_test.connect();
        VERIFY_RESULT(session);
        const QByteArray contents = noise(300'000);
        TestServer::write(m_test.local(u"some"_s), contents);
        QVERIFY(QDir(m_test.local()).mkpath(u"dir/$(touch pwned)"_s));
        TestServer::write(m_test.local(u"dir/b\n'\""_s), {});
        QCOMPARE(*session->readFile(m_test.remote("some"), {}), contents);
        QCOMPARE(*session->readFile(m_test.remote("some"), {}, 300'000), contents);
        QCOMPARE(codeOf(session->readFile(m_test.remote("some"), {}, 299'999)), u"server.file-too-large"_s);
        QCOMPARE(codeOf(session->readFile(m_test.remote("none"), {})), u"server.file-missing"_s);
        QVERIFY(!session->readFile(m_test.remote("dir"), {}));
        QCOMPARE(codeOf(session->readFile(*RemotePath::parse("/dev/zero"), {})), u"server.file-too-large"_s);
        QCOMPARE(*session->list(m_test.remote("dir"), {}), (QList<QByteArray>{"$(touch pwned)", "b\n'\""}));
        QCOMPARE(codeOf(session->list(m_test.remote("none"), {})), u"server.file-missing"_s);
        QVERIFY(*session->exists(m_test.remote("dir"), {}));
        QVERIFY(!*session->exists(m_test.remote("none/deeper"), {}));
        VERIFY_RESULT(session->removeFile(m_test.remote("some"), {}));
        QVERIFY(!QFile::exists(m_test.local(u"some"_s)));
        QCOMPARE(codeOf(session->removeFile(m_test.remote("some"), {})), u"server.file-missing"_s);
        QVERIFY(session->isAlive());
    }

    void noPermission()
    {
        if (::getuid() == 0)
            QSKIP("root may do anything");
        auto session = m_test.connect();
        VERIFY_RESULT(session);
        QCOMPARE(codeOf(session->readFile(*RemotePath::parse("/etc/shadow"), {})), u"server.permission"_s);
        QCOMPARE(codeOf(session->list(*RemotePath::parse("/root"), {})), u"server.permission"_s);
    }

    void noSftp()
    {
        TestServer test;
        QVERIFY(test.start("# Subsystem\n"));
        auto session = test.connect();
        VERIFY_RESULT(session);
        QCOMPARE(codeOf(session->exists(test.files(), {})), u"server.no-sftp"_s);
        VERIFY_RESULT(session->exec(test.files(), {"true"}, {}));
    }

    void serverFreezes()
    {
        ConnectOptions options = m_test.server().connectOptions();
        options.timeoutSeconds = 1;
        auto session = Session::connect(m_test.address(), options, {});
        VERIFY_RESULT(session);
        const auto parent = session->exec(m_test.files(), {"sh", "-c", "echo $PPID"}, {});
        VERIFY_RESULT(parent);
        const pid_t pid = parent->output.trimmed().toInt();
        QVERIFY(pid > 1);
        VERIFY_RESULT(session->exists(m_test.files(), {}));
        ::kill(pid, SIGSTOP);
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(codeOf(session->exists(m_test.files(), {})), u"server.timeout"_s);
        QVERIFY2(clock.elapsed() < 4000, QByteArray::number(clock.elapsed()).constData());
        QVERIFY(!session->isAlive());
        ::kill(pid, SIGKILL);
        QCOMPARE(codeOf(session->exists(m_test.files(), {})), u"server.connection-lost"_s);
    }

    void serverGoesAway()
    {
        TestServer test;
        QVERIFY(test.start());
        auto session = test.connect();
        VERIFY_RESULT(session);
        VERIFY_RESULT(session->exists(test.files(), {}));
        test.server().stop();
        QVERIFY(!session->isAlive());
        QCOMPARE(codeOf(session->exec(test.files(), {"true"}, {})), u"server.connection-lost"_s);
        QCOMPARE(codeOf(session->exists(test.files(), {})), u"server.connection-lost"_s);
        QCOMPARE(codeOf(test.connect()), u"server.unreachable"_s);
    }

    void twoSessionsInTwoThreads()
    {
        std::atomic<int> good = 0;
        {
            QList<std::shared_ptr<std::jthread>> threads;
            for (int i = 0; i < 2; ++i)
                threads += std::make_shared<std::jthread>([&, i] {
                    auto session = m_test.connect();
                    for (int round = 0; session && round < 30; ++round) {
                        const QByteArray word = QByteArray::number(i * 1000 + round);
                        const auto said = session->exec(m_test.files(), {"echo", word}, {});
                        if (said && said->output == word + '\n' &&
                            session->exists(m_test.files(), {}).value_or(false))
                            ++good;
                    }
                });
        }
        QCOMPARE(good.load(), 60);
    }

    void moves()
    {
        auto first = m_test.connect();
        auto second = m_test.connect();
        VERIFY_RESULT(first);
        VERIFY_RESULT(second);
        Session session = std::move(*first);
        session = std::move(*second);
        VERIFY_RESULT(session.exec(m_test.files(), {"true"}, {}));
    }
};

// A ProxyCommand without any further program: copies between a socket and its own ends.
static int relay(const QString &host, int port)
{
    QTcpSocket socket;
    socket.connectToHost(host, static_cast<quint16>(port));
    if (!socket.waitForConnected(5000))
        return 1;
    std::thread([fd = socket.socketDescriptor()] {
        char piece[65536];
        for (ssize_t got = 0; (got = ::read(0, piece, sizeof piece)) > 0;)
            if (::write(static_cast<int>(fd), piece, static_cast<size_t>(got)) != got)
                break;
        ::_exit(0);
    }).detach();
    while (socket.waitForReadyRead(-1)) {
        const QByteArray bytes = socket.readAll();
        if (::write(1, bytes.constData(), static_cast<size_t>(bytes.size())) != bytes.size())
            break;
    }
    return 0;
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 4 && QByteArrayView(argv[1]) == "--relay")
        return relay(QString::fromLocal8Bit(argv[2]), QByteArray(argv[3]).toInt());
    SessionTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_session.moc"

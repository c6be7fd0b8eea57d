// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/delayrelay.h"
#include "tests/support/testserver.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QElapsedTimer>

#include <csignal>
#include <thread>

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;

class UploadTest : public QObject
{
    Q_OBJECT

    TestServer m_test;
    std::optional<Session> m_session;

    [[nodiscard]] QString source(qsizetype size) const
    {
        const QString file = m_test.path(u"source-%1"_s.arg(size));
        if (!QFile::exists(file))
            TestServer::write(file, noise(size));
        return file;
    }
    [[nodiscard]] static QByteArray sha256(const QByteArray &bytes)
    {
        return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
    }
    [[nodiscard]] static QByteArray processFile(const QByteArray &pid, const QString &name)
    {
        return TestServer::contents(u"/proc/%1/%2"_s.arg(QString::fromLatin1(pid), name));
    }

    [[nodiscard]] static Result<Session> connectBy(const test::DelayRelay &line, TestServer &test)
    {
        Address address = test.address();
        address.port = line.port();
        ConnectOptions options = test.server().connectOptions();
        const auto unknown = Session::connect(address, options, {});
        if (unknown || unknown.error().code != "server.host-key-unknown"_L1)
            return std::unexpected(unknown ? Error{} : unknown.error());
        options.acceptedHostKey = unknown.error().detail.toLatin1();
        return Session::connect(address, options, {});
    }

private slots:
    void initTestCase() { QVERIFY(m_test.start()); }
    void cleanupTestCase() { std::filesystem::remove_all(m_test.local().toStdString()); }
    void init()
    {
        std::filesystem::remove_all(m_test.local().toStdString());
        QVERIFY(QDir().mkpath(m_test.local()));
        if (m_session && m_session->isAlive())
            return;
        auto session = m_test.connect();
        VERIFY_RESULT(session);
        m_session.emplace(std::move(*session));
    }

    void sizes_data()
    {
        QTest::addColumn<qsizetype>("size");
        for (const qsizetype size :
             {0, 1, 32768, 261119, 261120, 261121, 16 * 261120, 17 * 261120 + 5, 30'000'000})
            QTest::addRow("%lld", qlonglong(size)) << size;
    }
    void sizes()
    {
        QFETCH(qsizetype, size);
        qint64 last = 0;
        bool grows = true;
        std::stop_source stop;
        const auto done =
            m_session->upload(source(size), m_test.remote("target"), onProgress(stop, [&](const Progress &p) {
                                  if (!p.bytes)
                                      return;
                                  grows = grows && p.done > last && p.total == size;
                                  last = p.done;
                              }));
        VERIFY_RESULT(done);
        QCOMPARE(done->bytes, size);
        QVERIFY(done->milliseconds > 0);
        QVERIFY(grows);
        QCOMPARE(last, size);
        const QByteArray arrived = TestServer::contents(m_test.local(u"target"_s));
        QVERIFY(arrived == TestServer::contents(source(size)));
        QCOMPARE(done->sha256, sha256(arrived));
        QCOMPARE(m_test.names(), QStringList{u"target"_s});
        struct stat info
        {
        };
        QCOMPARE(::stat(QFile::encodeName(m_test.local(u"target"_s)).constData(), &info), 0);
        QCOMPARE(info.st_mode & 07777U, 0644U);
    }

    void names_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const QByteArray name : {"with space", "quo'te", "dou\"ble", "$(touch pwned)", "`touch pwned`",
                                      "new\nline", "back\\slash", "\xc3\xa9\xe2\x82\xac", "-rf", "*",
                                      "; touch pwned", "\xff\xfe not UTF-8", "%s%n", "\\"})
            QTest::newRow(name.toPercentEncoding().constData()) << name;
        QTest::newRow("as long as a name can be") << QByteArray(255, 'n');
    }
    void names()
    {
        QFETCH(QByteArray, name);
        VERIFY_RESULT(m_session->upload(source(1000), m_test.remote(name), {}));
        const QByteArray path = m_test.remote(name).bytes();
        struct stat info
        {
        };
        QCOMPARE(::stat(path.constData(), &info), 0);
        QCOMPARE(info.st_size, 1000);
        QCOMPARE(m_test.names().size(), 1); // neither pwned nor a rest
    }

    void replaces_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::newRow("at once") << ""_ba;
        QTest::newRow("without posix-rename") << "Subsystem sftp internal-sftp -P posix-rename\n"_ba;
        QTest::newRow("without fsync, limits, statvfs")
            << "Subsystem sftp internal-sftp -P fsync,limits,statvfs\n"_ba;
        QTest::newRow("without sha256sum") << "SetEnv PATH=/nonexistent\n"_ba;
        QTest::newRow("without a shell") << "ForceCommand internal-sftp\n"_ba;
    }
    void replaces()
    {
        QFETCH(QByteArray, config);
        TestServer test;
        QVERIFY(test.start(config));
        TestServer::write(test.local(u"target"_s), "old");
        auto session = test.connect();
        VERIFY_RESULT(session);
        const auto done = session->upload(source(1'000'000), test.remote("target"), {});
        VERIFY_RESULT(done);
        QCOMPARE(done->sha256, sha256(TestServer::contents(source(1'000'000))));
        QVERIFY(TestServer::contents(test.local(u"target"_s)) == TestServer::contents(source(1'000'000)));
        QCOMPARE(test.names(), QStringList{u"target"_s});
    }

    void damaged()
    {
        // A server whose sha256sum sees something else than what was sent.
        QVERIFY(QDir().mkpath(m_test.path(u"bin"_s)));
        TestServer::write(m_test.path(u"bin/sha256sum"_s),
                          "#!/bin/sh\necho " + QByteArray(64, 'a') + " \" $2\"\n");
        QFile::setPermissions(m_test.path(u"bin/sha256sum"_s), QFile::ReadOwner | QFile::ExeOwner);
        TestServer test;
        QVERIFY(test.start({}, {{u"PATH"_s, m_test.path(u"bin"_s)}}));
        TestServer::write(test.local(u"target"_s), "old");
        auto session = test.connect();
        VERIFY_RESULT(session);
        QCOMPARE(codeOf(session->upload(source(200'000), test.remote("target"), {})), u"server.checksum"_s);
        QCOMPARE(TestServer::contents(test.local(u"target"_s)), "old"_ba);
        QCOMPARE(test.names(), QStringList{u"target"_s});
    }

    void refused_data()
    {
        QTest::addColumn<QString>("local");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QString>("code");
        QTest::newRow("no directory") << source(1000) << "none/target"_ba << u"server.file-missing"_s;
        QTest::newRow("no local file") << m_test.path(u"none"_s) << "target"_ba << u"server.local-file"_s;
        QTest::newRow("a local directory") << m_test.path(u"sshd"_s) << "target"_ba << u"server.local-file"_s;
        QTest::newRow("onto a directory") << source(1000) << "full"_ba << u"server.sftp"_s;
    }
    void refused()
    {
        QFETCH(QString, local);
        QFETCH(QByteArray, target);
        QVERIFY(QDir(m_test.local()).mkpath(u"full/of"_s));
        const auto done = m_session->upload(local, m_test.remote(target), {});
        QTEST(codeOf(done), "code");
        QVERIFY(!done.error().hint.isEmpty());
        QCOMPARE(m_test.names(), QStringList{u"full"_s});
        QVERIFY(m_session->isAlive());
    }

    void noPermission()
    {
        if (::getuid() == 0) {
            // Not even root writes there.
            const auto done = m_session->upload(source(1000), *RemotePath::parse("/proc/target"), {});
            QVERIFY(!done);
            QVERIFY2(codeOf(done) == "server.permission"_L1 || codeOf(done) == "server.file-missing"_L1,
                     qPrintable(codeOf(done)));
            QVERIFY(m_session->isAlive());
            QSKIP("root may write anywhere else");
        }
        QCOMPARE(codeOf(m_session->upload(source(1000), *RemotePath::parse("/etc/target"), {})),
                 u"server.permission"_s);
    }

    void diskFull_data()
    {
        QTest::addColumn<bool>("tells");
        QTest::newRow("seen beforehand") << true;
        QTest::newRow("seen on the way") << false;
    }
    void diskFull()
    {
        QFETCH(bool, tells);
        const QByteArray place = QFile::encodeName(m_test.local(u"small"_s));
        QVERIFY(QDir().mkpath(m_test.local(u"small"_s)));
        if (::mount("tmpfs", place.constData(), "tmpfs", 0, "size=20m") != 0)
            QSKIP("a small disk needs the right to mount");
        const auto unmount = qScopeGuard([&] { ::umount2(place.constData(), MNT_DETACH); });
        TestServer::write(m_test.local(u"small/target"_s), "old");

        std::stop_source stop;
        bool filled = tells;
        const JobContext context = onProgress(stop, [&](const Progress &) {
            if (!std::exchange(filled, true)) // somebody else takes the room meanwhile
                TestServer::write(m_test.local(u"small/other"_s), noise(10'000'000));
        });
        const auto done = m_session->upload(source(tells ? 30'000'000 : 15'000'000),
                                            m_test.remote("small/target"), context);
        QCOMPARE(codeOf(done), u"server.disk-full"_s);
        QVERIFY2(done.error().message.contains(u"MiB"_s), qPrintable(done.error().message));
        QCOMPARE(TestServer::contents(m_test.local(u"small/target"_s)), "old"_ba);
        QFile::remove(m_test.local(u"small/other"_s));
        QCOMPARE(QDir(m_test.local(u"small"_s)).entryList(QDir::Files | QDir::Hidden),
                 QStringList{u"target"_s});
        QVERIFY(m_session->isAlive());
    }

    void cancel()
    {
        TestServer::write(m_test.local(u"target"_s), "old");
        std::stop_source stop;
        QElapsedTimer clock;
        const auto done = m_session->upload(source(60'000'000), m_test.remote("target"),
                                            onProgress(stop, [&](const Progress &p) {
                                                if (p.done > 5'000'000 && stop.request_stop())
                                                    clock.start();
                                            }));
        QCOMPARE(codeOf(done), u"cancelled"_s);
        QVERIFY2(clock.elapsed() < 9000, QByteArray::number(clock.elapsed()).constData());
        QCOMPARE(m_test.names(), QStringList{u"target"_s});
        QCOMPARE(TestServer::contents(m_test.local(u"target"_s)), "old"_ba);
        QVERIFY(m_session->isAlive()); // there was time to leave in good order
        VERIFY_RESULT(m_session->upload(source(1000), m_test.remote("target"), {}));
    }

    void cancelWhileFrozen()
    {
        const pid_t pid = processOf(*m_session, m_test.files());
        QVERIFY(pid > 1);
        std::stop_source stop;
        bool frozen = false;
        std::optional<std::jthread> later;
        QElapsedTimer clock;
        const auto done = m_session->upload(source(60'000'000), m_test.remote("target"),
                                            onProgress(stop, [&](const Progress &) {
                                                if (std::exchange(frozen, true))
                                                    return;
                                                ::kill(pid, SIGSTOP);
                                                later.emplace([&] {
                                                    QTest::qSleep(300);
                                                    clock.start();
                                                    stop.request_stop();
                                                });
                                            }));
        QCOMPARE(codeOf(done), u"cancelled"_s);
        QVERIFY2(clock.elapsed() < 9000, QByteArray::number(clock.elapsed()).constData());
        QVERIFY(!m_session->isAlive());
        ::kill(pid, SIGKILL);
        QVERIFY(!QFile::exists(m_test.local(u"target"_s)));
    }

    void serverDies()
    {
        TestServer::write(m_test.local(u"target"_s), "old");
        const pid_t pid = processOf(*m_session, m_test.files());
        QVERIFY(pid > 1);
        std::stop_source stop;
        const auto done = m_session->upload(source(60'000'000), m_test.remote("target"),
                                            onProgress(stop, [&](const Progress &p) {
                                                if (p.done > 5'000'000)
                                                    ::kill(pid, SIGKILL);
                                            }));
        QCOMPARE(codeOf(done), u"server.connection-lost"_s);
        QVERIFY(!m_session->isAlive());
        QCOMPARE(TestServer::contents(m_test.local(u"target"_s)), "old"_ba);
    }

    // A large file goes over as many connections as are worth it.
    void connections_data()
    {
        QTest::addColumn<int>("roundTrip");
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<qsizetype>("logins");
        QTest::newRow("near") << 0 << qsizetype(40'000'000) << qsizetype(1);
        QTest::newRow("far, small") << 10 << qsizetype(3'000'000) << qsizetype(1);
        QTest::newRow("far") << 10 << qsizetype(30'000'000) << qsizetype(2);
        QTest::newRow("far, large") << 10 << qsizetype(80'000'000) << qsizetype(3);
    }
    void connections()
    {
        QFETCH(const int, roundTrip);
        QFETCH(const qsizetype, size);
        QFETCH(const qsizetype, logins);
        TestServer test;
        QVERIFY(test.start());
        const auto line = test::DelayRelay::start(test.server().port(), std::chrono::milliseconds(roundTrip));
        QVERIFY(line);
        auto session = connectBy(*line, test);
        VERIFY_RESULT(session);
        const auto loginsOfOne = [&] {
            const auto count = [&] { return TestServer::contents(test.path(u"sshd/sshd.log"_s)).count("Accepted publickey"); };
            const qsizetype before = count();
            const auto done = session->upload(source(size), test.remote("target"), {});
            const bool arrived = TestServer::contents(test.local(u"target"_s)) == TestServer::contents(source(size));
            return done && arrived ? 1 + count() - before : 0;
        };
        // On a busy machine a near server seems far at times, and a further connection comes too late.
        qsizetype found = loginsOfOne();
        for (int i = 0; i < 20 && found != logins; ++i)
            found = loginsOfOne();
        QCOMPARE(found, logins);
    }

    // The server's sum of a large file is computed while it is sent, or else afterwards.
    void sumMeanwhile_data()
    {
        QTest::addColumn<QByteArray>("dd");
        QTest::addColumn<QByteArray>("arguments"); // how many sha256sum was given, time for time
        QTest::newRow("meanwhile") << "exec /usr/bin/dd \"$@\""_ba << "0\n"_ba;
        QTest::newRow("no dd") << "exit 1"_ba << "0\n1\n"_ba;
    }
    void sumMeanwhile()
    {
        QFETCH(const QByteArray, dd);
        TestServer test;
        const QString programs = test.path(u"programs"_s);
        QVERIFY(QDir().mkpath(programs));
        TestServer::write(programs + u"/dd"_s, "#!/bin/sh\n" + dd + '\n');
        TestServer::write(programs + u"/sha256sum"_s,
                          "#!/bin/sh\necho $# >>'" + programs.toUtf8() + "/calls'\nexec /usr/bin/sha256sum \"$@\"\n");
        for (const QString &name : {u"dd"_s, u"sha256sum"_s})
            QVERIFY(QFile::setPermissions(programs + u'/' + name, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QVERIFY(test.start({}, {{u"PATH"_s, programs + u":/usr/bin:/bin"_s}}));
        auto session = test.connect();
        VERIFY_RESULT(session);
        const auto done = session->upload(source(60'000'001), test.remote("target"), {});
        VERIFY_RESULT(done);
        QCOMPARE(done->sha256, sha256(noise(60'000'001)));
        QTEST(TestServer::contents(programs + u"/calls"_s), "arguments");
    }

    // The further ones are only a help.
    void withoutSecondConnection_data()
    {
        QTest::addColumn<bool>("breaks");
        QTest::newRow("refused") << false;
        QTest::newRow("broken") << true;
    }
    void withoutSecondConnection()
    {
        QFETCH(bool, breaks);
        TestServer test;
        QVERIFY(test.start());
        const auto line = test::DelayRelay::start(test.server().port(), std::chrono::milliseconds(10));
        QVERIFY(line);
        auto session = connectBy(*line, test);
        VERIFY_RESULT(session);
        QByteArray own; // of the connection's processes, the one that sshd started
        QByteArray sshd = QByteArray::number(processOf(*session, test.files()));
        while (!sshd.isEmpty() && !processFile(sshd, u"cmdline"_s).contains("[listener]"))
            own = std::exchange(sshd, processFile(sshd, u"stat"_s).split(')').last().simplified().split(' ').value(1));
        QVERIFY(!sshd.isEmpty());
        if (!breaks) // it is asked for a key that isn't there any more
            QVERIFY(QFile::remove(test.server().connectOptions().identityFile));
        std::stop_source stop;
        bool killed = false;
        const JobContext context = onProgress(stop, [&](const Progress &p) {
            QDeadlineTimer patience(5000);
            while (breaks && !killed && p.bytes && !patience.hasExpired()) {
                const QByteArrayList others = processFile(sshd, u"task/%1/children"_s.arg(QString::fromLatin1(sshd))).simplified().split(' ');
                for (const QByteArray &pid : others)
                    killed = killed || (pid != own && ::kill(pid.toInt(), SIGKILL) == 0);
                QTest::qSleep(5);
            }
        });
        const auto done = session->upload(source(60'000'000), test.remote("target"), context);
        VERIFY_RESULT(done);
        QCOMPARE(killed, breaks);
        QVERIFY(TestServer::contents(test.local(u"target"_s)) == TestServer::contents(source(60'000'000)));
    }

    void localFileShrinks()
    {
        const QString file = m_test.path(u"shrinking"_s);
        TestServer::write(file, noise(20'000'000));
        std::stop_source stop;
        const auto done =
            m_session->upload(file, m_test.remote("target"),
                              onProgress(stop, [&](const Progress &) { QFile::resize(file, 6'000'000); }));
        QCOMPARE(codeOf(done), u"server.local-file"_s);
        QCOMPARE(m_test.names(), QStringList());
    }
};

QTEST_GUILESS_MAIN(UploadTest)
#include "tst_upload.moc"

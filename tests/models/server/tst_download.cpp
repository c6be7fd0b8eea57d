// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testserver.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QElapsedTimer>
#include <QScopeGuard>

#include <csignal>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;

class DownloadTest : public QObject
{
    Q_OBJECT

    TestServer m_test;
    std::optional<Session> m_session;

    [[nodiscard]] RemotePath source(qsizetype size) const
    {
        const QByteArray name = "source-" + QByteArray::number(size);
        if (!QFile::exists(m_test.local(QString::fromLatin1(name))))
            TestServer::write(m_test.local(QString::fromLatin1(name)), noise(size));
        return m_test.remote(name);
    }
    [[nodiscard]] QString target() const { return m_test.path(u"here/target"_s); }
    [[nodiscard]] QStringList here() const
    {
        return QDir(m_test.path(u"here"_s)).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

private slots:
    void initTestCase() { QVERIFY(m_test.start()); }
    void init()
    {
        std::filesystem::remove_all(m_test.path(u"here"_s).toStdString());
        QVERIFY(QDir().mkpath(m_test.path(u"here"_s)));
        if (m_session && m_session->isAlive())
            return;
        auto session = m_test.connect();
        VERIFY_RESULT(session);
        m_session.emplace(std::move(*session));
    }

    void sizes_data()
    {
        QTest::addColumn<qsizetype>("size");
        for (const qsizetype size : {0, 1, 32768, 261119, 261120, 261121, 16 * 261120, 17 * 261120 + 5, 30'000'000})
            QTest::addRow("%lld", qlonglong(size)) << size;
    }
    void sizes()
    {
        QFETCH(qsizetype, size);
        qint64 last = 0;
        bool grows = true;
        std::stop_source stop;
        const auto done = m_session->download(source(size), target(), onProgress(stop, [&](const Progress &p) {
                                                  if (!p.bytes)
                                                      return;
                                                  grows = grows && p.done > last && p.total == size;
                                                  last = p.done;
                                              }));
        VERIFY_RESULT(done);
        QCOMPARE(done->bytes, size);
        QVERIFY(done->milliseconds > 0 && done->checked && grows);
        QCOMPARE(last, size);
        QVERIFY(TestServer::contents(target()) == noise(size));
        QCOMPARE(done->sha256, QCryptographicHash::hash(noise(size), QCryptographicHash::Sha256).toHex());
        QCOMPARE(here(), QStringList{u"target"_s});
    }

    void rightsAndTime()
    {
        const QByteArray file = source(1000).bytes();
        QCOMPARE(::chmod(file.constData(), 06751), 0);
        const QDateTime time = QDateTime::fromSecsSinceEpoch(1'000'000'000);
        const timespec times[] = {{1, 0}, {time.toSecsSinceEpoch(), 0}};
        QCOMPARE(::utimensat(AT_FDCWD, file.constData(), times, 0), 0);
        VERIFY_RESULT(m_session->download(source(1000), target(), {}));
        QCOMPARE(QFileInfo(target()).lastModified(), time);
        struct stat info{};
        QCOMPARE(::stat(QFile::encodeName(target()).constData(), &info), 0);
        QCOMPARE(info.st_mode & 07777U, 0751U); // nobody gets another user's rights by it
    }

    void servers_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<bool>("checked");
        QTest::newRow("without limits") << "Subsystem sftp internal-sftp -P limits\n"_ba << true;
        QTest::newRow("one channel a connection") << "MaxSessions 1\n"_ba << true; // the sum has one of its own
        QTest::newRow("without sha256sum") << "SetEnv PATH=/nonexistent\n"_ba << false;
        QTest::newRow("without a shell") << "ForceCommand internal-sftp\n"_ba << false;
    }
    void servers()
    {
        QFETCH(QByteArray, config);
        TestServer test;
        QVERIFY(test.start(config));
        TestServer::write(test.local(u"file"_s), noise(9'000'000));
        TestServer::write(target(), "old");
        auto session = test.connect();
        VERIFY_RESULT(session);
        const auto done = session->download(test.remote("file"), target(), {});
        VERIFY_RESULT(done);
        QTEST(done->checked, "checked");
        QVERIFY(TestServer::contents(target()) == noise(9'000'000));
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("code");
        QTest::newRow("no such file") << "none"_ba << target() << u"server.file-missing"_s;
        QTest::newRow("a folder") << "folder"_ba << target() << u"server.not-a-file"_s;
        QTest::newRow("no folder here") << "source-1000"_ba << m_test.path(u"none/target"_s) << u"server.local-file"_s;
        QTest::newRow("onto a folder") << "source-1000"_ba << m_test.path(u"here"_s) << u"server.local-file"_s;
    }
    void refused()
    {
        QFETCH(QByteArray, source);
        QFETCH(QString, target);
        QVERIFY(QDir(m_test.local()).mkpath(u"folder"_s));
        (void)this->source(1000);
        const auto done = m_session->download(m_test.remote(source), target, {});
        QTEST(codeOf(done), "code");
        QVERIFY(!done.error().hint.isEmpty());
        QCOMPARE(here(), QStringList());
        QVERIFY(m_session->isAlive());
    }

    void shrinks()
    {
        TestServer::write(m_test.local(u"shrinking"_s), noise(60'000'000));
        TestServer::write(target(), "old");
        std::stop_source stop;
        const auto done = m_session->download(m_test.remote("shrinking"), target(), onProgress(stop, [&](const Progress &) {
                                                  QFile::resize(m_test.local(u"shrinking"_s), 1'000'000);
                                              }));
        QCOMPARE(codeOf(done), u"server.file-changed"_s);
        QCOMPARE(TestServer::contents(target()), "old"_ba);
        QCOMPARE(here(), QStringList{u"target"_s});
        QVERIFY(m_session->isAlive());
    }

    void changes()
    {
        TestServer::write(m_test.local(u"changing"_s), noise(60'000'000));
        std::stop_source stop;
        const auto done = m_session->download(m_test.remote("changing"), target(), onProgress(stop, [&](const Progress &) {
                                                  QFile file(m_test.local(u"changing"_s));
                                                  QVERIFY(file.open(QIODevice::ReadWrite) && file.write("other") == 5);
                                              }));
        QCOMPARE(codeOf(done), u"server.checksum"_s);
        QCOMPARE(here(), QStringList());
    }

    void diskFull()
    {
        const QByteArray place = QFile::encodeName(m_test.path(u"small"_s));
        QVERIFY(QDir().mkpath(m_test.path(u"small"_s)));
        if (::mount("tmpfs", place.constData(), "tmpfs", 0, "size=20m") != 0)
            QSKIP("a small disk needs the right to mount");
        const auto unmount = qScopeGuard([&] { ::umount2(place.constData(), MNT_DETACH); });
        const auto done = m_session->download(source(30'000'000), m_test.path(u"small/target"_s), {});
        QCOMPARE(codeOf(done), u"server.local-file"_s);
        QVERIFY2(done.error().message.contains(u"full"_s), qPrintable(done.error().message));
        std::stop_source stop; // somebody else takes the room meanwhile
        bool filled = false;
        const auto late = m_session->download(source(15'000'000), m_test.path(u"small/target"_s),
                                              onProgress(stop, [&](const Progress &) {
                                                  if (!std::exchange(filled, true))
                                                      TestServer::write(m_test.path(u"small/other"_s), noise(8'000'000));
                                              }));
        QCOMPARE(codeOf(late), u"server.local-file"_s);
        QFile::remove(m_test.path(u"small/other"_s));
        QVERIFY(QDir(m_test.path(u"small"_s)).entryList(QDir::Files | QDir::Hidden).isEmpty());
        QVERIFY(m_session->isAlive());
    }

    void cancel()
    {
        TestServer::write(target(), "old");
        std::stop_source stop;
        QElapsedTimer clock;
        const auto done = m_session->download(source(60'000'000), target(), onProgress(stop, [&](const Progress &p) {
                                                  if (p.done > 5'000'000 && stop.request_stop())
                                                      clock.start();
                                              }));
        QCOMPARE(codeOf(done), u"cancelled"_s);
        QVERIFY2(clock.elapsed() < 9000, QByteArray::number(clock.elapsed()).constData());
        QCOMPARE(here(), QStringList{u"target"_s});
        QCOMPARE(TestServer::contents(target()), "old"_ba);
        QVERIFY(m_session->isAlive());
        VERIFY_RESULT(m_session->download(source(1000), target(), {}));
    }

    void serverDies()
    {
        TestServer::write(target(), "old");
        const pid_t pid = processOf(*m_session, m_test.files());
        QVERIFY(pid > 1);
        std::stop_source stop;
        const auto done = m_session->download(source(60'000'000), target(), onProgress(stop, [&](const Progress &p) {
                                                  if (p.done > 5'000'000)
                                                      ::kill(pid, SIGKILL);
                                              }));
        QCOMPARE(codeOf(done), u"server.connection-lost"_s);
        QCOMPARE(TestServer::contents(target()), "old"_ba);
        QCOMPARE(here(), QStringList{u"target"_s});
    }
};

QTEST_GUILESS_MAIN(DownloadTest)
#include "tst_download.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/remotetext.h"
#include "tests/support/testserver.h"

#include <csignal>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using namespace handover::transfer;

class RemoteTextTest : public QObject
{
    Q_OBJECT

    TestServer m_test;
    std::optional<Session> m_session;

    [[nodiscard]] QString file() const { return m_test.local(u"sys.config"_s); }
    [[nodiscard]] RemotePath path() const { return m_test.remote("sys.config"); }
    [[nodiscard]] struct stat facts() const
    {
        struct stat info{};
        ::stat(path().bytes().constData(), &info);
        return info;
    }

private slots:
    void initTestCase() { QVERIFY(m_test.start()); }
    void init()
    {
        std::filesystem::remove_all(m_test.local().toStdString());
        QVERIFY(QDir().mkpath(m_test.local()));
        TestServer::write(file(), "[{app, []}].\n");
        if (m_session && m_session->isAlive())
            return;
        auto session = m_test.connect();
        VERIFY_RESULT(session);
        m_session.emplace(std::move(*session));
    }

    void savedWithItsMode()
    {
        QCOMPARE(::chmod(path().bytes().constData(), 0640), 0);
        const auto opened = readText(*m_session, path(), {});
        VERIFY_RESULT(opened);
        QCOMPARE(opened->text, "[{app, []}].\n"_ba);
        const auto saved = saveText(*m_session, *opened, "[].\n", false, {});
        VERIFY_RESULT(saved);
        QCOMPARE(TestServer::contents(file()), "[].\n"_ba);
        QCOMPARE(facts().st_mode & 07777U, 0640U);
        QCOMPARE(m_test.names(), QStringList{u"sys.config"_s}); // nothing temporary is left
        VERIFY_RESULT(saveText(*m_session, *saved, "[again].\n", false, {}));
        QCOMPARE(TestServer::contents(file()), "[again].\n"_ba);
        VERIFY_RESULT(saveText(*m_session, *saved, "", true, {}));
        QCOMPARE(TestServer::contents(file()), ""_ba);
    }

    void changedMeanwhile()
    {
        const auto opened = readText(*m_session, path(), {});
        VERIFY_RESULT(opened);
        TestServer::write(file(), "[{app, {}}].\n"); // as long, and maybe in the same second
        QCOMPARE(codeOf(saveText(*m_session, *opened, "[].\n", false, {})), u"text.changed"_s);
        QCOMPARE(TestServer::contents(file()), "[{app, {}}].\n"_ba);
        VERIFY_RESULT(saveText(*m_session, *opened, "[].\n", true, {}));
        QCOMPARE(TestServer::contents(file()), "[].\n"_ba);
        QVERIFY(QFile::remove(file()));
        QCOMPARE(codeOf(saveText(*m_session, *opened, "[].\n", false, {})), u"text.changed"_s);
        VERIFY_RESULT(saveText(*m_session, *opened, "[].\n", true, {}));
        QCOMPARE(m_test.names(), QStringList{u"sys.config"_s});
    }

    void linksStay()
    {
        QCOMPARE(::symlink("sys.config", m_test.remote("link").bytes().constData()), 0);
        const auto opened = readText(*m_session, m_test.remote("link"), {});
        VERIFY_RESULT(opened);
        QCOMPARE(opened->path, path());
        VERIFY_RESULT(saveText(*m_session, *opened, "[].\n", false, {}));
        QVERIFY(QFileInfo(m_test.local(u"link"_s)).isSymLink());
        QCOMPARE(TestServer::contents(file()), "[].\n"_ba);
    }

    void ownerIsKept()
    {
        if (::geteuid() != 0)
            QSKIP("only root gives files away");
        QCOMPARE(::chown(path().bytes().constData(), 12345, 54321), 0);
        QCOMPARE(::chmod(path().bytes().constData(), 04755), 0);
        const auto opened = readText(*m_session, path(), {});
        VERIFY_RESULT(opened);
        VERIFY_RESULT(saveText(*m_session, *opened, "[].\n", false, {}));
        QCOMPARE(facts().st_uid, 12345U);
        QCOMPARE(facts().st_gid, 54321U);
        QCOMPARE(facts().st_mode & 07777U, 04755U);
    }

    // A server on which an owner can't be set is one of another user, as far as this can tell.
    void ownerThatCannotBeKept()
    {
        if (::geteuid() != 0)
            QSKIP("only root gives files away");
        TestServer other;
        QVERIFY(other.start("Subsystem sftp internal-sftp -P setstat,fsetstat\n"));
        auto session = other.connect();
        VERIFY_RESULT(session);
        TestServer::write(other.local(u"sys.config"_s), "old");
        QCOMPARE(::chown(other.remote("sys.config").bytes().constData(), 12345, 54321), 0);
        const auto opened = readText(*session, other.remote("sys.config"), {});
        VERIFY_RESULT(opened);
        const auto refused = saveText(*session, *opened, "new", false, {});
        QCOMPARE(codeOf(refused), u"text.owner"_s);
        QVERIFY2(refused.error().words().contains(u"12345:54321"), qPrintable(refused.error().words()));
        QCOMPARE(TestServer::contents(other.local(u"sys.config"_s)), "old"_ba);
        QCOMPARE(other.names(), QStringList{u"sys.config"_s});
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("contents");
        QTest::addColumn<QString>("code");
        QTest::newRow("binary") << "a\0b"_ba.append('\0') << u"text.not-text"_s;
        QTest::newRow("Latin 1") << "f\xfcr"_ba << u"text.not-text"_s;
        QTest::newRow("large") << QByteArray(MaximumText + 1, 'a') << u"server.file-too-large"_s;
        QTest::newRow("just not too large") << QByteArray(MaximumText, 'a') << QString();
        QTest::newRow("empty") << ""_ba << QString();
        QTest::newRow("UTF-8") << "für"_ba << QString();
    }
    void refused()
    {
        QFETCH(QByteArray, contents);
        TestServer::write(file(), contents);
        QTEST(codeOf(readText(*m_session, path(), {})), "code");
        TestServer::write(file(), "old");
        const auto opened = readText(*m_session, path(), {});
        QTEST(codeOf(saveText(*m_session, *opened, contents, false, {})), "code");
    }

    void notFiles()
    {
        QCOMPARE(codeOf(readText(*m_session, m_test.files(), {})), u"server.not-a-file"_s);
        QVERIFY(codeOf(readText(*m_session, m_test.remote("none"), {})).startsWith(u"server."));
        QCOMPARE(codeOf(readText(*m_session, *RemotePath::parse("/dev/zero"), {})), u"server.not-a-file"_s);
    }

    void lostConnectionLeavesTheOldFile()
    {
        auto session = m_test.connect();
        VERIFY_RESULT(session);
        const auto opened = readText(*session, path(), {});
        VERIFY_RESULT(opened);
        const pid_t process = processOf(*session, m_test.files());
        QVERIFY(process > 0);
        QCOMPARE(::kill(process, SIGKILL), 0);
        QVERIFY(!saveText(*session, *opened, "[].\n", false, {}).has_value());
        QCOMPARE(TestServer::contents(file()), "[{app, []}].\n"_ba);
        VERIFY_RESULT(saveText(*m_session, *opened, "[].\n", false, {}));
    }
};

QTEST_GUILESS_MAIN(RemoteTextTest)
#include "tst_remotetext.moc"

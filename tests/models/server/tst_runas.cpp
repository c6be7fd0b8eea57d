// SPDX-License-Identifier: GPL-3.0-or-later
// A release that belongs to another user than the one who logs in: a real sshd, a real sudo, real accounts.
#include "tests/support/accounts.h"

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;

namespace {

Accounts accounts;
QString whyNoAccounts;

struct stat statOf(const RemotePath &path)
{
    struct stat result{};
    ::lstat(path.bytes().constData(), &result);
    return result;
}

} // namespace

class RunAsTest : public QObject
{
    Q_OBJECT

    TestServer m_test;
    std::optional<RemotePath> m_folder; // the owner's

    [[nodiscard]] Result<Session> connect(const QString &user, const QString &runAs, const JobContext &context = {})
    {
        Address address = m_test.server().address(*m_folder);
        address.user = user;
        return Session::connect(address, Accounts::options(m_test, runAs), context);
    }
    [[nodiscard]] RemotePath in(QByteArrayView name) const { return *m_folder->child(name); }
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_folder->text()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    [[nodiscard]] static QStringList stagingFolders()
    {
        QStringList found;
        for (const QString &place : {accounts.home(u"login"_s), u"/var/tmp"_s, u"/tmp"_s})
            found += QDir(place).entryList({u".handover-staging-*"_s}, QDir::AllEntries | QDir::Hidden);
        return found;
    }

private slots:
    void initTestCase()
    {
        if (!whyNoAccounts.isEmpty())
            QSKIP(qPrintable(whyNoAccounts));
        QVERIFY(m_test.start(Accounts::config()));
        m_folder = accounts.ownFolder(u"release"_s, Accounts::Owner);
    }
    void cleanup() { QCOMPARE(stagingFolders(), QStringList()); }

    void runsPrograms()
    {
        auto session = connect(u"login"_s, {});
        VERIFY_RESULT(session);
        QCOMPARE(session->login(), u"the password"_s);
        QVERIFY(session->hostKey().startsWith("SHA256:"));
        QCOMPARE(session->exec(*RemotePath::parse("/tmp"), {"id", "-un"}, {})->output, "login\n"_ba);
        QVERIFY(session->exec(*m_folder, {"pwd"}, {})->exitStatus != 0);
        session->actAs(u"owner"_s);
        const QByteArray binary = noise(100'000);
        const auto said = session->exec(*m_folder, {"sh", "-c", "id -un; pwd; echo \"$HOME\"; printf '<%s>' \"$@\"", "sh", "a b'",
                                                    "$(id)", "", "-n"}, {});
        VERIFY_RESULT(said);
        QCOMPARE(said->output, "owner\n" + m_folder->bytes() + '\n' + accounts.home(u"owner"_s).toLocal8Bit() +
                                   "\n<a b'><$(id)><><-n>");
        QCOMPARE(session->exec(*m_folder, {"cat"}, {}, binary)->output, binary);
        QCOMPARE(session->exec(*m_folder, {"sh", "-c", "exit 3"}, {})->exitStatus, 3);
        session->actAs({});
        QCOMPARE(session->exec(*RemotePath::parse("/tmp"), {"id", "-un"}, {})->output, "login\n"_ba);
    }

    void looksAtFiles()
    {
        auto session = connect(u"login"_s, {});
        VERIFY_RESULT(session);
        const QByteArray contents = noise(300'000);
        TestServer::write(in("some").text(), contents);
        QVERIFY(QDir(m_folder->text()).mkpath(u"dir/-n $(touch pwned)"_s));
        TestServer::write(in("dir/b\n'\"").text(), {});
        TestServer::write(in("dir/.hidden").text(), {});
        QCOMPARE(codeOf(session->readFile(in("some"), {})), u"server.permission"_s);
        QCOMPARE(codeOf(session->list(in("dir"), {})), u"server.permission"_s);
        session->actAs(u"owner"_s);
        // The file itself is root's and may be read by all; the way to it is the owner's.
        QCOMPARE(*session->readFile(in("some"), {}), contents);
        QCOMPARE(*session->readFile(in("some"), {}, 300'000), contents);
        QCOMPARE(codeOf(session->readFile(in("some"), {}, 299'999)), u"server.file-too-large"_s);
        QCOMPARE(codeOf(session->readFile(in("none"), {})), u"server.file-missing"_s);
        QCOMPARE(codeOf(session->readFile(*RemotePath::parse("/etc/shadow"), {})), u"server.permission"_s);
        QCOMPARE(*session->list(in("dir"), {}), (QList<QByteArray>{"-n $(touch pwned)", ".hidden", "b\n'\""}));
        QCOMPARE(codeOf(session->list(in("none"), {})), u"server.file-missing"_s);
        QVERIFY(*session->exists(in("dir"), {}));
        QVERIFY(!*session->exists(in("none"), {}));
        QCOMPARE(session->sha256(in("some"), {})->size(), 64);
        QVERIFY(session->sha256(in("none"), {})->isEmpty());
        VERIFY_RESULT(session->removeFile(in("some"), {}));
        QVERIFY(!QFile::exists(in("some").text()));
        QVERIFY(QDir(in("dir").text()).removeRecursively());
    }

    void uploads_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<qsizetype>("size");
        QTest::newRow("small") << "small.tar.gz"_ba << qsizetype(10);
        QTest::newRow("empty") << "empty"_ba << qsizetype(0);
        QTest::newRow("large") << "large"_ba << qsizetype(12'000'000);
        QTest::newRow("signs") << "-a b'\"$(touch pwned)\n"_ba << qsizetype(1000);
        QTest::newRow("long name") << QByteArray(250, 'x') << qsizetype(1000);
    }
    void uploads()
    {
        QFETCH(QByteArray, name);
        QFETCH(qsizetype, size);
        auto session = connect(u"login"_s, u"owner"_s);
        VERIFY_RESULT(session);
        TestServer::write(m_test.path(u"local"_s), noise(size));
        TestServer::write(in(name).text(), "before");
        const auto sent = session->upload(m_test.path(u"local"_s), in(name), {});
        VERIFY_RESULT(sent);
        QCOMPARE(sent->bytes, qint64(size));
        QCOMPARE(TestServer::contents(in(name).text()), noise(size));
        QCOMPARE(sent->sha256, *session->sha256(in(name), {}));
        QCOMPARE(statOf(in(name)).st_uid, Accounts::Owner);
        QCOMPARE(statOf(in(name)).st_mode & 0777U, 0644U);
        QCOMPARE(names().size(), 1);
        QVERIFY(session->removeFile(in(name), {}));
        QCOMPARE(session->exec(*RemotePath::parse("/tmp"), {"id", "-un"}, {})->output, "owner\n"_ba); // still
    }

    void refusedUploads_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QString>("code");
        QTest::newRow("not the owner's") << "/etc/handover-test"_ba << u"server.permission"_s;
        QTest::newRow("no such folder") << m_folder->bytes() + "/none/x" << u"server.file-missing"_s;
        QTest::newRow("a folder") << m_folder->bytes() + "/folder" << u"server.staging"_s;
    }
    void refusedUploads()
    {
        QFETCH(QByteArray, target);
        auto session = connect(u"login"_s, u"owner"_s);
        VERIFY_RESULT(session);
        QVERIFY(QDir(m_folder->text()).mkpath(u"folder"_s));
        TestServer::write(m_test.path(u"local"_s), noise(1000));
        const auto sent = session->upload(m_test.path(u"local"_s), *RemotePath::parse(target), {});
        QTEST(codeOf(sent), "code");
        QVERIFY(!sent.error().hint.isEmpty());
        QCOMPARE(names(), QStringList{u"folder"_s});
        QVERIFY(session->isAlive());
        QVERIFY(QDir(m_folder->text()).rmdir(u"folder"_s));
    }

    void keepsWhatIsThere()
    {
        auto session = connect(u"login"_s, u"owner"_s);
        VERIFY_RESULT(session);
        TestServer::write(m_test.path(u"local"_s), "new");
        TestServer::write(in("file").text(), "before");
        Resumption resumption{Part{newPartName("file")}, {}, false};
        QCOMPARE(codeOf(session->upload(m_test.path(u"local"_s), in("file"), resumption, {})), u"server.target-exists"_s);
        QCOMPARE(TestServer::contents(in("file").text()), "before"_ba);
        resumption.replaces = true;
        VERIFY_RESULT(session->upload(m_test.path(u"local"_s), in("file"), resumption, {}));
        QCOMPARE(TestServer::contents(in("file").text()), "new"_ba);
        QVERIFY(session->removeFile(in("file"), {}));
    }

    void cancelledUpload()
    {
        auto session = connect(u"login"_s, u"owner"_s);
        VERIFY_RESULT(session);
        TestServer::write(m_test.path(u"local"_s), noise(30'000'000));
        std::stop_source stop;
        const JobContext context = onProgress(stop, [&](const Progress &progress) {
            if (progress.what.startsWith(u"Copying")) // the second leg
                stop.request_stop();
        });
        QCOMPARE(codeOf(session->upload(m_test.path(u"local"_s), in("x"), context)), u"cancelled"_s);
        QCOMPARE(names(), QStringList());
    }

    void sudoRefuses_data()
    {
        QTest::addColumn<QString>("login");
        QTest::addColumn<QString>("runAs");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("hint");
        QTest::newRow("password") << u"locked"_s << u"owner"_s << u"server.sudo-password"_s
                                  << u"locked ALL=(owner) NOPASSWD: ALL"_s;
        QTest::newRow("not that one") << u"login"_s << u"root"_s << u"server.sudo-password"_s << u"login ALL=(root) NOPASSWD"_s;
        QTest::newRow("unknown") << u"login"_s << u"nobody-of-that-name"_s << u"server.sudo-user"_s << u"Correct"_s;
        QTest::newRow("no name") << u"login"_s << u"-u root"_s << u"server.sudo-user"_s << u"letters"_s;
    }
    void sudoRefuses()
    {
        QFETCH(QString, login);
        QFETCH(QString, runAs);
        QFETCH(QString, hint);
        auto session = connect(login, runAs);
        VERIFY_RESULT(session);
        const auto said = session->exec(*RemotePath::parse("/tmp"), {"id"}, {});
        QTEST(codeOf(said), "code");
        QVERIFY2(said.error().hint.contains(hint), wordsOf(said).constData());
        TestServer::write(m_test.path(u"local"_s), "x");
        QTEST(codeOf(session->upload(m_test.path(u"local"_s), in("x"), {})), "code");
        QTEST(codeOf(session->readFile(in("x"), {})), "code");
    }

    void passwords()
    {
        ConnectOptions options = Accounts::options(m_test);
        Address address = m_test.server().address(*m_folder);
        address.user = u"login"_s;
        options.password.clear();
        QCOMPARE(codeOf(Session::connect(address, options, {})), u"server.password-needed"_s);
        options.password = u"wrong"_s;
        QCOMPARE(codeOf(Session::connect(address, options, {})), u"server.authentication"_s);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    whyNoAccounts = accounts.make();
    RunAsTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_runas.moc"

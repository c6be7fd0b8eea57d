// SPDX-License-Identifier: GPL-3.0-or-later
// A release that belongs to another user than the one who logs in: a real sshd, a real sudo, real accounts.
#include "tests/support/accounts.h"

#include <sys/mount.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;

namespace {

Accounts accounts;
QString whyNoAccounts;

// The machine's own; sshd has another one built in.
constexpr const char *SftpServer = "/usr/lib/openssh/sftp-server";

class WithoutSftpServer
{
public:
    explicit WithoutSftpServer(bool hide)
        : m_hidden(hide && ::mount("/dev/null", SftpServer, nullptr, MS_BIND, nullptr) == 0)
    {
    }
    ~WithoutSftpServer()
    {
        if (m_hidden)
            ::umount2(SftpServer, MNT_DETACH);
    }
    Q_DISABLE_COPY_MOVE(WithoutSftpServer)
    [[nodiscard]] bool isHidden() const { return m_hidden; }

private:
    bool m_hidden;
};

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

    void looksAtFiles_data()
    {
        QTest::addColumn<bool>("staged");
        QTest::newRow("by SFTP") << false;
        QTest::newRow("by programs") << true;
    }
    void looksAtFiles()
    {
        QFETCH(bool, staged);
        const WithoutSftpServer without(staged);
        QCOMPARE(without.isHidden(), staged);
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
        QTest::addColumn<bool>("staged");
        for (const bool staged : {false, true}) {
            const auto row = [&](const char *tag, const QByteArray &name, qsizetype size) {
                QTest::addRow("%s, %s", tag, staged ? "staged" : "by SFTP") << name << size << staged;
            };
            row("small", "small.tar.gz", 10);
            row("empty", "empty", 0);
            row("large", "large", 12'000'000);
            row("signs", "-a b'\"$(touch pwned)\n", 1000);
            row("long name", QByteArray(250, 'x'), 1000);
        }
    }
    void uploads()
    {
        QFETCH(QByteArray, name);
        QFETCH(qsizetype, size);
        QFETCH(bool, staged);
        const WithoutSftpServer without(staged);
        QCOMPARE(without.isHidden(), staged);
        auto session = connect(u"login"_s, u"owner"_s);
        VERIFY_RESULT(session);
        TestServer::write(m_test.path(u"local"_s), noise(size));
        TestServer::write(in(name).text(), "before");
        ::chown(in(name).bytes().constData(), Accounts::Owner, Accounts::Owner);
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

    // What the two panes do, in a folder that who logged in can't even enter.
    void changesFiles()
    {
        auto session = connect(u"login"_s, u"owner"_s);
        VERIFY_RESULT(session);
        QCOMPARE(session->home({})->text(), accounts.home(u"owner"_s));
        VERIFY_RESULT(session->makeDirectory(in("sub"), {}));
        QCOMPARE(statOf(in("sub")).st_uid, Accounts::Owner);
        const QByteArray contents = noise(9'000'000); // enough for a second connection and the sum ahead
        TestServer::write(m_test.path(u"local"_s), contents);
        VERIFY_RESULT(session->upload(m_test.path(u"local"_s), in("sub/a"), {}));
        VERIFY_RESULT(session->setMode(in("sub/a"), 0600, {}));
        VERIFY_RESULT(session->rename(in("sub/a"), in("sub/b"), {}));
        const auto entries = session->entries(in("sub"), {});
        VERIFY_RESULT(entries);
        QCOMPARE(entries->size(), 1);
        QCOMPARE(entries->first().name, "b"_ba);
        QCOMPARE(entries->first().uid, Accounts::Owner);
        const auto fetched = session->download(in("sub/b"), m_test.path(u"fetched"_s), {});
        VERIFY_RESULT(fetched);
        QVERIFY(TestServer::contents(m_test.path(u"fetched"_s)) == contents);
        QCOMPARE(fetched->sha256.size(), 64);
        session->actAs({});
        QVERIFY(session->sha256(in("sub/b"), {})->isEmpty()); // before anything opens SFTP anew
        QCOMPARE(codeOf(session->entries(in("sub"), {})), u"server.permission"_s);
        session->actAs(u"owner"_s);
        VERIFY_RESULT(session->removeFile(in("sub/b"), {}));
        QVERIFY(QDir(m_folder->text()).rmdir(u"sub"_s));
    }

    void goesOnWithAnUpload()
    {
        TestServer::write(m_test.path(u"local"_s), noise(30'000'000));
        Resumption resumption{Part{newPartName("x")}, {}, true};
        resumption.keep = [&](const Part &part) { resumption.part = part; };
        {
            auto session = connect(u"login"_s, u"owner"_s);
            VERIFY_RESULT(session);
            std::stop_source stop;
            const JobContext context = onProgress(stop, [&](const Progress &progress) {
                if (progress.done > 10'000'000)
                    stop.request_stop();
            });
            QCOMPARE(codeOf(session->upload(m_test.path(u"local"_s), in("x"), resumption, context)), u"cancelled"_s);
        }
        QVERIFY(resumption.part.arrived.bytes() > 0);
        auto session = connect(u"login"_s, u"owner"_s);
        VERIFY_RESULT(session);
        qint64 first = -1;
        std::stop_source stop;
        const auto sent = session->upload(m_test.path(u"local"_s), in("x"), resumption, onProgress(stop, [&](const Progress &progress) {
            if (first < 0 && progress.what.startsWith(u"Uploading"))
                first = progress.done;
        }));
        VERIFY_RESULT(sent);
        QVERIFY2(first > 0, QByteArray::number(first).constData());
        QVERIFY(TestServer::contents(in("x").text()) == noise(30'000'000));
        QCOMPARE(names(), QStringList{u"x"_s});
        VERIFY_RESULT(session->removeFile(in("x"), {}));
    }

    void refusedUploads_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<bool>("staged");
        QTest::addColumn<QString>("code");
        for (const bool staged : {false, true}) {
            const auto row = [&](const char *tag, const QByteArray &target, const QString &code) {
                QTest::addRow("%s, %s", tag, staged ? "staged" : "by SFTP") << target << staged << code;
            };
            row("not the owner's", "/etc/handover-test", u"server.permission"_s);
            row("no such folder", m_folder->bytes() + "/none/x", u"server.file-missing"_s);
            row("a folder", m_folder->bytes() + "/folder", staged ? u"server.staging"_s : u"server.sftp"_s);
        }
    }
    void refusedUploads()
    {
        QFETCH(QByteArray, target);
        QFETCH(bool, staged);
        const WithoutSftpServer without(staged);
        QCOMPARE(without.isHidden(), staged);
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

    void keepsWhatIsThere_data() { looksAtFiles_data(); }
    void keepsWhatIsThere()
    {
        QFETCH(bool, staged);
        const WithoutSftpServer without(staged);
        QCOMPARE(without.isHidden(), staged);
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

    void cancelledCopy()
    {
        const WithoutSftpServer without(true);
        QVERIFY(without.isHidden());
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

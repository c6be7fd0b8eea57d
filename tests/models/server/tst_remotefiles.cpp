// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/removal.h"
#include "tests/support/testserver.h"

#include <QElapsedTimer>

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;

class RemoteFilesTest : public QObject
{
    Q_OBJECT

    TestServer m_test;
    std::optional<Session> m_session;

    [[nodiscard]] QByteArray path(QByteArrayView name) const { return m_test.remote(name).bytes(); }
    [[nodiscard]] RemoteEntry entry(QByteArrayView name)
    {
        const auto entries = m_session->entries(m_test.files(), {});
        for (const RemoteEntry &entry : entries ? *entries : QList<RemoteEntry>()) {
            if (entry.name == name)
                return entry;
        }
        return {};
    }
    void put(QByteArrayView name, const QByteArray &contents = "x") const
    {
        const int file = ::open(path(name).constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        QVERIFY(file >= 0);
        QCOMPARE(::write(file, contents.constData(), static_cast<size_t>(contents.size())), contents.size());
        ::close(file);
    }
    [[nodiscard]] bool isThere(QByteArrayView name) const
    {
        struct stat info{};
        return ::lstat(path(name).constData(), &info) == 0;
    }

private slots:
    void initTestCase() { QVERIFY(m_test.start()); }
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

    void names_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("allowed");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << "sys.config"_ba << true << u"sys.config"_s;
        QTest::newRow("hidden") << "...x"_ba << true << u"...x"_s;
        QTest::newRow("umlaut") << QByteArray("f\xc3\xbcr") << true << u"für"_s;
        QTest::newRow("beyond the first plane") << QByteArray("\xf0\x9f\x93\xa6") << true << u"📦"_s;
        QTest::newRow("no UTF-8") << QByteArray("f\xfcr") << true << u"f\\xfcr"_s;
        QTest::newRow("cut UTF-8") << QByteArray("f\xc3") << true << u"f\\xc3"_s;
        QTest::newRow("line end") << "a\nb"_ba << true << u"a\\nb"_s;
        QTest::newRow("escape") << QByteArray("a\x1b[31mb") << true << u"a\\x1b[31mb"_s;
        QTest::newRow("backslash") << "a\\nb"_ba << true << u"a\\\\nb"_s;
        QTest::newRow("turned around") << QByteArray("a\xe2\x80\xae" "exe.txt") << true << u"a\\u{202e}exe.txt"_s;
        QTest::newRow("no break") << QByteArray("a\xe2\x80\xa8" "b") << true << u"a\\u{2028}b"_s;
        QTest::newRow("empty") << ""_ba << false << QString();
        QTest::newRow("here") << "."_ba << false << u"."_s;
        QTest::newRow("up") << ".."_ba << false << u".."_s;
        QTest::newRow("elsewhere") << "../../etc/passwd"_ba << false << u"../../etc/passwd"_s;
        QTest::newRow("slash") << "a/b"_ba << false << u"a/b"_s;
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << false << u"a\\x00b"_s;
    }
    void names()
    {
        QFETCH(QByteArray, name);
        QTEST(isEntryName(name), "allowed");
        QTEST(shownName(name), "shown");
    }

    void permissions_data()
    {
        QTest::addColumn<quint32>("mode");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << 0U << u"---------"_s;
        QTest::newRow("usual") << 0754U << u"rwxr-xr--"_s;
        QTest::newRow("special") << 07777U << u"rwsrwsrwt"_s;
        QTest::newRow("special, not executable") << 07666U << u"rwSrwSrwT"_s;
    }
    void permissions()
    {
        QFETCH(quint32, mode);
        QTEST(permissionsText(mode), "text");
    }

    void paths()
    {
        const RemotePath root = RemotePath::root();
        QVERIFY(root.isRoot() && root.parent().isRoot() && root.fileName().isEmpty());
        const auto child = root.child("srv");
        VERIFY_RESULT(child);
        QCOMPARE(child->bytes(), "/srv"_ba);
        QVERIFY(!child->isRoot() && child->parent() == root);
        QCOMPARE(m_test.remote("a").parent(), m_test.files());
    }

    void listing()
    {
        put("file", "12345");
        QCOMPARE(::chmod(path("file").constData(), 02640), 0);
        const timespec times[] = {{1, 0}, {1'000'000'000, 0}};
        QCOMPARE(::utimensat(AT_FDCWD, path("file").constData(), times, 0), 0);
        QCOMPARE(::mkdir(path(".directory").constData(), 0711), 0);
        QCOMPARE(::mkfifo(path("pipe").constData(), 0600), 0);
        QCOMPARE(::symlink(".directory", path("to directory").constData()), 0);
        QCOMPARE(::symlink("file", path("to file").constData()), 0);
        QCOMPARE(::symlink("\xff\n", path("to nowhere").constData()), 0);

        const auto entries = m_session->entries(m_test.files(), {});
        VERIFY_RESULT(entries);
        QByteArrayList names;
        for (const RemoteEntry &entry : *entries)
            names += entry.name;
        QCOMPARE(names, (QByteArrayList{".directory", "file", "pipe", "to directory", "to file", "to nowhere"}));
        const RemoteEntry &file = entries->at(1);
        QCOMPARE(file.type, RemoteEntry::Type::File);
        QCOMPARE(file.size, 5);
        QCOMPARE(file.modified, 1'000'000'000);
        QCOMPARE(file.mode, 02640U);
        QCOMPARE(file.uid, ::getuid());
        QCOMPARE(file.owner, QString::fromUtf8(::getpwuid(::getuid())->pw_name));
        QVERIFY(!file.leadsToDirectory && !file.isHidden());
        QVERIFY(entries->at(0).leadsToDirectory && entries->at(0).isHidden());
        QCOMPARE(entries->at(2).type, RemoteEntry::Type::Other);
        QCOMPARE(entries->at(3).type, RemoteEntry::Type::Link);
        QCOMPARE(entries->at(3).target, ".directory"_ba);
        QVERIFY(entries->at(3).leadsToDirectory && !entries->at(4).leadsToDirectory);
        QCOMPARE(entries->at(5).target, "\xff\n"_ba);

        const auto link = m_session->attributes(m_test.remote("to directory"), {});
        VERIFY_RESULT(link);
        QVERIFY(link->type == RemoteEntry::Type::Link && link->leadsToDirectory);
        QCOMPARE(link->name, "to directory"_ba);
        QCOMPARE(codeOf(m_session->attributes(m_test.remote("none"), {})), u"server.file-missing"_s);
        QCOMPARE(codeOf(m_session->entries(m_test.remote("none"), {})), u"server.file-missing"_s);
        VERIFY_RESULT(m_session->entries(RemotePath::root(), {}));
    }

    void hostileNames()
    {
        const QByteArrayList hostile{"$(touch pwned)", "' ; touch pwned #", "-rf", "\xff\xfe", "a\nb", " ", "~", "*"};
        for (const QByteArray &name : hostile)
            put(name, name);
        QCOMPARE(m_session->entries(m_test.files(), {})->size(), hostile.size());
        for (const QByteArray &name : hostile) {
            const RemotePath there = m_test.remote(name);
            const RemotePath moved = m_test.remote(QByteArray("moved" + name));
            QCOMPARE(*m_session->readFile(there, {}), name);
            VERIFY_RESULT(m_session->setMode(there, 0600, {}));
            VERIFY_RESULT(m_session->rename(there, moved, {}));
            QVERIFY(!isThere(name));
            QCOMPARE(*m_session->readFile(moved, {}), name);
            const auto plan = planRemoval(*m_session, {moved}, {});
            VERIFY_RESULT(plan);
            VERIFY_RESULT(carryOut(*m_session, *plan, {}));
        }
        QCOMPARE(m_test.names(), QStringList());
    }

    void manyEntries()
    {
        for (int i = 0; i < 10'000; ++i)
            put(QByteArray::number(i), {});
        QElapsedTimer clock;
        clock.start();
        std::stop_source stop;
        qint64 said = 0;
        const auto entries =
            m_session->entries(m_test.files(), onProgress(stop, [&](const Progress &progress) { said = progress.done; }));
        VERIFY_RESULT(entries);
        QCOMPARE(entries->size(), 10'000);
        QCOMPARE(said, 10'000);
        qInfo("10,000 entries in %lld ms", clock.elapsed());

        const auto cancelled = m_session->entries(m_test.files(), onProgress(stop, [&](const Progress &) { stop.request_stop(); }));
        QCOMPARE(codeOf(cancelled), u"cancelled"_s);
        QVERIFY(m_session->isAlive());
        QCOMPARE(m_session->entries(m_test.files(), {})->size(), 10'000);
    }

    void renameNeverReplaces_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::newRow("OpenSSH") << ""_ba;
        QTest::newRow("no second names") << "Subsystem sftp internal-sftp -P hardlink\n"_ba;
    }
    void renameNeverReplaces()
    {
        QFETCH(QByteArray, config);
        TestServer test;
        QVERIFY(test.start(config));
        auto session = test.connect();
        VERIFY_RESULT(session);
        TestServer::write(test.local(u"a"_s), "a");
        TestServer::write(test.local(u"b"_s), "b");
        QVERIFY(QDir().mkpath(test.local(u"d/inside"_s)) && QDir().mkpath(test.local(u"empty"_s)));
        QCOMPARE(::symlink("nowhere", test.remote("link").bytes().constData()), 0);
        for (const char *there : {"b", "d", "link", "a"})
            QCOMPARE(codeOf(session->rename(test.remote("a"), test.remote(there), {})), u"server.exists"_s);
        QCOMPARE(codeOf(session->rename(test.remote("d"), test.remote("empty"), {})), u"server.exists"_s);
        QCOMPARE(codeOf(session->rename(test.remote("none"), test.remote("c"), {})), u"server.file-missing"_s);
        QCOMPARE(TestServer::contents(test.local(u"b"_s)), "b"_ba);

        VERIFY_RESULT(session->rename(test.remote("a"), test.remote("d/c"), {}));
        VERIFY_RESULT(session->rename(test.remote("link"), test.remote("moved"), {}));
        VERIFY_RESULT(session->rename(test.remote("d"), test.remote("e"), {}));
        QCOMPARE(TestServer::contents(test.local(u"e/c"_s)), "a"_ba);
        QCOMPARE(QFile::symLinkTarget(test.local(u"moved"_s)), test.local(u"nowhere"_s));
        QCOMPARE(test.names(), (QStringList{u"b"_s, u"e"_s, u"empty"_s, u"moved"_s}));
        const RemotePath deep = *test.files().child("none/x");
        QCOMPARE(codeOf(session->rename(test.remote("b"), deep, {})), u"server.file-missing"_s);
        QCOMPARE(TestServer::contents(test.local(u"b"_s)), "b"_ba);
    }

    void directories()
    {
        VERIFY_RESULT(m_session->makeDirectory(m_test.remote("new"), {}));
        QVERIFY(QFileInfo(m_test.local(u"new"_s)).isDir());
        QCOMPARE(codeOf(m_session->makeDirectory(m_test.remote("new"), {})), u"server.exists"_s);
        QCOMPARE(codeOf(m_session->makeDirectory(m_test.remote("none/x"), {})), u"server.file-missing"_s);
        put("new/file");
        QCOMPARE(codeOf(m_session->removeDirectory(m_test.remote("new"), {})), u"server.not-empty"_s);
        VERIFY_RESULT(m_session->removeFile(m_test.remote("new/file"), {}));
        VERIFY_RESULT(m_session->removeDirectory(m_test.remote("new"), {}));
        QVERIFY(!isThere("new"));
        QCOMPARE(codeOf(m_session->removeDirectory(m_test.remote("new"), {})), u"server.file-missing"_s);
    }

    void attributesAreSet()
    {
        put("file");
        VERIFY_RESULT(m_session->setMode(m_test.remote("file"), 04751, {}));
        VERIFY_RESULT(m_session->setModified(m_test.remote("file"), 1'234'567'890, {}));
        VERIFY_RESULT(m_session->setOwner(m_test.remote("file"), ::getuid(), ::getgid(), {}));
        const RemoteEntry file = entry("file");
        QCOMPARE(file.modified, 1'234'567'890);
        QCOMPARE(file.mode & 0777U, 0751U);
        QCOMPARE(codeOf(m_session->setMode(m_test.remote("none"), 0600, {})), u"server.file-missing"_s);
    }

    void homeAndSpace()
    {
        const auto home = m_session->home({});
        VERIFY_RESULT(home);
        QCOMPARE(home->bytes(), QByteArray(::getpwuid(::getuid())->pw_dir));
        const auto space = m_session->freeSpace(m_test.files(), {});
        VERIFY_RESULT(space);
        QVERIFY(space->has_value() && **space > 0);
        QVERIFY(!(*m_session->freeSpace(*RemotePath::parse("/proc"), {})).has_value());

        TestServer plain;
        QVERIFY(plain.start("Subsystem sftp internal-sftp -P statvfs\n"));
        auto session = plain.connect();
        VERIFY_RESULT(session);
        QVERIFY(session->home({}).has_value());
    }

    void removal()
    {
        QVERIFY(QDir().mkpath(m_test.local(u"kept"_s)) && QDir().mkpath(m_test.local(u"gone/a/b"_s)));
        put("kept/file");
        put("gone/one", "123");
        put("gone/a/b/two", "45");
        QCOMPARE(::symlink("../kept", path("gone/link").constData()), 0);
        QCOMPARE(::symlink("..", path("gone/a/up").constData()), 0);
        put("alone", "6");

        const auto plan = planRemoval(*m_session, {m_test.remote("gone"), m_test.remote("alone")}, {});
        VERIFY_RESULT(plan);
        QCOMPARE(plan->files, 3);
        QCOMPARE(plan->links, 2);
        QCOMPARE(plan->directories, 3);
        QCOMPARE(plan->bytes, 6);
        QCOMPARE(plan->items.size(), 8);
        QVERIFY(isThere("gone/a/b/two")); // nothing has happened

        put("gone/a/late");
        const auto stopped = carryOut(*m_session, *plan, {});
        QCOMPARE(codeOf(stopped), u"server.not-empty"_s);
        QVERIFY(isThere("gone/a/late") && !isThere("gone/a/b"));

        const auto again = planRemoval(*m_session, {m_test.remote("gone"), m_test.remote("alone")}, {});
        VERIFY_RESULT(again);
        QCOMPARE(::unlink(path("alone").constData()), 0); // gone by itself
        VERIFY_RESULT(carryOut(*m_session, *again, {}));
        QCOMPARE(m_test.names(), QStringList{u"kept"_s});
        QVERIFY(isThere("kept/file"));
    }

    void removalOfALink()
    {
        QVERIFY(QDir().mkpath(m_test.local(u"kept"_s)));
        put("kept/file");
        QCOMPARE(::symlink("kept", path("link").constData()), 0);
        const auto plan = planRemoval(*m_session, {m_test.remote("link")}, {});
        VERIFY_RESULT(plan);
        QCOMPARE(plan->items.size(), 1);
        VERIFY_RESULT(carryOut(*m_session, *plan, {}));
        QVERIFY(!isThere("link") && isThere("kept/file"));
    }

    void removalRefused()
    {
        QCOMPARE(codeOf(planRemoval(*m_session, {RemotePath::root()}, {})), u"server.root"_s);
        QCOMPARE(codeOf(planRemoval(*m_session, {m_test.remote("none")}, {})), u"server.file-missing"_s);
        QString deep;
        for (int i = 0; i < 102; ++i)
            deep += u"d/"_s;
        QVERIFY(QDir().mkpath(m_test.local(deep)));
        QCOMPARE(codeOf(planRemoval(*m_session, {m_test.remote("d")}, {})), u"server.file-too-large"_s);
        QVERIFY(isThere("d"));
    }
};

QTEST_GUILESS_MAIN(RemoteFilesTest)
#include "tst_remotefiles.moc"

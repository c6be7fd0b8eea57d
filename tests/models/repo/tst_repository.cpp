// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/repository.h"

#include "tests/support/scratchrepository.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace handover;
using repo::Repository;
using test::ScratchRepository;

class TestRepository final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void opens();
    void opensALinkedWorktree();
    void refuses_data();
    void refuses();
    void refusesAnothersRepository();
    void refusesWhatIsNoRepository();
    void head();
    void workTreeState();
    void workTreeStateSeesARenameAsOne();
    void files();
    void filesAreBounded();
    void entries();
    void fileAt_data();
    void fileAt();
    void missingObjects();

private:
    QTemporaryDir m_home;
};

void TestRepository::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8()); // libgit2 reads the configuration there
    qunsetenv("XDG_CONFIG_HOME");
}

void TestRepository::opens()
{
    ScratchRepository scratch(u"a project's \"$(touch x)\" ünïcode"_s);
    scratch.write(u"apps/tally/src/tally.erl"_s, "-module(tally).\n");
    scratch.commit();
    const QString top = QDir(scratch.path()).canonicalPath();
    for (const QString &path :
         {scratch.path(), QString(scratch.path() + u'/'), scratch.path(u"apps/tally/src"_s),
          scratch.path(u".git"_s), scratch.path(u"apps/tally/src/tally.erl"_s)}) {
        const auto repository = Repository::open(path);
        QVERIFY2(repository, qPrintable(path));
        QCOMPARE(repository->workTree(), top);
        QCOMPARE(repository->commonDirectory(), top + u"/.git"_s);
    }
    scratch.git({u"clone"_s, u"--quiet"_s, u"--bare"_s, u"."_s, scratch.beside(u"bare.git"_s)});
    const auto bare = Repository::open(scratch.beside(u"bare.git"_s));
    QVERIFY(bare);
    QCOMPARE(bare->workTree(), QString());
    QCOMPARE(bare->workTreeState()->changed, 0);
}

void TestRepository::opensALinkedWorktree()
{
    ScratchRepository scratch;
    const QByteArray first = scratch.commit();
    scratch.git({u"worktree"_s, u"add"_s, u"--quiet"_s, u"-b"_s, u"topic"_s, scratch.beside(u"linked"_s)});
    const auto repository = Repository::open(scratch.beside(u"linked"_s));
    QVERIFY(repository);
    QCOMPARE(repository->workTree(), QDir(scratch.beside(u"linked"_s)).canonicalPath());
    QCOMPARE(repository->commonDirectory(), QDir(scratch.path(u".git"_s)).canonicalPath());
    QCOMPARE(repository->head()->branch, u"topic"_s);
    QCOMPARE(repository->head()->commit->hex(), first);
}

void TestRepository::refuses_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("word");
    QTest::newRow("reftable") << QStringList{u"init"_s, u"--quiet"_s, u"--ref-format=reftable"_s}
                              << u"repo.unsupported"_s << u"reftable"_s;
    QTest::newRow("SHA-256") << QStringList{u"init"_s, u"--quiet"_s, u"--object-format=sha256"_s}
                             << u"repo.unsupported"_s << u"SHA-256"_s;
    QTest::newRow("partial clone") << QStringList{u"clone"_s, u"--quiet"_s, u"--no-local"_s,
                                                  u"--filter=blob:none"_s}
                                   << u"repo.unsupported"_s << u"partial clone"_s;
    QTest::newRow("unknown extension")
        << QStringList{u"config"_s, u"set"_s} << u"repo.unsupported"_s << u"feature"_s;
}

void TestRepository::refuses()
{
    QFETCH(QStringList, command);
    QFETCH(const QString, code);
    QFETCH(const QString, word);
    ScratchRepository scratch;
    scratch.commit();
    QString target = scratch.beside(u"other"_s);
    if (command.first() == "config"_L1) {
        scratch.git({u"config"_s, u"core.repositoryFormatVersion"_s, u"1"_s});
        scratch.git({u"config"_s, u"extensions.futureThing"_s, u"true"_s});
        target = scratch.path();
    } else {
        if (command.first() == "clone"_L1) {
            scratch.git({u"config"_s, u"uploadpack.allowFilter"_s, u"true"_s});
            command << u"file://"_s + scratch.path();
        }
        scratch.git(command + QStringList{target});
    }
    const auto repository = Repository::open(target);
    QVERIFY(!repository);
    QCOMPARE(repository.error().code, code);
    QVERIFY2(repository.error().message.contains(word), qPrintable(repository.error().message));
    QVERIFY(!repository.error().hint.isEmpty());
    QVERIFY(!repository.error().detail.isEmpty());
}

void TestRepository::refusesAnothersRepository()
{
    if (::geteuid() != 0)
        QSKIP("Only root can give a directory to another user.");
    ScratchRepository scratch;
    for (const QString &path : {scratch.path(), scratch.path(u".git"_s)})
        QCOMPARE(::chown(QFile::encodeName(path).constData(), 65534, 65534), 0);
    const auto repository = Repository::open(scratch.path());
    QVERIFY(!repository);
    QCOMPARE(repository.error().code, u"repo.not-owned"_s);
    QVERIFY(repository.error().hint.contains(u"safe.directory \""_s + scratch.path() + u'"'));
}

void TestRepository::refusesWhatIsNoRepository()
{
    const QTemporaryDir directory;
    const auto none = Repository::open(directory.path());
    QVERIFY(!none);
    QCOMPARE(none.error().code, u"repo.not-a-repository"_s);
    QVERIFY(none.error().message.contains(directory.path()));
    QCOMPARE(Repository::open(directory.filePath(u"missing"_s)).error().code, u"repo.no-such-directory"_s);
    QCOMPARE(Repository::open({}).error().code, u"repo.no-such-directory"_s);

    ScratchRepository scratch;
    QFile config(scratch.path(u".git/config"_s));
    QVERIFY(config.open(QIODevice::WriteOnly | QIODevice::Truncate));
    config.write("[core\n");
    config.close();
    const auto broken = Repository::open(scratch.path());
    QVERIFY(!broken);
    QCOMPARE(broken.error().code, u"repo.unreadable"_s);
}

void TestRepository::head()
{
    ScratchRepository scratch;
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    auto head = repository->head();
    QVERIFY(head);
    QVERIFY(!head->commit);
    QCOMPARE(head->branch, u"main"_s);
    QCOMPARE(repository->tags({})->size(), 0);

    const QByteArray first = scratch.commit();
    scratch.git({u"switch"_s, u"--quiet"_s, u"-c"_s, u"feature/näme"_s});
    head = repository->head();
    QVERIFY(head);
    QCOMPARE(head->commit->hex(), first);
    QCOMPARE(head->branch, u"feature/näme"_s);

    scratch.git({u"switch"_s, u"--quiet"_s, u"--detach"_s});
    head = repository->head();
    QVERIFY(head);
    QCOMPARE(head->commit->hex(), first);
    QCOMPARE(head->branch, QString());
}

void TestRepository::workTreeState()
{
    ScratchRepository scratch;
    scratch.write(u".gitignore"_s, "_build/\n*.beam\n");
    for (const QString &file : {u"staged"_s, u"unstaged"_s, u"both"_s, u"gone"_s, u"same"_s})
        scratch.write(file, "1\n");
    scratch.commit();
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    auto state = repository->workTreeState();
    QVERIFY(state);
    QCOMPARE(state->changed, 0);
    QCOMPARE(state->untracked, 0);

    for (const QString &file : {u"staged"_s, u"unstaged"_s, u"both"_s})
        scratch.write(file, "22\n");
    scratch.write(u"added"_s, "new\n");
    scratch.git({u"add"_s, u"staged"_s, u"both"_s, u"added"_s});
    scratch.write(u"both"_s, "333\n");
    scratch.write(u"untracked"_s, "x\n");
    scratch.write(u"_build/x.beam"_s, "x\n");
    scratch.write(u"x.beam"_s, "x\n");
    QVERIFY(QFile::remove(scratch.path(u"gone"_s)));
    state = repository->workTreeState();
    QVERIFY(state);
    QCOMPARE(state->changed, 5); // staged unstaged both gone added
    QCOMPARE(state->untracked, 1);
}

void TestRepository::workTreeStateSeesARenameAsOne()
{
    ScratchRepository scratch;
    scratch.write(u"old"_s, QByteArray(4000, 'x'));
    scratch.commit();
    scratch.git({u"mv"_s, u"old"_s, u"new"_s});
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    QCOMPARE(repository->workTreeState()->changed,
             static_cast<int>(scratch.git({u"status"_s, u"--porcelain"_s}).split('\n').size()));
}

void TestRepository::files()
{
    ScratchRepository scratch;
    scratch.write(u"rebar.config"_s, "[].\n");
    scratch.write(u"apps/a/src/a.erl"_s, "a\n");
    scratch.write(u"apps/a/src/späte lücke.erl"_s, "ü\n");
    scratch.write(u"run"_s, "#!/bin/sh\n", true);
    QVERIFY(QFile::link(u"run"_s, scratch.path(u"link"_s)));
    scratch.commit();
    scratch.git({u"-c"_s, u"protocol.file.allow=always"_s, u"submodule"_s, u"--quiet"_s, u"add"_s,
                 scratch.path(), u"sub"_s});
    const auto commit = repo::ObjectId::parse(scratch.commit());
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository && commit);
    const auto files = repository->files(*commit);
    QVERIFY(files);
    QByteArrayList lines;
    for (const repo::TreeFile &file : *files)
        lines << file.blob.hex() + ' ' + file.path;
    const QByteArray expected = scratch.git({u"-c"_s, u"core.quotePath=off"_s, u"ls-tree"_s, u"-r"_s, u"-z"_s,
                                             u"--format=%(objecttype) %(objectname) %(path)"_s, u"HEAD"_s});
    QByteArrayList expectedLines;
    for (const QByteArray &line : expected.split('\0')) {
        if (line.startsWith("blob "))
            expectedLines << line.mid(5);
    }
    QCOMPARE(expectedLines.size(), 6);
    QCOMPARE(lines, expectedLines);
}

void TestRepository::filesAreBounded()
{
    ScratchRepository scratch;
    const QByteArray blob = scratch.git({u"hash-object"_s, u"-w"_s, u"--stdin"_s}, "x");
    // Each level has ten times the one below: 10^9 files in a handful of objects.
    QByteArray lines;
    for (int i = 0; i < 10; ++i)
        lines += "100644 blob " + blob + '\t' + QByteArray::number(i) + '\n';
    QByteArray tree;
    for (int level = 0; level < 9; ++level) {
        tree = scratch.git({u"mktree"_s}, lines);
        lines.clear();
        for (int i = 0; i < 10; ++i)
            lines += "040000 tree " + tree + '\t' + QByteArray::number(i) + '\n';
    }
    const auto wide =
        repo::ObjectId::parse(scratch.git({u"commit-tree"_s, QString::fromLatin1(tree)}, "bomb"));
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository && wide);
    const auto files = repository->files(*wide);
    QVERIFY(!files);
    QCOMPARE(files.error().code, u"repo.too-large"_s);
    QCOMPARE(repository->checkoutApart(*wide, scratch.beside(u"out"_s), {}).error().code,
             u"repo.too-large"_s);
    QVERIFY(!QFile::exists(scratch.beside(u"out"_s)));

    QByteArray import =
        "blob\nmark :1\ndata 1\nx\ncommit refs/heads/deep\ncommitter a <b> 0 +0000\ndata 0\nM 100644 :1 ";
    import += QByteArray("d/").repeated(1000) + "f\n\n";
    scratch.git({u"fast-import"_s, u"--quiet"_s}, import);
    const auto deep = repo::ObjectId::parse(scratch.git({u"rev-parse"_s, u"deep"_s}));
    QVERIFY(deep);
    QCOMPARE(repository->files(*deep).error().code, u"repo.too-large"_s);
}

void TestRepository::entries()
{
    using Kind = repo::TreeEntry::Kind;
    ScratchRepository scratch;
    scratch.write(u"apps/a/src/a.erl"_s, "a\n");
    scratch.write(u"file"_s, "f\n");
    QVERIFY(QFile::link(u"file"_s, scratch.path(u"link"_s)));
    const auto commit = repo::ObjectId::parse(scratch.commit());
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository && commit);
    const auto top = repository->entries(*commit);
    QVERIFY(top);
    QCOMPARE(top->size(), 3);
    QCOMPARE(top->at(0).name, "apps");
    QCOMPARE(top->at(0).kind, Kind::Directory);
    QCOMPARE(top->at(1).kind, Kind::File);
    QCOMPARE(top->at(2).kind, Kind::Link);
    const auto apps = repository->entries(top->at(0).id);
    QVERIFY(apps);
    QCOMPARE(apps->size(), 1);
    QCOMPARE(apps->first().name, "a");
    QCOMPARE(repository->entries(top->at(1).id).error().code, u"repo.object-missing"_s); // a blob
}

void TestRepository::fileAt_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("found");
    QTest::newRow("top") << QByteArray("VERSION") << true;
    QTest::newRow("below") << QByteArray("apps/a b/src/ü.erl") << true;
    QTest::newRow("none") << QByteArray("apps/none") << false;
    QTest::newRow("through a file") << QByteArray("VERSION/x") << false;
    QTest::newRow("directory") << QByteArray("apps") << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("up") << QByteArray("../VERSION") << false;
    QTest::newRow("absolute") << QByteArray("/VERSION") << false;
    QTest::newRow("double slash") << QByteArray("apps//a b") << false;
    QTest::newRow("slash behind") << QByteArray("VERSION/") << false;
    QTest::newRow("NUL") << QByteArray("VERSION\0x", 9) << false;
}

void TestRepository::fileAt()
{
    QFETCH(const QByteArray, path);
    QFETCH(const bool, found);
    const QByteArray contents("1.0\0\xff\n", 6);
    ScratchRepository scratch;
    scratch.write(u"VERSION"_s, contents);
    scratch.write(u"apps/a b/src/ü.erl"_s, contents);
    const auto commit = repo::ObjectId::parse(scratch.commit());
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository && commit);
    const auto file = repository->fileAt(*commit, path);
    QVERIFY2(file, file ? "" : qPrintable(file.error().detail));
    QCOMPARE(file->has_value(), found);
    if (found)
        QCOMPARE(**file, contents);
}

void TestRepository::missingObjects()
{
    ScratchRepository scratch;
    scratch.write(u"f"_s, "contents\n");
    const auto commit = repo::ObjectId::parse(scratch.commit());
    const QByteArray blob = scratch.git({u"rev-parse"_s, u"HEAD:f"_s});
    const auto nothing = repo::ObjectId::parse(QByteArray(40, '1'));
    QVERIFY(QFile::remove(
        scratch.path(u".git/objects/"_s + QString::fromLatin1(blob.first(2) + '/' + blob.mid(2)))));
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository && commit && nothing);
    QCOMPARE(repository->files(*nothing).error().code, u"repo.object-missing"_s);
    QCOMPARE(repository->blob(*nothing).error().code, u"repo.object-missing"_s);
    QCOMPARE(repository->fileAt(*commit, "f").error().code, u"repo.object-missing"_s);
    QVERIFY(!repository->checkoutApart(*commit, scratch.beside(u"out"_s), {}));
    QVERIFY(!QFile::exists(scratch.beside(u"out"_s)));
}

QTEST_GUILESS_MAIN(TestRepository)
#include "tst_repository.moc"

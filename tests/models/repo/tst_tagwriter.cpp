// SPDX-License-Identifier: GPL-3.0-or-later
// What is written into a user's repository, with git itself as the judge of what is there afterwards.
#include "models/repo/tagwriter.h"

#include "tests/support/scratchrepository.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>
#include <functional>

#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace handover;
using repo::Repository;
using repo::TagWriter;
using test::ScratchRepository;

class TestTagWriter final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void commitsAndTags();
    void leavesEverythingElseAlone();
    void keepsLineEndsOfTheWorkTree();
    void tagsWithoutCommit_data();
    void tagsWithoutCommit();
    void refuses_data();
    void refuses();
    void saysWhoIsMissing();
    void takesBackWhatFails();
    void tagNames_data();
    void tagNames();
    void deletesAndBringsBack_data();
    void deletesAndBringsBack();
    void leftOut();
    void firstInHistory();
    void remotes();

private:
    static void prepare(ScratchRepository &scratch);
    static Result<repo::MadeTag> make(const QString &path, const QByteArray &name, const QList<repo::NewContents> &files);

    QTemporaryDir m_home;
};

void TestTagWriter::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8()); // libgit2 reads the configuration there
    qunsetenv("XDG_CONFIG_HOME");
    for (const char *name : {"GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"})
        qunsetenv(name);
}

void TestTagWriter::prepare(ScratchRepository &scratch)
{
    scratch.git({u"config"_s, u"user.name"_s, u"Tess Tagger"_s});
    scratch.git({u"config"_s, u"user.email"_s, u"tess@example.org"_s});
    scratch.write(u"apps/one/vsn"_s, "1\n");
    scratch.write(u"run.sh"_s, "1\n", true);
    scratch.write(u"other"_s, "1\n");
    scratch.write(u"third"_s, "1\n");
    scratch.commit();
}

Result<repo::MadeTag> TestTagWriter::make(const QString &path, const QByteArray &name, const QList<repo::NewContents> &files)
{
    const auto repository = Repository::open(path);
    if (!repository)
        return std::unexpected(repository.error());
    return TagWriter(*repository).make({*repository->head()->commit, files, u"Set versions\n\n# not a comment\n\n"_s, name,
                                        u"  Version 2\n"_s}, {});
}

void TestTagWriter::commitsAndTags()
{
    ScratchRepository scratch;
    prepare(scratch);
    const QByteArray before = scratch.git({u"rev-parse"_s, u"HEAD"_s});
    const auto made = make(scratch.path(), "v2"_ba, {{"apps/one/vsn", "2\n"}, {"run.sh", "2\n"}});
    QVERIFY2(made, made ? "" : qPrintable(made.error().words() + made.error().detail));
    QCOMPARE(scratch.git({u"rev-parse"_s, u"main"_s}), made->commit.hex());
    QCOMPARE(scratch.git({u"rev-parse"_s, u"main^"_s}), before);
    QCOMPARE(scratch.git({u"rev-parse"_s, u"v2"_s}), made->object.hex());
    QCOMPARE(scratch.git({u"rev-parse"_s, u"v2^{commit}"_s}), made->commit.hex());
    QCOMPARE(scratch.git({u"cat-file"_s, u"-t"_s, u"v2"_s}), "tag"_ba);
    QCOMPARE(scratch.git({u"for-each-ref"_s, u"--format=%(taggername) %(taggeremail) %(contents)"_s, u"refs/tags"_s}),
             "Tess Tagger <tess@example.org> Version 2"_ba);
    QCOMPARE(scratch.git({u"log"_s, u"-1"_s, u"--format=%an <%ae>%n%B"_s}),
             "Tess Tagger <tess@example.org>\nSet versions\n\n# not a comment"_ba);
    QCOMPARE(scratch.git({u"status"_s, u"--porcelain"_s}), QByteArray());
    QCOMPARE(scratch.git({u"diff"_s, u"--name-only"_s, u"HEAD^"_s, u"HEAD"_s}), "apps/one/vsn\nrun.sh"_ba);
    QVERIFY(scratch.git({u"ls-tree"_s, u"HEAD"_s, u"run.sh"_s}).startsWith("100755"));
    QVERIFY(scratch.git({u"reflog"_s, u"-1"_s, u"HEAD"_s}).endsWith("commit: Set versions"));
    QVERIFY(scratch.git({u"reflog"_s, u"-1"_s, u"main"_s}).endsWith("commit: Set versions"));
    QCOMPARE(scratch.git({u"fsck"_s, u"--strict"_s, u"--no-dangling"_s}), QByteArray());
    QVERIFY(!QFile::exists(scratch.path(u".git/refs/heads/main.lock"_s)));
}

// A file staged, one changed, one new, one deleted: all as they were.
void TestTagWriter::leavesEverythingElseAlone()
{
    ScratchRepository scratch;
    prepare(scratch);
    scratch.write(u"other"_s, "staged\n");
    scratch.write(u"added"_s, "staged\n");
    scratch.git({u"add"_s, u"other"_s, u"added"_s});
    scratch.write(u"other"_s, "staged, then changed\n");
    scratch.write(u"new"_s, "1\n");
    QFile::remove(scratch.path(u"third"_s));
    const QByteArray before = scratch.git({u"status"_s, u"--porcelain"_s});
    const QByteArray staged = scratch.git({u"diff"_s, u"--cached"_s});
    QVERIFY(make(scratch.path(), "v2"_ba, {{"apps/one/vsn", "2\n"}}));
    QCOMPARE(scratch.git({u"status"_s, u"--porcelain"_s}), before);
    QCOMPARE(scratch.git({u"diff"_s, u"--cached"_s}), staged);
    QCOMPARE(scratch.git({u"diff"_s, u"--name-only"_s, u"HEAD^"_s, u"HEAD"_s}), "apps/one/vsn"_ba);
}

void TestTagWriter::keepsLineEndsOfTheWorkTree()
{
    ScratchRepository scratch;
    scratch.write(u".gitattributes"_s, "* text eol=crlf\n");
    prepare(scratch);
    QVERIFY(make(scratch.path(), "v2"_ba, {{"apps/one/vsn", "2\n"}}));
    QCOMPARE(scratch.git({u"cat-file"_s, u"blob"_s, u"HEAD:apps/one/vsn"_s}), "2"_ba);
    QFile file(scratch.path(u"apps/one/vsn"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "2\r\n"_ba);
    QCOMPARE(scratch.git({u"status"_s, u"--porcelain"_s}), QByteArray());
}

void TestTagWriter::tagsWithoutCommit_data()
{
    QTest::addColumn<bool>("bare");
    QTest::newRow("detached") << false;
    QTest::newRow("bare") << true;
}

void TestTagWriter::tagsWithoutCommit()
{
    QFETCH(const bool, bare);
    ScratchRepository scratch;
    prepare(scratch);
    scratch.git({u"checkout"_s, u"--quiet"_s, u"--detach"_s});
    QString path = scratch.path();
    if (bare) {
        path = scratch.beside(u"bare.git"_s);
        scratch.git({u"clone"_s, u"--quiet"_s, u"--bare"_s, u"."_s, path});
        scratch.gitIn(path, {u"config"_s, u"user.name"_s, u"Tess"_s});
        scratch.gitIn(path, {u"config"_s, u"user.email"_s, u"tess@example.org"_s});
    }
    const QByteArray head = scratch.gitIn(path, {u"rev-parse"_s, u"HEAD"_s});
    const auto made = make(path, "v2"_ba, {});
    QVERIFY(made);
    QCOMPARE(made->commit.hex(), head);
    QCOMPARE(scratch.gitIn(path, {u"rev-parse"_s, u"v2^{commit}"_s}), head);
}

void TestTagWriter::refuses_data()
{
    using Setup = std::function<void(ScratchRepository &)>;
    QTest::addColumn<Setup>("setup");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("code");
    const auto nothing = [](ScratchRepository &) {};
    const auto tag = [](const QString &name) { return [name](ScratchRepository &scratch) { scratch.tag(name); }; };
    const auto packed = [](const QString &name) {
        return [name](ScratchRepository &scratch) {
            scratch.tag(name);
            scratch.git({u"pack-refs"_s, u"--all"_s});
        };
    };
    QTest::newRow("the tag is there") << Setup(tag(u"v2"_s)) << "v2"_ba << u"repo.tag-exists"_s;
    QTest::newRow("packed") << Setup(packed(u"v2"_s)) << "v2"_ba << u"repo.tag-exists"_s;
    QTest::newRow("below a tag") << Setup(packed(u"v"_s)) << "v/2"_ba << u"repo.tag-exists"_s;
    QTest::newRow("above a tag") << Setup(packed(u"v/2"_s)) << "v"_ba << u"repo.tag-exists"_s;
    QTest::newRow("no name") << Setup(nothing) << "a..b"_ba << u"repo.tag-name"_s;
    QTest::newRow("detached")
        << Setup([](ScratchRepository &scratch) { scratch.git({u"checkout"_s, u"--quiet"_s, u"--detach"_s}); }) << "v2"_ba
        << u"repo.detached"_s;
    QTest::newRow("a changed file") << Setup([](ScratchRepository &scratch) { scratch.write(u"apps/one/vsn"_s, "mine\n"); })
                                    << "v2"_ba << u"repo.uncommitted"_s;
    QTest::newRow("a staged file") << Setup([](ScratchRepository &scratch) {
        scratch.write(u"apps/one/vsn"_s, "mine\n");
        scratch.git({u"add"_s, u"--all"_s});
        scratch.write(u"apps/one/vsn"_s, "1\n");
    }) << "v2"_ba << u"repo.uncommitted"_s;
    QTest::newRow("a deleted file") << Setup([](ScratchRepository &scratch) { QFile::remove(scratch.path(u"apps/one/vsn"_s)); })
                                    << "v2"_ba << u"repo.uncommitted"_s;
    QTest::newRow("a merge") << Setup([](ScratchRepository &scratch) {
        scratch.git({u"branch"_s, u"side"_s});
        scratch.write(u"other"_s, "2\n");
        scratch.commit();
        scratch.git({u"checkout"_s, u"--quiet"_s, u"side"_s});
        scratch.write(u"third"_s, "2\n");
        scratch.commit();
        scratch.git({u"merge"_s, u"--quiet"_s, u"--no-commit"_s, u"main"_s});
    }) << "v2"_ba << u"repo.unfinished"_s;
    QTest::newRow("another git at work")
        << Setup([](ScratchRepository &scratch) { scratch.write(u".git/refs/heads/main.lock"_s, {}); }) << "v2"_ba
        << u"repo.write"_s;
    QTest::newRow("another git at the index")
        << Setup([](ScratchRepository &scratch) { scratch.write(u".git/index.lock"_s, {}); }) << "v2"_ba << u"repo.write"_s;
}

void TestTagWriter::refuses()
{
    QFETCH(const std::function<void(ScratchRepository &)>, setup);
    QFETCH(const QByteArray, name);
    ScratchRepository scratch;
    prepare(scratch);
    setup(scratch);
    const auto everything = [&scratch] {
        QFile file(scratch.path(u"apps/one/vsn"_s));
        return scratch.git({u"--no-optional-locks"_s, u"status"_s, u"--porcelain"_s}) +
               scratch.git({u"for-each-ref"_s}) + (file.open(QIODevice::ReadOnly) ? file.readAll() : "none");
    };
    const QByteArray before = everything();
    const auto made = make(scratch.path(), name, {{"apps/one/vsn", "2\n"}, {"run.sh", "2\n"}});
    QVERIFY(!made);
    QTEST(made.error().code, "code");
    QVERIFY(!made.error().hint.isEmpty());
    QCOMPARE(everything(), before);
}

void TestTagWriter::saysWhoIsMissing()
{
    ScratchRepository scratch;
    prepare(scratch);
    scratch.git({u"config"_s, u"--unset"_s, u"user.email"_s});
    const auto repository = Repository::open(scratch.path());
    QCOMPARE(TagWriter(*repository).identity().error().code, u"repo.no-identity"_s);
    QCOMPARE(make(scratch.path(), "v2"_ba, {}).error().code, u"repo.no-identity"_s);
    scratch.git({u"config"_s, u"user.email"_s, u"tess@example.org"_s});
    QCOMPARE(TagWriter(*Repository::open(scratch.path())).identity(), u"Tess Tagger <tess@example.org>"_s);
}

// The second file doesn't get written, for its size: the first one is as before, and so is all else.
void TestTagWriter::takesBackWhatFails()
{
    ScratchRepository scratch;
    prepare(scratch);
    scratch.write(u"zoo/vsn"_s, "1\n");
    const QByteArray before = scratch.commit();
    rlimit unlimited{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &unlimited), 0);
    ::signal(SIGXFSZ, SIG_IGN); // the write fails instead
    const rlimit limit{100'000, unlimited.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    const auto made = make(scratch.path(), "v2"_ba, {{"apps/one/vsn", "2\n"}, {"zoo/vsn", QByteArray(1'000'000, 'x')}});
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &unlimited), 0);
    QVERIFY(!made);
    QCOMPARE(made.error().code, u"repo.write"_s);
    QVERIFY2(made.error().detail.contains("too large"_L1, Qt::CaseInsensitive), qPrintable(made.error().detail));
    QCOMPARE(scratch.git({u"rev-parse"_s, u"main"_s}), before);
    QCOMPARE(scratch.git({u"tag"_s}), QByteArray());
    QCOMPARE(scratch.git({u"diff"_s, u"--name-only"_s, u"HEAD"_s}), QByteArray());
    QCOMPARE(scratch.git({u"diff"_s, u"--cached"_s, u"--name-only"_s}), QByteArray());
}

void TestTagWriter::tagNames_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("valid");
    QTest::newRow("plain") << "v1.0.0"_ba << true;
    QTest::newRow("folder") << "release/1.0"_ba << true;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("dots") << "1..2"_ba << false;
    QTest::newRow("option") << "-d"_ba << false;
    QTest::newRow("lock") << "1.lock"_ba << false;
    QTest::newRow("blank") << "1 0"_ba << false;
    QTest::newRow("zero") << QByteArray("1\0x", 3) << false;
}

void TestTagWriter::tagNames()
{
    QFETCH(const QByteArray, name);
    QTEST(repo::isTagName(name), "valid");
}

void TestTagWriter::deletesAndBringsBack_data()
{
    QTest::addColumn<bool>("annotated");
    QTest::addColumn<bool>("packed");
    for (const bool annotated : {false, true}) {
        for (const bool packed : {false, true})
            QTest::addRow("%s, %s", annotated ? "annotated" : "lightweight", packed ? "packed" : "loose") << annotated << packed;
    }
}

void TestTagWriter::deletesAndBringsBack()
{
    QFETCH(const bool, annotated);
    QFETCH(const bool, packed);
    ScratchRepository scratch;
    prepare(scratch);
    if (annotated)
        scratch.tag(u"release/1.0"_s, u"The first"_s);
    else
        scratch.tag(u"release/1.0"_s);
    scratch.tag(u"other"_s);
    if (packed)
        scratch.git({u"pack-refs"_s, u"--all"_s});
    const QByteArray before = scratch.git({u"for-each-ref"_s});
    const auto repository = Repository::open(scratch.path());
    const TagWriter writer(*repository);
    const auto deleted = writer.remove("release/1.0");
    QVERIFY(deleted);
    QCOMPARE(scratch.git({u"tag"_s}), "other"_ba);
    QCOMPARE(writer.remove("release/1.0").error().code, u"repo.no-such-tag"_s);
    QVERIFY(writer.bringBack(*deleted));
    QCOMPARE(scratch.git({u"for-each-ref"_s}), before);
    QCOMPARE(writer.bringBack(*deleted).error().code, u"repo.tag-exists"_s);
}

void TestTagWriter::leftOut()
{
    ScratchRepository scratch;
    prepare(scratch);
    const auto left = [&scratch] { return TagWriter(*Repository::open(scratch.path())).leftOut(); };
    QCOMPARE(left(), (repo::LeftOut{}));
    scratch.git({u"config"_s, u"tag.gpgSign"_s, u"true"_s});
    QCOMPARE(left(), (repo::LeftOut{true, false}));
    scratch.write(u".git/hooks/commit-msg"_s, "#!/bin/sh\n", true);
    QCOMPARE(left(), (repo::LeftOut{true, true}));
    scratch.git({u"config"_s, u"core.hooksPath"_s, m_home.path()});
    QCOMPARE(left(), (repo::LeftOut{true, false}));
}

void TestTagWriter::firstInHistory()
{
    ScratchRepository scratch;
    const auto commit = [&scratch] { return *repo::ObjectId::parse(scratch.commit()); };
    const repo::ObjectId first = commit();
    const repo::ObjectId second = commit();
    scratch.git({u"checkout"_s, u"--quiet"_s, u"-b"_s, u"side"_s, u"HEAD^"_s});
    const repo::ObjectId side = commit();
    const auto repository = Repository::open(scratch.path());
    const auto look = [&](const repo::ObjectId &from, const QList<repo::ObjectId> &commits) {
        return repository->firstInHistory(from, commits, {}).value_or(-2);
    };
    QCOMPARE(look(side, {second, first}), 1);
    QCOMPARE(look(second, {second, first}), 0);
    QCOMPARE(look(second, {first, second}), 0);
    QCOMPARE(look(second, {side}), -1);
    QCOMPARE(look(first, {}), -1);
    QCOMPARE(look(*repo::ObjectId::parse(QByteArray(40, '1')), {first}), -2);
}

void TestTagWriter::remotes()
{
    ScratchRepository scratch;
    prepare(scratch);
    const auto remotes = [&scratch] {
        QStringList lines;
        const auto found = Repository::open(scratch.path())->remotes();
        for (const repo::Remote &remote : *found)
            lines += remote.name + u' ' + remote.url;
        return lines;
    };
    QCOMPARE(remotes(), QStringList());
    scratch.git({u"remote"_s, u"add"_s, u"a"_s, u"git@example.org:team/project.git"_s});
    scratch.git({u"remote"_s, u"add"_s, u"origin"_s, u"https://tess:secret@example.org/project.git"_s});
    QCOMPARE(remotes(), (QStringList{u"origin https://tess@example.org/project.git"_s, u"a git@example.org:team/project.git"_s}));
    scratch.git({u"remote"_s, u"set-url"_s, u"--push"_s, u"a"_s, u"/srv/push.git"_s});
    scratch.git({u"config"_s, u"remote.pushDefault"_s, u"a"_s});
    QCOMPARE(remotes().first(), u"a /srv/push.git"_s);
}

QTEST_GUILESS_MAIN(TestTagWriter)
#include "tst_tagwriter.moc"

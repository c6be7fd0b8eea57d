// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/repository.h"

#include "tests/support/scratchrepository.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using repo::ObjectId;
using repo::Repository;
using test::ScratchRepository;

namespace {

// Every file with its contents, mode and time, so that whatever is touched shows.
QMap<QString, QByteArray> fingerprint(const QString &directory)
{
    QMap<QString, QByteArray> prints;
    QDirIterator files(directory, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QFileInfo info = files.nextFileInfo();
        QByteArray print = QByteArray::number(info.permissions().toInt()) + ' ' +
                           QByteArray::number(info.lastModified().toMSecsSinceEpoch()) + ' ';
        QFile file(info.filePath());
        if (info.isFile() && file.open(QIODevice::ReadOnly))
            print += QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex();
        prints.insert(info.filePath(), print);
    }
    return prints;
}

ObjectId id(const QByteArray &hex) { return *ObjectId::parse(hex); }

} // namespace

class TestCheckout final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void isWhatGitWouldCheckOut();
    void leavesTheUsersWorkAlone();
    void fromALinkedWorktreeAndASubdirectory();
    void shallow();
    void emptyTree();
    void cancels();
    void refusesToOverwrite();
    void manyFiles();

private:
    QTemporaryDir m_home;
};

void TestCheckout::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8());
    qunsetenv("XDG_CONFIG_HOME");
}

void TestCheckout::isWhatGitWouldCheckOut()
{
    ScratchRepository scratch;
    scratch.write(u".gitattributes"_s, "*.bat text eol=crlf\n");
    scratch.write(u".gitignore"_s, "_build\n");
    scratch.write(u"run.bat"_s, "echo\r\nend\r\n");
    scratch.write(u"apps/a/src/a.erl"_s, "-module(a).\n");
    scratch.write(u"apps/a/src/späte\n\"lücke\".erl"_s, "x");
    scratch.write(u"bin/tool"_s, "#!/bin/sh\n", true);
    QVERIFY(QFile::link(u"bin/tool"_s, scratch.path(u"tool"_s)));
    scratch.commit();
    scratch.tag(u"v1.0.0"_s, u"One"_s);
    const QByteArray first = scratch.git({u"rev-parse"_s, u"HEAD"_s});
    scratch.write(u"later"_s, "x");
    scratch.commit();
    scratch.tag(u"v2.0.0"_s);

    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    const QString out = scratch.beside(u"new/deeper/out"_s);
    QList<Progress> progress;
    const JobContext context({}, {[&](const Progress &p) { progress << p; }, {}});
    const auto done = repository->checkoutApart(id(first), out, context);
    QVERIFY2(done, done ? "" : qPrintable(done.error().words() + done.error().detail));
    QVERIFY(!progress.isEmpty());
    QCOMPARE(progress.last().done, progress.last().total);

    scratch.git(
        {u"worktree"_s, u"add"_s, u"--quiet"_s, u"--detach"_s, scratch.beside(u"theirs"_s), u"v1.0.0"_s});
    const auto contents = [](const QString &top) {
        QMap<QString, QByteArray> all;
        QDirIterator files(top, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QFileInfo info = files.nextFileInfo();
            const QString path = QDir(top).relativeFilePath(info.filePath());
            if (path.startsWith(u".git/"_s) || path == ".git"_L1)
                continue;
            QFile file(info.filePath());
            const bool open = file.open(QIODevice::ReadOnly);
            all.insert(path, QByteArray::number(info.permissions().toInt()) + info.readSymLink().toUtf8() +
                                 ' ' + (open ? file.readAll() : QByteArray()));
        }
        return all;
    };
    QCOMPARE(contents(out).size(), 7);
    QCOMPARE(contents(out), contents(scratch.beside(u"theirs"_s)));

    QCOMPARE(scratch.gitIn(out, {u"rev-parse"_s, u"HEAD"_s}), first);
    QCOMPARE(scratch.gitIn(out, {u"describe"_s, u"--tags"_s, u"--exact-match"_s}), "v1.0.0");
    QCOMPARE(scratch.gitIn(out, {u"status"_s, u"--porcelain"_s, u"--ignored"_s}), "");
    QCOMPARE(scratch.gitIn(out, {u"fsck"_s, u"--strict"_s}), "");
    QCOMPARE(scratch.gitIn(out, {u"tag"_s}), "v1.0.0\nv2.0.0");
    QCOMPARE(scratch.gitIn(out, {u"for-each-ref"_s}), scratch.git({u"for-each-ref"_s, u"refs/tags"_s}));
    QCOMPARE(scratch.gitIn(out, {u"show-ref"_s, u"--dereference"_s}),
             scratch.git({u"show-ref"_s, u"--dereference"_s, u"--tags"_s}));
    QCOMPARE(scratch.gitIn(out, {u"log"_s, u"--format=%H"_s, u"v2.0.0"_s}),
             scratch.git({u"log"_s, u"--format=%H"_s}));
    const auto again = Repository::open(out);
    QVERIFY(again);
    QCOMPARE(again->tags({})->size(), 2);
    QCOMPARE(again->head()->branch, QString());
    QCOMPARE(again->workTreeState()->changed, 0);
}

void TestCheckout::leavesTheUsersWorkAlone()
{
    ScratchRepository scratch;
    for (const QString &file : {u"staged"_s, u"unstaged"_s, u"deleted"_s, u"stashed"_s})
        scratch.write(file, "1\n");
    const QByteArray first = scratch.commit();
    scratch.tag(u"v1"_s);
    scratch.write(u"staged"_s, "2\n");
    scratch.commit();
    scratch.write(u"stashed"_s, "mine\n");
    scratch.git({u"stash"_s, u"--quiet"_s});
    scratch.write(u"staged"_s, "3\n");
    scratch.git({u"add"_s, u"staged"_s});
    scratch.write(u"unstaged"_s, "dirty\n");
    scratch.write(u"untracked"_s, "new\n");
    QVERIFY(QFile::remove(scratch.path(u"deleted"_s)));
    const QByteArray status = scratch.git({u"status"_s, u"--porcelain"_s});

    const auto before = fingerprint(scratch.path());
    QVERIFY(before.size() > 20);
    {
        const auto repository = Repository::open(scratch.path());
        QVERIFY(repository);
        QVERIFY(repository->tags({}));
        QVERIFY(repository->head());
        QCOMPARE(repository->workTreeState()->changed, 3);
        QVERIFY(repository->files(id(first)));
        QVERIFY(repository->checkoutApart(id(first), scratch.beside(u"out"_s), {}));
    }
    QCOMPARE(fingerprint(scratch.path()), before);
    // Git's own look at the checkout borrows the objects, and writes nothing there either.
    QCOMPARE(scratch.gitIn(scratch.beside(u"out"_s), {u"status"_s, u"--porcelain"_s}), "");
    QCOMPARE(fingerprint(scratch.path()), before);
    QCOMPARE(scratch.git({u"status"_s, u"--porcelain"_s}), status);
    QCOMPARE(scratch.git({u"stash"_s, u"list"_s}).count('\n'), 0);
    QVERIFY(!scratch.git({u"stash"_s, u"list"_s}).isEmpty());
}

void TestCheckout::fromALinkedWorktreeAndASubdirectory()
{
    ScratchRepository scratch;
    scratch.write(u"apps/a/f"_s, "x\n");
    const QByteArray first = scratch.commit();
    scratch.tag(u"v1"_s);
    scratch.git({u"worktree"_s, u"add"_s, u"--quiet"_s, u"--detach"_s, scratch.beside(u"linked"_s)});
    int n = 0;
    for (const QString &from :
         {scratch.beside(u"linked"_s), scratch.path(u"apps/a"_s), scratch.beside(u"linked/apps"_s)}) {
        const auto repository = Repository::open(from);
        QVERIFY(repository);
        const QString out = scratch.beside(u"out"_s + QString::number(++n));
        QVERIFY(repository->checkoutApart(id(first), out, {}));
        QCOMPARE(scratch.gitIn(out, {u"describe"_s, u"--tags"_s, u"--exact-match"_s}), "v1");
        QCOMPARE(scratch.gitIn(out, {u"status"_s, u"--porcelain"_s}), "");
        QVERIFY(QFile::exists(out + u"/apps/a/f"_s));
    }
}

void TestCheckout::shallow()
{
    ScratchRepository scratch;
    scratch.commit();
    scratch.write(u"f"_s, "x\n");
    const QByteArray second = scratch.commit();
    scratch.tag(u"v2"_s);
    scratch.git({u"clone"_s, u"--quiet"_s, u"--depth=1"_s, u"file://"_s + scratch.path(),
                 scratch.beside(u"shallow"_s)});
    const auto repository = Repository::open(scratch.beside(u"shallow"_s));
    QVERIFY(repository);
    const QString out = scratch.beside(u"out"_s);
    QVERIFY(repository->checkoutApart(id(second), out, {}));
    QCOMPARE(scratch.gitIn(out, {u"rev-list"_s, u"--count"_s, u"HEAD"_s}), "1");
    QCOMPARE(scratch.gitIn(out, {u"describe"_s, u"--tags"_s, u"--exact-match"_s}), "v2");
    QCOMPARE(scratch.gitIn(out, {u"fsck"_s}), "");
}

void TestCheckout::emptyTree()
{
    ScratchRepository scratch;
    const QByteArray first = scratch.commit();
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    QVERIFY(repository->checkoutApart(id(first), scratch.beside(u"out"_s), {}));
    QCOMPARE(scratch.gitIn(scratch.beside(u"out"_s), {u"status"_s, u"--porcelain"_s}), "");
}

void TestCheckout::cancels()
{
    ScratchRepository scratch;
    for (int i = 0; i < 600; ++i)
        scratch.write(u"d/"_s + QString::number(i), "x\n");
    const QByteArray first = scratch.commit();
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    for (const int after : {0, 1, 3}) {
        std::stop_source stop;
        int reports = 0;
        qint64 reached = 0;
        const JobContext context(stop.get_token(), {[&](const Progress &p) {
                                                        reached = p.done;
                                                        if (++reports == after)
                                                            stop.request_stop();
                                                    },
                                                    {}});
        if (after == 0)
            stop.request_stop();
        const auto done = repository->checkoutApart(id(first), scratch.beside(u"out"_s), context);
        QVERIFY(!done);
        QVERIFY(done.error().isCancelled());
        QCOMPARE(reports, after);
        QVERIFY(reached < 600);
        // Neither the directory nor anything half done beside it.
        QCOMPARE(QDir(scratch.beside({})).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList{u"project"_s});
    }
}

void TestCheckout::refusesToOverwrite()
{
    ScratchRepository scratch;
    const QByteArray first = scratch.commit();
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    QVERIFY(QDir().mkdir(scratch.beside(u"empty"_s)));
    QVERIFY(QFile::link(u"nowhere"_s, scratch.beside(u"dangling"_s)));
    for (const QString &name : {u"empty"_s, u"dangling"_s, u"project"_s}) {
        const auto done = repository->checkoutApart(id(first), scratch.beside(name), {});
        QVERIFY(!done);
        QCOMPARE(done.error().code, u"repo.exists"_s);
    }
    QVERIFY(QFile::exists(scratch.path(u".git"_s)));
    const auto missing = repository->checkoutApart(id(QByteArray(40, '1')), scratch.beside(u"out"_s), {});
    QCOMPARE(missing.error().code, u"repo.object-missing"_s);
    QFile file(scratch.beside(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(repository->checkoutApart(id(first), scratch.beside(u"file/out"_s), {}).error().code,
             u"repo.checkout"_s);
}

void TestCheckout::manyFiles()
{
    ScratchRepository scratch;
    QByteArray import = "blob\nmark :1\ndata 4000\n" + QByteArray(4000, 'x') +
                        "\ncommit refs/heads/main\ncommitter C <c@d> 0 +0000\ndata 0\n";
    for (int i = 0; i < 7300; ++i)
        import +=
            "M 100644 :1 apps/" + QByteArray::number(i / 100) + "/src/f" + QByteArray::number(i) + ".erl\n";
    scratch.git({u"fast-import"_s, u"--quiet"_s}, import + '\n');
    const auto commit = ObjectId::parse(scratch.git({u"rev-parse"_s, u"main"_s}));
    QVERIFY(commit);
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(repository->checkoutApart(*commit, scratch.beside(u"out"_s), {}));
    qInfo("7,300 files: %lld ms", timer.elapsed());
    QCOMPARE(scratch.gitIn(scratch.beside(u"out"_s), {u"status"_s, u"--porcelain"_s}), "");
    QCOMPARE(scratch.gitIn(scratch.beside(u"out"_s), {u"ls-files"_s}).count('\n') + 1, 7300);
}

QTEST_GUILESS_MAIN(TestCheckout)
#include "tst_checkout.moc"

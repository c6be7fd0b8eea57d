// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/repository.h"

#include "tests/support/scratchrepository.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using repo::snapshotOfWorkTree;
using test::ScratchRepository;

class TestSnapshot final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void hasTheFilesAsTheyAre();
    void writesNothing();
    void isTheSameForTheSameFiles();
    void refuses();

private:
    QTemporaryDir m_home;
};

void TestSnapshot::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8()); // libgit2 reads the configuration there
    qunsetenv("XDG_CONFIG_HOME");
}

void TestSnapshot::hasTheFilesAsTheyAre()
{
    ScratchRepository scratch;
    scratch.write(u".gitignore"_s, "/_build\n");
    scratch.write(u"src/a.erl"_s, "1\n");
    scratch.write(u"src/gone.erl"_s, "1\n");
    scratch.write(u"src/staged.erl"_s, "1\n");
    const QByteArray head = scratch.commit();
    scratch.write(u"src/a.erl"_s, "2\n");
    scratch.write(u"src/new.erl"_s, "1\n");
    scratch.write(u"src/staged.erl"_s, "2\n");
    scratch.git({u"add"_s, u"src/staged.erl"_s});
    scratch.write(u"src/staged.erl"_s, "3\n");
    scratch.write(u"_build/x"_s, "1\n");
    scratch.write(u"core.dump"_s, QByteArray(17 * 1024 * 1024, 'x'));
    QVERIFY(QFile::remove(scratch.path(u"src/gone.erl"_s)));
    const auto snapshot = snapshotOfWorkTree(scratch.path());
    QVERIFY2(snapshot, snapshot ? "" : qPrintable(snapshot.error().words() + snapshot.error().detail));
    QByteArrayList files;
    const auto found = snapshot->repository.files(snapshot->commit);
    for (const repo::TreeFile &file : *found)
        files += file.path + '=' + snapshot->repository.blob(file.blob)->trimmed();
    QCOMPARE(files, (QByteArrayList{".gitignore=/_build", "src/a.erl=2", "src/new.erl=1", "src/staged.erl=3"}));
    // What is committed is there, too.
    QCOMPARE(snapshot->repository.fileAt(*repo::ObjectId::parse(head), "src/a.erl"), "1\n"_ba);
}

void TestSnapshot::writesNothing()
{
    ScratchRepository scratch;
    scratch.write(u"a"_s, "1\n");
    scratch.commit();
    scratch.write(u"a"_s, "2\n");
    scratch.write(u"b"_s, "2\n");
    const auto everything = [&scratch] {
        QStringList files;
        QDirIterator it(scratch.path(u".git"_s), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QFileInfo info = it.nextFileInfo();
            files += u"%1 %2 %3"_s.arg(info.filePath()).arg(info.size()).arg(info.lastModified().toMSecsSinceEpoch());
        }
        files.sort();
        return files;
    };
    const QStringList before = everything();
    QVERIFY(snapshotOfWorkTree(scratch.path()));
    QCOMPARE(everything(), before);
}

void TestSnapshot::isTheSameForTheSameFiles()
{
    ScratchRepository scratch;
    scratch.write(u"a"_s, "1\n");
    scratch.commit();
    scratch.write(u"a"_s, "2\n");
    const auto id = [&scratch] { return snapshotOfWorkTree(scratch.path())->commit; };
    const repo::ObjectId first = id();
    QCOMPARE(id(), first);
    scratch.commit();
    QCOMPARE(id(), first);
    scratch.write(u"a"_s, "3\n");
    QVERIFY(id() != first);
}

void TestSnapshot::refuses()
{
    ScratchRepository scratch;
    scratch.commit();
    scratch.git({u"clone"_s, u"--quiet"_s, u"--bare"_s, u"."_s, scratch.beside(u"bare.git"_s)});
    QCOMPARE(snapshotOfWorkTree(scratch.beside(u"bare.git"_s)).error().code, u"repo.bare"_s);
    scratch.write(u".git/index"_s, "no index");
    QCOMPARE(snapshotOfWorkTree(scratch.path()).error().code, u"repo.snapshot"_s);
}

QTEST_GUILESS_MAIN(TestSnapshot)
#include "tst_snapshot.moc"

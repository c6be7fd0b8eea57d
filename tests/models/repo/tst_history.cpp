// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/history.h"

#include "models/repo/repository.h"
#include "tests/support/scratchrepository.h"

#include <QDir>
#include <QFile>
#include <QResource>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace handover;
using repo::HistoryEntry;
using test::ScratchRepository;

namespace {

QDateTime day(int n) { return {QDate(2026, 1, n), QTime(9, 30), QTimeZone::fromSecondsAheadOfUtc(3600)}; }

void write(const QString &path, const QByteArray &contents, bool executable = false)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(contents), contents.size());
    if (executable)
        file.setPermissions(file.permissions() | QFile::ExeOwner);
}

} // namespace

class TestHistory final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void makesCommitsAndTags();
    void sameInputSameIds();
    void fromResources();
    void refuses();
    void leavesNothingBehind();

private:
    QList<HistoryEntry> entries() const;

    QTemporaryDir m_sources;
    QTemporaryDir m_home;
};

void TestHistory::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8());
    qunsetenv("XDG_CONFIG_HOME");
    write(m_sources.filePath(u"1/.gitignore"_s), "_build\n");
    write(m_sources.filePath(u"1/src/a.erl"_s), "-module(a).\n");
    write(m_sources.filePath(u"1/bin/run"_s), "#!/bin/sh\n", true);
    write(m_sources.filePath(u"1/.git/config"_s), "not to be taken\n");
    QVERIFY(QFile::link(u"bin/run"_s, m_sources.filePath(u"1/link"_s)));
    write(m_sources.filePath(u"2/.gitignore"_s), "_build\n");
    write(m_sources.filePath(u"2/src/a.erl"_s), "-module(a).\n-vsn(2).\n");
    write(m_sources.filePath(u"2/src/ü.erl"_s), "");
}

QList<HistoryEntry> TestHistory::entries() const
{
    return {{m_sources.filePath(u"1"_s), u"First\n"_s, "v1.0.0", true, u"The first"_s, day(1)},
            {m_sources.filePath(u"2"_s), u"Second: ü"_s, "v2.0.0", false, {}, day(2)},
            {m_sources.filePath(u"2"_s), u"Nothing new"_s, "", false, {}, day(3)}};
}

void TestHistory::makesCommitsAndTags()
{
    const ScratchRepository scratch; // for its git
    const QString out = scratch.beside(u"it's a demo"_s);
    const auto made = repo::makeHistory(out, u"Jörg Demo"_s, u"demo@example.org"_s, entries(), {});
    QVERIFY2(made, made ? "" : qPrintable(made.error().words() + made.error().detail));
    QCOMPARE(scratch.gitIn(
                 out, {u"log"_s, u"--format=%s|%an <%ae>|%cn|%aI|%cI|%d"_s, u"--decorate-refs=refs/tags"_s}),
             "Nothing new|Jörg Demo <demo@example.org>|Jörg "
             "Demo|2026-01-03T09:30:00+01:00|2026-01-03T09:30:00+01:00|\n"
             "Second: ü|Jörg Demo <demo@example.org>|Jörg "
             "Demo|2026-01-02T09:30:00+01:00|2026-01-02T09:30:00+01:00| (tag: v2.0.0)\n"
             "First|Jörg Demo <demo@example.org>|Jörg "
             "Demo|2026-01-01T09:30:00+01:00|2026-01-01T09:30:00+01:00| (tag: v1.0.0)");
    QCOMPARE(scratch.gitIn(out, {u"cat-file"_s, u"-p"_s, u"v1.0.0"_s}).split('\n').mid(1),
             QByteArray(
                 "type commit\ntag v1.0.0\ntagger Jörg Demo <demo@example.org> 1767256200 +0100\n\nThe first")
                 .split('\n'));
    QCOMPARE(scratch.gitIn(out, {u"ls-tree"_s, u"-r"_s, u"--format=%(objectmode) %(path)"_s, u"v1.0.0"_s}),
             "100644 .gitignore\n100755 bin/run\n120000 link\n100644 src/a.erl");
    QCOMPARE(scratch.gitIn(out, {u"rev-parse"_s, u"--abbrev-ref"_s, u"HEAD"_s}), "main");
    QCOMPARE(scratch.gitIn(out, {u"status"_s, u"--porcelain"_s}), "");
    QCOMPARE(scratch.gitIn(out, {u"fsck"_s, u"--strict"_s}), "");
    QVERIFY(QFile::exists(out + u"/src/ü.erl"_s));
    QVERIFY(!QFile::exists(out + u"/bin"_s));
}

void TestHistory::sameInputSameIds()
{
    const ScratchRepository scratch;
    QByteArrayList refs;
    for (const QString &name : {u"one"_s, u"two"_s}) {
        QVERIFY(QDir().mkdir(scratch.beside(name))); // an empty folder is as good as none
        QVERIFY(repo::makeHistory(scratch.beside(name), u"N"_s, u"n@example.org"_s, entries(), {}));
        refs << scratch.gitIn(scratch.beside(name), {u"for-each-ref"_s});
    }
    QVERIFY(!refs[0].isEmpty());
    QCOMPARE(refs[0], refs[1]);
}

void TestHistory::fromResources()
{
    const ScratchRepository scratch;
    const QString list = scratch.beside(u"demo.qrc"_s);
    write(list, QByteArray("<RCC><qresource prefix=\"/demo\"><file alias=\"1/.gitignore\">") +
                    m_sources.filePath(u"1/.gitignore"_s).toUtf8() + "</file><file alias=\"1/src/a.erl\">" +
                    m_sources.filePath(u"1/src/a.erl"_s).toUtf8() + "</file></qresource></RCC>");
    const QString rcc = QLibraryInfo::path(QLibraryInfo::LibraryExecutablesPath) + u"/rcc"_s;
    if (!QFile::exists(rcc))
        QSKIP("rcc is not here.");
    QCOMPARE(QProcess::execute(rcc, {u"--binary"_s, list, u"-o"_s, scratch.beside(u"demo.rcc"_s)}), 0);
    QVERIFY(QResource::registerResource(scratch.beside(u"demo.rcc"_s)));
    const QString out = scratch.beside(u"out"_s);
    const auto made = repo::makeHistory(out, u"N"_s, u"n@example.org"_s,
                                        {{u":/demo/1"_s, u"One"_s, "1", true, u"One"_s, day(1)}}, {});
    QVERIFY2(made, made ? "" : qPrintable(made.error().words() + made.error().detail));
    QCOMPARE(scratch.gitIn(out, {u"ls-tree"_s, u"-r"_s, u"--format=%(objectmode) %(path)"_s, u"1"_s}),
             "100644 .gitignore\n100644 src/a.erl");
    QCOMPARE(scratch.gitIn(out, {u"status"_s, u"--porcelain"_s}), "");
    QVERIFY(QResource::unregisterResource(scratch.beside(u"demo.rcc"_s)));
}

void TestHistory::refuses()
{
    const ScratchRepository scratch;
    write(scratch.beside(u"full/.hidden"_s), "x");
    const auto full = repo::makeHistory(scratch.beside(u"full"_s), u"N"_s, u"n@x"_s, entries(), {});
    QVERIFY(!full);
    QCOMPARE(full.error().code, u"repo.exists"_s);
    QVERIFY(QFile::exists(scratch.beside(u"full/.hidden"_s)));
    QCOMPARE(
        repo::makeHistory(scratch.beside(u"full/.hidden"_s), u"N"_s, u"n@x"_s, entries(), {}).error().code,
        u"repo.exists"_s);
    QVERIFY(!repo::makeHistory(scratch.beside(u"full/.hidden/below"_s), u"N"_s, u"n@x"_s, entries(), {}));
}

void TestHistory::leavesNothingBehind()
{
    const ScratchRepository scratch;
    QVERIFY(QDir().mkdir(scratch.beside(u"there"_s)));
    QList<QPair<QList<HistoryEntry>, QString>> cases;
    cases << QPair(entries(), u"repo.no-such-directory"_s) << QPair(entries(), u"repo.bad-history"_s)
          << QPair(entries(), u"repo.history"_s);
    cases[0].first[1].tree = m_sources.filePath(u"none"_s);
    cases[1].first[1].date = {};
    cases[2].first[1].tag = "not a..tag";
    for (const auto &[bad, code] : std::as_const(cases)) {
        for (const QString &name : {u"there"_s, u"new"_s}) {
            const auto made = repo::makeHistory(scratch.beside(name), u"N"_s, u"n@x"_s, bad, {});
            QVERIFY(!made);
            QCOMPARE(made.error().code, code);
        }
        QVERIFY(
            QDir(scratch.beside(u"there"_s)).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
        QVERIFY(!QFile::exists(scratch.beside(u"new"_s)));
    }
    std::stop_source stop;
    const JobContext context(stop.get_token(), {[&](const Progress &p) {
                                                    if (p.done == 1)
                                                        stop.request_stop();
                                                },
                                                {}});
    const auto cancelled = repo::makeHistory(scratch.beside(u"new"_s), u"N"_s, u"n@x"_s, entries(), context);
    QVERIFY(!cancelled);
    QVERIFY(cancelled.error().isCancelled());
    QVERIFY(!QFile::exists(scratch.beside(u"new"_s)));
}

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"

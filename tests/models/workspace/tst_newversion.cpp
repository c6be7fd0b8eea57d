// SPDX-License-Identifier: GPL-3.0-or-later
// What a new version is made of, on real repositories.
#include "models/workspace/newversion.h"

#include "tests/support/scratchrepository.h"

#include <QFile>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::workspace;
using test::ScratchRepository;
using versions::LockstepApps;

class TestNewVersion final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void seesWhatChanged_data();
    void seesWhatChanged();
    void lastIsInHistory();
    void proposes_data();
    void proposes();
    void plans();
    void namesTheTagAsTheOthers_data();
    void namesTheTagAsTheOthers();
    void obstacles_data();
    void obstacles();
    void remarks();
    void costs();
    void makes();
    void withoutCommit();

private:
    using Change = std::function<void(ScratchRepository &)>;
    static void prepare(ScratchRepository &scratch, const QString &tag = u"v1.0.0"_s);
    static NewVersionStart startOf(const ScratchRepository &scratch);

    QTemporaryDir m_home;
};

void TestNewVersion::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8()); // libgit2 reads the configuration there
    qunsetenv("XDG_CONFIG_HOME");
}

void TestNewVersion::prepare(ScratchRepository &scratch, const QString &tag)
{
    scratch.git({u"config"_s, u"user.name"_s, u"Tess Tagger"_s});
    scratch.git({u"config"_s, u"user.email"_s, u"tess@example.org"_s});
    for (const char *name : {"one", "two", "three"}) {
        const QString app = QString::fromLatin1(name);
        scratch.write(u"apps/%1/src/%1.app.src"_s.arg(app),
                      "{application, " + QByteArray(name) + ",\n [{vsn, \"1.0.0\"}, % keep\n  {env, []}]}.\n");
        scratch.write(u"apps/%1/src/%1.erl"_s.arg(app), "-module(" + QByteArray(name) + ").\n");
    }
    scratch.write(u"apps/one/include/one.hrl"_s, "-record(one, {a}).\n");
    scratch.write(u"apps/two/include/two.hrl"_s, "-include_lib(\"one/include/one.hrl\").\n");
    scratch.write(u"apps/three/src/three.erl"_s, "-module(three).\n-include_lib(\"two/include/two.hrl\").\n");
    scratch.write(u"rebar.config"_s, "{relx, [{release, {demo, \"1.0.0\"}, [one, two, three]}]}.\n");
    scratch.commit();
    scratch.tag(tag, u"First"_s);
}

NewVersionStart TestNewVersion::startOf(const ScratchRepository &scratch)
{
    const auto project = loadProject(scratch.path(), {});
    if (!project)
        qFatal("%s", qPrintable(project.error().words()));
    auto start = readNewVersion(*project, {});
    if (!start)
        qFatal("%s", qPrintable(start.error().words()));
    return *std::move(start);
}

void TestNewVersion::seesWhatChanged_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("changes");
    QTest::newRow("nothing") << Change([](ScratchRepository &) {}) << QString();
    QTest::newRow("a module") << Change([](ScratchRepository &scratch) {
        scratch.write(u"apps/two/src/two.erl"_s, "-module(two).\nf() -> 1.\n");
    }) << u"two: 1 module changed"_s;
    QTest::newRow("a private file") << Change([](ScratchRepository &scratch) { scratch.write(u"apps/two/priv/x"_s, "1"); })
                                    << u"two: 1 other file"_s;
    QTest::newRow("a header, and who includes it by another one") << Change([](ScratchRepository &scratch) {
        scratch.write(u"apps/one/include/one.hrl"_s, "-record(one, {a, b}).\n");
    }) << u"one: 1 other file, three: includes two.hrl, which changed, two: includes one.hrl, which changed"_s;
    QTest::newRow("the environment") << Change([](ScratchRepository &scratch) {
        scratch.write(u"apps/one/src/one.app.src"_s, "{application, one, [{vsn, \"1.0.0\"}, {env, [{x, 1}]}]}.\n");
    }) << u"one: its .app.src changed"_s;
    QTest::newRow("the vsn alone") << Change([](ScratchRepository &scratch) {
        scratch.write(u"apps/one/src/one.app.src"_s, "{application, one, [{vsn, \"1.1.0\"}, {env, []}]}.\n");
    }) << QString();
    QTest::newRow("an appup, tests, papers") << Change([](ScratchRepository &scratch) {
        scratch.write(u"apps/one/src/one.appup.src"_s, "{\"{{vsn}}\", [], []}.\n");
        scratch.write(u"apps/one/test/one_tests.erl"_s, "-module(one_tests).\n");
        scratch.write(u"README.md"_s, "x\n");
    }) << QString();
    QTest::newRow("a new application") << Change([](ScratchRepository &scratch) {
        scratch.write(u"apps/four/src/four.app.src"_s, "{application, four, [{vsn, \"0.1\"}]}.\n");
    }) << u"four: new"_s;
}

void TestNewVersion::seesWhatChanged()
{
    QFETCH(const Change, change);
    ScratchRepository scratch;
    prepare(scratch);
    change(scratch);
    scratch.commit();
    QStringList changes;
    for (const versions::LockstepApp &app : startOf(scratch).project.apps) {
        if (!app.changes.isEmpty())
            changes += app.name + u": "_s + app.changes;
    }
    QTEST(changes.join(u", "_s), "changes");
}

// Neither what is on another branch counts, nor what is no version.
void TestNewVersion::lastIsInHistory()
{
    ScratchRepository scratch;
    prepare(scratch);
    scratch.git({u"checkout"_s, u"--quiet"_s, u"-b"_s, u"next"_s});
    scratch.commit();
    scratch.tag(u"v2.0.0"_s);
    scratch.git({u"checkout"_s, u"--quiet"_s, u"main"_s});
    scratch.commit();
    scratch.tag(u"stable"_s);
    const NewVersionStart start = startOf(scratch);
    QCOMPARE(start.last->tag.name, "v1.0.0"_ba);
    QCOMPARE(start.proposals, (QStringList{u"1.0.1"_s, u"1.1.0"_s}));
    QCOMPARE(start.branch, u"main"_s);
}

void TestNewVersion::proposes_data()
{
    QTest::addColumn<QByteArray>("release");
    QTest::addColumn<QString>("proposals");
    QTest::newRow("steps") << "\"1.0.0\""_ba << u"1.0.1 1.1.0 2.0.0"_s;
    QTest::newRow("what the release says already") << "\"1.1.0\""_ba << u"1.1.0 1.0.1 2.0.0"_s;
    QTest::newRow("not what it has long been") << "\"0.9\""_ba << u"1.0.1 1.1.0 2.0.0"_s;
    QTest::newRow("git") << "git"_ba << u"1.0.1 1.1.0 2.0.0"_s;
}

void TestNewVersion::proposes()
{
    QFETCH(const QByteArray, release);
    ScratchRepository scratch;
    prepare(scratch);
    scratch.write(u"rebar.config"_s, "{relx, [{release, {demo, " + release + "}, [one]}]}.\n");
    scratch.commit();
    QTEST(startOf(scratch).proposals.join(u' '), "proposals");
}

void TestNewVersion::plans()
{
    ScratchRepository scratch;
    prepare(scratch);
    scratch.write(u"apps/two/src/two.erl"_s, "-module(two).\nf() -> 1.\n");
    scratch.commit();
    const NewVersionStart start = startOf(scratch);
    const NewVersionPlan plan = planNewVersion(start, {u"1.1.0"_s, {}});
    QVERIFY2(!plan.obstacle, plan.obstacle ? qPrintable(plan.obstacle->words()) : "");
    QCOMPARE(plan.work.name, "v1.1.0"_ba);
    QCOMPARE(plan.work.message, u"Version 1.1.0"_s);
    QCOMPARE(plan.work.commitMessage, u"Version 1.1.0\n\nSets the vsn of two."_s);
    QByteArray diff;
    for (const repo::DiffLine &line : linesOf(plan))
        diff += "~+- ="[static_cast<int>(line.kind)] + line.text + '\n';
    QCOMPARE(diff, "=apps/two/src/two.app.src\n"
                   "~{application, two,\n"
                   "- [{vsn, \"1.0.0\"}, % keep\n"
                   "+ [{vsn, \"1.1.0\"}, % keep\n"
                   "~  {env, []}]}.\n"
                   "=rebar.config\n"
                   "-{relx, [{release, {demo, \"1.0.0\"}, [one, two, three]}]}.\n"
                   "+{relx, [{release, {demo, \"1.1.0\"}, [one, two, three]}]}.\n"_ba);
    QCOMPARE(planNewVersion(start, {u"1.1.0"_s, {}, LockstepApps::All}).work.files.size(), 4);
    QCOMPARE(planNewVersion(start, {u"1.1.0"_s, {}, LockstepApps::Chosen, {u"one"_s}}).work.files.size(), 2);
}

void TestNewVersion::namesTheTagAsTheOthers_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QByteArray>("tag");
    QTest::newRow("v") << u"v1.0.0"_s << u"1.1.0"_s << "v1.1.0"_ba;
    QTest::newRow("v, given") << u"v1.0.0"_s << u"v1.1.0"_s << "v1.1.0"_ba;
    QTest::newRow("none") << u"1.0.0"_s << u" 1.1.0 "_s << "1.1.0"_ba;
    QTest::newRow("none, v given") << u"1.0.0"_s << u"v1.1.0"_s << "1.1.0"_ba;
    QTest::newRow("folder") << u"release/1.0.0"_s << u"1.1.0"_s << "release/1.1.0"_ba;
    QTest::newRow("folder, given") << u"release/1.0.0"_s << u"release/1.1.0"_s << "release/1.1.0"_ba;
}

void TestNewVersion::namesTheTagAsTheOthers()
{
    QFETCH(const QString, first);
    QFETCH(const QString, version);
    ScratchRepository scratch;
    prepare(scratch, first);
    const NewVersionPlan plan = planNewVersion(startOf(scratch), {version, {}, LockstepApps::All});
    QTEST(plan.work.name, "tag");
    QVERIFY(plan.work.files.first().contents.contains("\"1.1.0\""));
}

void TestNewVersion::obstacles_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("code");
    const Change nothing([](ScratchRepository &) {});
    QTest::newRow("there already") << nothing << u"1.0.0"_s << u"project.version-exists"_s;
    QTest::newRow("not for rebar3") << nothing << u"1.0;x"_s << u"versions.name"_s;
    QTest::newRow("empty") << nothing << QString() << u"versions.name"_s;
    QTest::newRow("not for git") << nothing << u"1..0"_s << u"repo.tag-name"_s;
    QTest::newRow("detached") << Change([](ScratchRepository &scratch) {
        scratch.git({u"checkout"_s, u"--quiet"_s, u"--detach"_s});
    }) << u"2.0.0"_s << u"repo.detached"_s;
    QTest::newRow("my own change") << Change([](ScratchRepository &scratch) {
        scratch.write(u"apps/one/src/one.app.src"_s, "{application, one, [{vsn, \"1.0.0\"}, {env, [{x, 1}]}]}.\n");
    }) << u"2.0.0"_s << u"repo.uncommitted"_s;
    QTest::newRow("nobody") << Change([](ScratchRepository &scratch) {
        scratch.git({u"config"_s, u"--unset"_s, u"user.name"_s});
    }) << u"2.0.0"_s << u"repo.no-identity"_s;
}

void TestNewVersion::obstacles()
{
    QFETCH(const Change, change);
    QFETCH(const QString, version);
    ScratchRepository scratch;
    prepare(scratch);
    change(scratch);
    const NewVersionStart start = startOf(scratch);
    const NewVersionPlan plan = planNewVersion(start, {version, {}, LockstepApps::All});
    QVERIFY(plan.obstacle);
    QTEST(plan.obstacle->code, "code");
    QVERIFY(!makeNewVersion(start, plan, {}));
}

void TestNewVersion::remarks()
{
    ScratchRepository scratch;
    prepare(scratch);
    scratch.write(u"apps/two/src/two.erl"_s, "-module(two).\nf() -> 1.\n");
    scratch.commit();
    scratch.write(u"notes"_s, "x");
    const NewVersionStart start = startOf(scratch);
    const QString some = planNewVersion(start, {u"0.9"_s, {}, LockstepApps::Chosen}).remarks.join(u'\n');
    QVERIFY2(some.contains(u"keeping the old vsn: two."), qPrintable(some));
    QVERIFY2(some.contains(u"0.9 is older than v1.0.0"), qPrintable(some));
    QVERIFY2(some.contains(u"One changed or new file"), qPrintable(some));
    QCOMPARE(planNewVersion(start, {u"1.1.0"_s, {}}).remarks.size(), 1);
}

void TestNewVersion::costs()
{
    ScratchRepository scratch;
    prepare(scratch);
    scratch.write(u"apps/two/src/two.erl"_s, "-module(two).\nf() -> 1.\n");
    scratch.commit();
    const NewVersionStart start = startOf(scratch);
    QVERIFY(start.cost(LockstepApps::Changed).startsWith(u"1 application changed since v1.0.0: two. "));
    QVERIFY(start.cost(LockstepApps::Changed).endsWith(u"The other 2 keep their own, and nothing of them is loaded."));
    QVERIFY(start.cost(LockstepApps::All).startsWith(u"1 of 3 applications changed. All get the vsn"));
}

void TestNewVersion::makes()
{
    ScratchRepository scratch;
    prepare(scratch);
    scratch.write(u"apps/two/src/two.erl"_s, "-module(two).\nf() -> 1.\n");
    scratch.commit();
    const NewVersionStart start = startOf(scratch);
    const NewVersionPlan plan = planNewVersion(start, {u"1.1.0"_s, u"The second\n\nWith words."_s});
    const auto made = makeNewVersion(start, plan, {});
    QVERIFY2(made, made ? "" : qPrintable(made.error().words()));
    const auto project = loadProject(scratch.path(), {});
    const auto version = project->find(u"v1.1.0"_s);
    QCOMPARE(version->tag.message, u"The second\n\nWith words."_s);
    QCOMPARE(version->app(u"one")->vsn, u"1.0.0"_s);
    QCOMPARE(version->app(u"two")->vsn, u"1.1.0"_s);
    QCOMPARE(version->release, u"1.1.0"_s);
    QCOMPARE(scratch.git({u"status"_s, u"--porcelain"_s}), QByteArray());
    // Somebody commits between the look and the deed.
    const NewVersionPlan second = planNewVersion(startOf(scratch), {u"1.2.0"_s, {}, LockstepApps::All});
    const NewVersionStart before = startOf(scratch);
    scratch.commit();
    QCOMPARE(makeNewVersion(before, second, {}).error().code, u"repo.head-moved"_s);
}

void TestNewVersion::withoutCommit()
{
    ScratchRepository scratch;
    const auto project = loadProject(scratch.path(), {});
    QCOMPARE(readNewVersion(*project, {}).error().code, u"project.no-commit"_s);
}

QTEST_GUILESS_MAIN(TestNewVersion)
#include "tst_newversion.moc"

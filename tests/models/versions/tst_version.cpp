// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/version.h"

#include "models/jobs/process.h"
#include "tests/support/scratchrepository.h"

#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using repo::Repository;
using test::ScratchRepository;
using versions::AppSource;
using versions::Version;

namespace {

QByteArray appSrc(const QByteArray &name, const QByteArray &vsn)
{
    return "{application, " + name + ", [{vsn, " + vsn + "}, {applications, [kernel, stdlib]}]}.\n";
}

QList<Version> load(const ScratchRepository &scratch)
{
    const auto repository = Repository::open(scratch.path());
    if (!repository)
        return {};
    const auto versions = versions::loadVersions(*repository, {});
    return versions ? *versions : QList<Version>();
}

QStringList shown(const Version &version)
{
    QStringList lines;
    for (const AppSource &app : version.apps)
        lines << app.name + u' ' + app.vsn + u' ' + QString::fromUtf8(app.directory) + u' ' +
                     QString::fromUtf8(app.appupPath);
    return lines;
}

} // namespace

class TestVersion final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void none();
    void findsApplications();
    void resolvesVsn_data();
    void resolvesVsn();
    void prefersTheAppupSource();
    void aBadFileDoesNotSpoilTheList();
    void missingObjectsDoNotSpoilTheList();
    void newestFirst();
    void agreesWithRebar3_data();
    void agreesWithRebar3();
    void demoLikeHistoryIsQuick();
    void releaseVersions();
    void otherTagsOfACommit();
    void cancels();

private:
    QTemporaryDir m_home;
};

void TestVersion::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8());
    qunsetenv("XDG_CONFIG_HOME");
}

void TestVersion::none()
{
    ScratchRepository scratch;
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    const auto unborn = versions::loadVersions(*repository, {});
    QVERIFY(unborn);
    QVERIFY(unborn->isEmpty());
    scratch.commit();
    const auto untagged = versions::loadVersions(*repository, {});
    QVERIFY(untagged);
    QVERIFY(untagged->isEmpty());
}

void TestVersion::findsApplications()
{
    ScratchRepository scratch;
    scratch.write(u"src/top.app.src"_s, appSrc("top", "\"0.1\""));
    scratch.write(u"apps/tally/src/tally.app.src"_s, appSrc("tally", "\"1.0\""));
    scratch.write(u"apps/tally/src/tally.appup"_s, "{}.\n");
    scratch.write(u"apps/empty/README"_s, "no source\n");
    scratch.write(u"apps/deep/er/src/deep.app.src"_s, appSrc("deep", "\"1.0\""));
    scratch.write(u"lib/aux/src/aux.app.src"_s, appSrc("aux", "\"3\""));
    scratch.write(u"lib/aux/ebin/aux.appup"_s, "{}.\n");
    scratch.write(u"deps/other/src/other.app.src"_s, appSrc("other", "\"9\""));
    scratch.write(u"apps/file"_s, "x\n");
    scratch.commit();
    scratch.tag(u"v1.0"_s);
    scratch.write(u"apps/tally/src/tally.app.src"_s, appSrc("tally", "\"1.1\""));
    QVERIFY(QFile::remove(scratch.path(u"src/top.app.src"_s)));
    scratch.commit();
    scratch.tag(u"v1.1"_s);

    const QList<Version> versions = load(scratch);
    QCOMPARE(versions.size(), 2);
    QCOMPARE(versions[0].version, u"1.1"_s);
    QCOMPARE(versions[0].tag.name, "v1.1");
    QCOMPARE(shown(versions[0]), QStringList({u"aux 3 lib/aux lib/aux/ebin/aux.appup"_s,
                                              u"tally 1.1 apps/tally apps/tally/src/tally.appup"_s}));
    QCOMPARE(shown(versions[1]),
             QStringList({u"aux 3 lib/aux lib/aux/ebin/aux.appup"_s,
                          u"tally 1.0 apps/tally apps/tally/src/tally.appup"_s, u"top 0.1  "_s}));
    QVERIFY(versions[1].app(u"top"));
    QVERIFY(!versions[0].app(u"top"));
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    QVERIFY(repository->fileAt(versions[0].tag.commit, versions[0].app(u"aux")->appupPath)->has_value());
}

void TestVersion::resolvesVsn_data()
{
    QTest::addColumn<QByteArray>("vsn");
    QTest::addColumn<QString>("expected"); // SHORT and LONG stand for the commit's id
    QTest::newRow("literal") << "\"7.1\""_ba << u"7.1"_s;
    QTest::newRow("git") << "git"_ba << u"1.2.0"_s;
    QTest::newRow("git string") << "\"git\""_ba << u"1.2.0"_s;
    QTest::newRow("semver") << "semver"_ba << u"1.2.0"_s;
    QTest::newRow("short") << "{git, short}"_ba << u"SHORT"_s;
    QTest::newRow("long") << "{git, long}"_ba << u"LONG"_s;
    QTest::newRow("file of the application") << "{file, \"VERSION\"}"_ba << u"5.5"_s;
    QTest::newRow("file of the project") << "{file, \"../../VERSION\"}"_ba << u"6.6"_s;
    QTest::newRow("file outside") << "{file, \"../../../VERSION\"}"_ba << QString();
    QTest::newRow("file at the root") << "{file, \"/etc/hostname\"}"_ba << QString();
    QTest::newRow("file missing") << "{file, \"none\"}"_ba << QString();
    QTest::newRow("command") << "{cmd, \"echo 1\"}"_ba << QString();
    QTest::newRow("nonsense") << "#{}"_ba << QString();
}

void TestVersion::resolvesVsn()
{
    QFETCH(const QByteArray, vsn);
    QFETCH(QString, expected);
    ScratchRepository scratch;
    scratch.write(u"apps/a/src/a.app.src"_s, appSrc("a", vsn));
    scratch.write(u"apps/a/VERSION"_s, " 5.5 \n\n");
    scratch.write(u"VERSION"_s, "6.6\n");
    const QString commit = QString::fromLatin1(scratch.commit());
    scratch.tag(u"v1.2.0"_s);
    const QList<Version> versions = load(scratch);
    QCOMPARE(versions.size(), 1);
    const AppSource *app = versions.first().app(u"a");
    QVERIFY(app);
    QCOMPARE(app->vsn, expected.replace("SHORT"_L1, commit.first(7)).replace("LONG"_L1, commit));
}

void TestVersion::prefersTheAppupSource()
{
    ScratchRepository scratch;
    scratch.write(u"src/a.app.src"_s, appSrc("a", "\"1\""));
    scratch.write(u"ebin/a.appup"_s, "{}.\n");
    scratch.commit();
    scratch.tag(u"1"_s);
    scratch.write(u"src/a.appup"_s, "{}.\n");
    scratch.commit();
    scratch.tag(u"2"_s);
    scratch.write(u"src/a.appup.src"_s, "{}.\n");
    scratch.commit();
    scratch.tag(u"3"_s);
    const QList<Version> versions = load(scratch);
    QCOMPARE(versions.size(), 3);
    QCOMPARE(versions[0].app(u"a")->appupPath, "src/a.appup.src");
    QCOMPARE(versions[1].app(u"a")->appupPath, "src/a.appup");
    QCOMPARE(versions[2].app(u"a")->appupPath, "ebin/a.appup");
}

void TestVersion::aBadFileDoesNotSpoilTheList()
{
    ScratchRepository scratch;
    scratch.write(u"apps/bad/src/bad.app.src"_s, "{application, bad, [{vsn,");
    scratch.write(u"apps/good/src/good.app.src"_s, appSrc("good", "\"2\""));
    scratch.write(u"apps/script/src/script.app.src"_s, appSrc("script", "\"3\""));
    scratch.write(u"apps/script/src/script.app.src.script"_s, "CONFIG.\n");
    scratch.write(u"apps/only/src/only.app.src.script"_s, "CONFIG.\n");
    scratch.write(u"apps/none/src/.app.src"_s, "");
    scratch.commit();
    scratch.tag(u"v1"_s);
    const QList<Version> versions = load(scratch);
    QCOMPARE(versions.size(), 1);
    QCOMPARE(shown(versions[0]), QStringList({u"bad  apps/bad "_s, u"good 2 apps/good "_s,
                                              u"only  apps/only "_s, u"script  apps/script "_s}));
}

void TestVersion::missingObjectsDoNotSpoilTheList()
{
    ScratchRepository scratch;
    scratch.write(u"src/a.app.src"_s, appSrc("a", "\"1\""));
    scratch.commit();
    scratch.tag(u"v1"_s);
    const QString tree = QString::fromLatin1(scratch.git({u"rev-parse"_s, u"HEAD^{tree}"_s}));
    scratch.write(u"src/a.app.src"_s, appSrc("a", "\"2\""));
    scratch.commit();
    scratch.tag(u"v2"_s);
    QVERIFY(QFile::remove(scratch.path(u".git/objects/"_s + tree.first(2) + u'/' + tree.mid(2))));
    const QList<Version> versions = load(scratch);
    QCOMPARE(versions.size(), 2);
    QCOMPARE(versions[0].apps.size(), 1);
    QCOMPARE(versions[1].apps.size(), 0);
}

void TestVersion::newestFirst()
{
    ScratchRepository scratch;
    scratch.commit();
    for (const QString &tag : {u"v1.10.0"_s, u"v1.9.0"_s, u"v2.0.0-rc1"_s, u"release/1.9.1"_s, u"nightly"_s})
        scratch.tag(tag);
    scratch.tag(u"1.9.0"_s, u"The same version, tagged later"_s);
    scratch.commit();
    scratch.tag(u"v2.0.0"_s);
    QStringList names;
    for (const Version &version : load(scratch))
        names << version.tag.text();
    QCOMPARE(names, QStringList({u"v2.0.0"_s, u"v2.0.0-rc1"_s, u"v1.10.0"_s, u"release/1.9.1"_s, u"1.9.0"_s,
                                 u"v1.9.0"_s, u"nightly"_s}));
}

void TestVersion::agreesWithRebar3_data()
{
    QTest::addColumn<QStringList>("tags"); // all at the one commit
    QTest::newRow("one") << QStringList{u"v1.0.0"_s};
    QTest::newRow("candidate and release") << QStringList{u"v1.0.0-rc1"_s, u"v1.0.0"_s};
    QTest::newRow("folder") << QStringList{u"release/v2.0.0"_s};
    QTest::newRow("words") << QStringList{u"version-3"_s, u"beta"_s};
}

void TestVersion::agreesWithRebar3()
{
    QFETCH(const QStringList, tags);
    if (QStandardPaths::findExecutable(u"rebar3"_s).isEmpty())
        QSKIP("rebar3 is not here.");
    ScratchRepository scratch;
    scratch.write(u"src/a.app.src"_s, appSrc("a", "git"));
    scratch.write(u"rebar.config"_s, "{erl_opts, []}.\n");
    scratch.commit();
    for (const QString &tag : tags)
        scratch.tag(tag);
    const QList<Version> versions = load(scratch);
    QCOMPARE(versions.size(), tags.size());
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    for (const Version &version : versions) {
        // Of several tags on a commit a build sees only its own.
        const QString out = scratch.beside(u"out-"_s + version.tag.commit.shortText() + QString::number(qHash(version.tag.name)));
        QVERIFY(repository->checkoutApart(version.tag.commit, out, {}, [&version](const QByteArray &name, const auto &) {
            return name == version.tag.name;
        }));
        const auto built =
            runProcess({.program = u"rebar3"_s, .arguments = {u"compile"_s}, .workingDirectory = out}, {});
        QVERIFY(built);
        QVERIFY2(built->exitCode == 0, built->output.constData());
        QFile app(out + u"/_build/default/lib/a/ebin/a.app"_s);
        QVERIFY(app.open(QIODevice::ReadOnly));
        const QByteArray text = app.readAll();
        QVERIFY2(text.contains(QByteArray("{vsn,\"" + version.app(u"a")->vsn.toUtf8() + "\"}")), text.constData());
    }
}

void TestVersion::demoLikeHistoryIsQuick()
{
    ScratchRepository scratch;
    QByteArray import;
    for (int i = 0; i < 5000; ++i) {
        const QByteArray n = QByteArray::number(i);
        import += "commit refs/heads/main\nmark :" + QByteArray::number(i + 1) +
                  "\ncommitter C <c@d> 1700000000 +0000\ndata 1\nx\n";
        for (int app = 0; i == 0 && app < 10; ++app) {
            const QByteArray name = "app" + QByteArray::number(app);
            const QByteArray text = appSrc(name, app ? "\"1." + n + "\"" : "git"_ba);
            import += "M 100644 inline apps/" + name + "/src/" + name + ".app.src\ndata " +
                      QByteArray::number(text.size()) + '\n' + text;
        }
        const QByteArray text = appSrc("app5", "\"2." + n + "\"");
        import += "M 100644 inline apps/app5/src/app5.app.src\ndata " + QByteArray::number(text.size()) +
                  '\n' + text;
        import += "\nreset refs/tags/v1." + n + "\nfrom :" + QByteArray::number(i + 1) + "\n\ntag v2." + n +
                  "\nfrom :" + QByteArray::number(i + 1) + "\ntagger T <t@u> 1700000000 +0000\ndata 1\nx\n";
    }
    scratch.git({u"fast-import"_s, u"--quiet"_s}, import);
    scratch.git({u"pack-refs"_s, u"--all"_s});
    QElapsedTimer timer;
    timer.start();
    const QList<Version> versions = load(scratch);
    qInfo("10,000 versions of 10 applications: %lld ms", timer.elapsed());
    QCOMPARE(versions.size(), 10'000);
    QCOMPARE(versions.first().version, u"2.4999"_s);
    QCOMPARE(versions.first().app(u"app5")->vsn, u"2.4999"_s);
    QCOMPARE(versions.first().app(u"app0")->vsn, u"2.4999"_s);
    QCOMPARE(versions.last().app(u"app5")->vsn, u"2.0"_s);
    QCOMPARE(versions.last().app(u"app9")->vsn, u"1.0"_s);
}

void TestVersion::releaseVersions()
{
    ScratchRepository scratch;
    const auto commit = [&](const QByteArray &vsn, const QString &tag) {
        scratch.write(u"rebar.config"_s, "{relx, [{release, {demo, " + vsn + "}, [demo, sasl]}]}.\n");
        scratch.commit();
        scratch.tag(tag);
    };
    scratch.write(u"VERSION"_s, "4.5.6\n");
    scratch.commit();
    scratch.tag(u"v0"_s);
    commit("\"7.7.7\"", u"v1"_s);
    commit("git", u"v2"_s);
    commit("{file, \"VERSION\"}", u"v3"_s);
    commit("{cmd, \"date\"}", u"v4"_s);
    scratch.write(u"rebar.config.script"_s, "CONFIG.\n");
    commit("\"7.7.7\"", u"v5"_s);
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    const auto versions = versions::loadVersions(*repository, {});
    QVERIFY(versions);
    QStringList releases;
    for (const Version &version : *versions)
        releases += version.release ? version.tag.text() + u'=' + *version.release : version.tag.text();
    QCOMPARE(releases, (QStringList{u"v5="_s, u"v4="_s, u"v3=4.5.6"_s, u"v2=2"_s, u"v1=7.7.7"_s, u"v0"_s}));
}

void TestVersion::otherTagsOfACommit()
{
    ScratchRepository scratch;
    scratch.commit();
    scratch.tag(u"v1"_s);
    scratch.commit();
    scratch.tag(u"v2"_s);
    scratch.tag(u"stable"_s, u"Annotated"_s);
    scratch.commit();
    for (int i = 0; i < 40; ++i)
        scratch.tag(u"v3."_s + QString::number(i));
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    const auto versions = versions::loadVersions(*repository, {});
    QVERIFY(versions);
    const auto at = [&](QStringView tag) { return versions->at(versions::rowOfTag(*versions, tag)); };
    QCOMPARE(at(u"v1").otherTags, QByteArrayList());
    QCOMPARE(at(u"v1").otherTagCount, 0);
    QCOMPARE(at(u"v2").otherTags, QByteArrayList{"stable"});
    QCOMPARE(at(u"stable").otherTags, QByteArrayList{"v2"});
    QCOMPARE(at(u"v3.0").otherTags, (QByteArrayList{"v3.1", "v3.10", "v3.11"}));
    QCOMPARE(at(u"v3.9").otherTags, (QByteArrayList{"v3.0", "v3.1", "v3.10"}));
    QCOMPARE(at(u"v3.9").otherTagCount, 39);
}

void TestVersion::cancels()
{
    ScratchRepository scratch;
    scratch.commit();
    scratch.tag(u"v1"_s);
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    std::stop_source stop;
    const JobContext context(stop.get_token(), {[&](const Progress &) { stop.request_stop(); }, {}});
    scratch.tag(u"v2"_s);
    const auto versions = versions::loadVersions(*repository, context);
    QVERIFY(!versions);
    QVERIFY(versions.error().isCancelled());
}

QTEST_GUILESS_MAIN(TestVersion)
#include "tst_version.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/vsnsource.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover::versions;

class TestVsnSource final : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void readsOddFiles_data();
    void readsOddFiles();
    void releases_data();
    void releases();
    void tags_data();
    void tags();
};

void TestVsnSource::reads_data()
{
    using Kind = VsnSource::Kind;
    QTest::addColumn<QByteArray>("vsn");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *vsn, Kind kind, const QString &text = {}) {
        QTest::newRow(vsn) << QByteArray(vsn) << static_cast<int>(kind) << text;
    };
    row("\"1.2.3\"", Kind::Text, u"1.2.3"_s);
    row("\"größe\"", Kind::Text, u"größe"_s);
    row("[$1,$.,$0]", Kind::Text, u"1.0"_s);
    row("<<\"1.0\">>", Kind::Text, u"1.0"_s);
    row("\"\"", Kind::Text);
    row("git", Kind::GitTag);
    row("\"git\"", Kind::GitTag);
    row("semver", Kind::GitTag);
    row("\"semver\"", Kind::GitTag);
    row("{git, short}", Kind::GitShort);
    row("{git, long}", Kind::GitLong);
    row("{git, other}", Kind::GitTag);
    row("{file, \"VERSION\"}", Kind::File, u"VERSION"_s);
    row("{file, other}", Kind::Unknown);
    row("{cmd, \"git describe\"}", Kind::Unknown);
    row("hg", Kind::Unknown);
    row("17", Kind::Unknown);
    row("{git, short, x}", Kind::Unknown);
}

void TestVsnSource::reads()
{
    QFETCH(const QByteArray, vsn);
    QFETCH(const int, kind);
    QFETCH(const QString, text);
    const QByteArray file = "%% -*- erlang -*-\n{application, tally,\n [{description, \"vsn\"},\n  {vsn, " +
                            vsn + "},\n  {vsn, \"second\"}, {applications, [kernel]}]}.\n";
    const VsnSource source = readVsnSource(file);
    QCOMPARE(static_cast<int>(source.kind), kind);
    QCOMPARE(source.text, text);
}

void TestVsnSource::readsOddFiles_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut short") << QByteArray("{application, a, [{vsn, \"1.0");
    QTest::newRow("no application") << QByteArray("{release, a, [{vsn, \"1.0\"}]}.");
    QTest::newRow("no list") << QByteArray("{application, a, vsn}.");
    QTest::newRow("no vsn") << QByteArray("{application, a, [{description, \"x\"}, vsn]}.");
    QTest::newRow("string for a list") << QByteArray("{application, a, \"vsn\"}.");
    QTest::newRow("binary") << QByteArray("\0\xff\xfe", 3);
    QTest::newRow("deep") << QByteArray("{application, a, ") + QByteArray(100'000, '[');
}

void TestVsnSource::readsOddFiles()
{
    QFETCH(const QByteArray, file);
    QCOMPARE(readVsnSource(file), VsnSource());
}

void TestVsnSource::releases_data()
{
    using Kind = VsnSource::Kind;
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<int>("kind"); // -1: no release
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QByteArray &config, int kind, const QString &text = {}) {
        QTest::newRow(name) << config << kind << text;
    };
    row("text", "{erl_opts, []}.\n{relx, [{release, {tally, \"1.2.0\"}, [tally, sasl]}]}.", int(Kind::Text), u"1.2.0"_s);
    row("git", "{relx, [{release, {tally, git}, [tally]}]}.", int(Kind::GitTag));
    row("semver, with options", "{relx, [{dev_mode, false}, {release, {tally, \"semver\"}, [tally], [{mode, prod}]}]}.", int(Kind::GitTag));
    row("short", "{relx, [{release, {tally, {git, short}}, [tally]}]}.", int(Kind::GitShort));
    row("file", "{relx, [{release, {tally, {file, \"VERSION\"}}, [tally]}]}.", int(Kind::File), u"VERSION"_s);
    row("command", "{relx, [{release, {tally, {cmd, \"date\"}}, [tally]}]}.", int(Kind::Unknown));
    row("of a profile", "{profiles, [{test, [{deps, []}]}, {prod, [{relx, [{release, {t, \"3\"}, [t]}]}]}]}.", int(Kind::Text), u"3"_s);
    row("two alike", "{relx, [{release, {a, \"2\"}, [a]}, {release, {b, \"2\"}, [b]}]}.", int(Kind::Text), u"2"_s);
    row("two that differ", "{relx, [{release, {a, \"2\"}, [a]}, {release, {b, \"3\"}, [b]}]}.", int(Kind::Unknown));
    row("no release", "{relx, [{dev_mode, true}]}.", -1);
    row("no relx", "{deps, []}.", -1);
    row("empty", "", -1);
    row("broken", "{relx, [", int(Kind::Unknown));
    row("odd", "{relx, release}. {profiles, 7}. {relx, [{release, x, y}]}.", -1);
}

void TestVsnSource::releases()
{
    QFETCH(const QByteArray, config);
    QFETCH(const int, kind);
    QFETCH(const QString, text);
    const auto source = readReleaseVsn(config);
    QCOMPARE(source ? static_cast<int>(source->kind) : -1, kind);
    QCOMPARE(source ? source->text : QString(), text);
}

void TestVsnSource::tags_data()
{
    QTest::addColumn<QByteArray>("tag");
    QTest::addColumn<QString>("rebar3"); // as rebar3 3.24 makes it
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *tag, const QString &rebar3, const QString &shown) {
        QTest::newRow(tag) << QByteArray(tag) << rebar3 << shown;
    };
    row("1.0.0", u"1.0.0"_s, u"1.0.0"_s);
    row("v1.0.0", u"1.0.0"_s, u"1.0.0"_s);
    row("V1.0.0", u"V1.0.0"_s, u"V1.0.0"_s);
    row("v", u"v"_s, u"v"_s);
    row("version-3", u"ersion-3"_s, u"version-3"_s);
    row("release/2.0.0", u"2.0.0"_s, u"2.0.0"_s);
    row("release/v2.0.0", u"v2.0.0"_s, u"2.0.0"_s);
    row("vendor/1.0", u"1.0"_s, u"1.0"_s);
    row("a)b,c", QString(), u"a)b,c"_s);
    row("tally-1.0", u"tally-1.0"_s, u"tally-1.0"_s);
}

void TestVsnSource::tags()
{
    QFETCH(const QByteArray, tag);
    QFETCH(const QString, rebar3);
    QFETCH(const QString, shown);
    QCOMPARE(gitVsn(tag), rebar3);
    QCOMPARE(versionOfTag(tag), shown);
}

QTEST_GUILESS_MAIN(TestVsnSource)
#include "tst_vsnsource.moc"

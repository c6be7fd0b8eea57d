// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/lockstep.h"
#include "models/versions/nextversion.h"
#include "models/versions/vsnedit.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::versions;

class TestLockstep final : public QObject
{
    Q_OBJECT

private slots:
    void nextVersions_data();
    void nextVersions();
    void prefixes_data();
    void prefixes();
    void names_data();
    void names();
    void editsVsn_data();
    void editsVsn();
    void editsRelease_data();
    void editsRelease();
    void differences_data();
    void differences();
    void fates_data();
    void fates();
    void files();
    void releases_data();
    void releases();
    void unknownApps();
};

void TestLockstep::nextVersions_data()
{
    QTest::addColumn<QString>("last");
    QTest::addColumn<QString>("next");
    QTest::newRow("none") << QString() << u"0.1.0 1.0.0"_s;
    QTest::newRow("no version") << u"stable"_s << u"0.1.0 1.0.0"_s;
    QTest::newRow("three parts") << u"1.4.2"_s << u"1.4.3 1.5.0 2.0.0"_s;
    QTest::newRow("two parts") << u"1.9"_s << u"1.10 2.0"_s;
    QTest::newRow("one part") << u"99"_s << u"100"_s;
    QTest::newRow("many parts") << u"1.2.3.4.5"_s << u"1.2.3.5.0 1.2.4.0.0 1.3.0.0.0 2.0.0.0.0"_s;
    QTest::newRow("long numbers") << u"1.99999999999999999999"_s << u"1.100000000000000000000 2.0"_s;
    QTest::newRow("candidate") << u"2.0.0-rc.9"_s << u"2.0.0-rc.10 2.0.0"_s;
    QTest::newRow("word") << u"2.0.0-beta"_s << u"2.0.0"_s;
    QTest::newRow("build") << u"2.0.0+17"_s << u"2.0.1 2.1.0 3.0.0"_s;
    QTest::newRow("with v") << u"v1.0"_s << u"1.1 2.0"_s;
}

void TestLockstep::nextVersions()
{
    QFETCH(const QString, last);
    QTEST(versions::nextVersions(last).join(u' '), "next");
}

void TestLockstep::prefixes_data()
{
    QTest::addColumn<QByteArray>("tag");
    QTest::addColumn<QByteArray>("prefix");
    QTest::newRow("none") << "1.0.0"_ba << ""_ba;
    QTest::newRow("v") << "v1.0.0"_ba << "v"_ba;
    QTest::newRow("folder") << "release/v1.0"_ba << "release/v"_ba;
    QTest::newRow("no version") << "stable"_ba << ""_ba;
    QTest::newRow("no tag") << ""_ba << ""_ba;
}

void TestLockstep::prefixes()
{
    QFETCH(const QByteArray, tag);
    QTEST(tagPrefix(tag), "prefix");
}

void TestLockstep::names_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("valid");
    QTest::newRow("numbers") << u"1.0.0"_s << true;
    QTest::newRow("all signs") << u"1.0-rc_1+b"_s << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("blank") << u"1 0"_s << false;
    QTest::newRow("shell") << u"1.0;rm"_s << false;
    QTest::newRow("substitution") << u"$(x)"_s << false;
    QTest::newRow("option") << u"-1"_s << false;
    QTest::newRow("hidden") << u".1"_s << false;
    QTest::newRow("folder") << u"a/1"_s << false;
    QTest::newRow("umlaut") << u"1.ü"_s << false;
}

void TestLockstep::names()
{
    QFETCH(const QString, version);
    QTEST(checkVersionName(version).has_value(), "valid");
}

void TestLockstep::editsVsn_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after"); // empty: refused
    QTest::newRow("plain") << "{application, a, [{vsn, \"1.0\"}]}.\n"_ba << "{application, a, [{vsn, \"2.0\"}]}.\n"_ba;
    QTest::newRow("comments, tabs, CRLF, text behind")
        << "%% \"1.0\"\r\n{application,a,\r\n\t[ {description,\"1.0\"},\t% {vsn, \"1.0\"}\r\n\t  {vsn ,\t\"1.0\" },%x\r\n {mod,{a,[]}}]} .\r\n%% end"_ba
        << "%% \"1.0\"\r\n{application,a,\r\n\t[ {description,\"1.0\"},\t% {vsn, \"1.0\"}\r\n\t  {vsn ,\t\"2.0\" },%x\r\n {mod,{a,[]}}]} .\r\n%% end"_ba;
    QTest::newRow("binary") << "{application, a, [{vsn, <<\"1.0\">>}]}."_ba << "{application, a, [{vsn, <<\"2.0\">>}]}."_ba;
    QTest::newRow("Latin-1") << "%% coding: latin-1\n{application, a, [{author, \"J\xfcrgen\"}, {vsn, \"1.0\"}]}.\n"_ba
                             << "%% coding: latin-1\n{application, a, [{author, \"J\xfcrgen\"}, {vsn, \"2.0\"}]}.\n"_ba;
    QTest::newRow("git") << "{application, a, [{vsn, git}]}."_ba << QByteArray();
    QTest::newRow("command") << "{application, a, [{vsn, {cmd, \"date\"}}]}."_ba << QByteArray();
    QTest::newRow("none") << "{application, a, []}."_ba << QByteArray();
    QTest::newRow("no term") << "{application"_ba << QByteArray();
}

void TestLockstep::editsVsn()
{
    QFETCH(const QByteArray, before);
    QTEST(withVsn(before, u"2.0"_s).value_or(QByteArray()), "after");
}

void TestLockstep::editsRelease_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("plain") << "{erl_opts, []}.\n{relx, [{release, {a, \"1.0\"},\n  [a]}, {dev_mode, false}]}. % x\n"_ba
                           << "{erl_opts, []}.\n{relx, [{release, {a, \"2.0\"},\n  [a]}, {dev_mode, false}]}. % x\n"_ba;
    QTest::newRow("two, one in a profile")
        << "{relx,[{release,{a,\"1.0\"},[a]}]}.\n{profiles,[{prod,[{relx,[{release,{a,\"1.0\"},[a],[x]}]}]}]}.\n"_ba
        << "{relx,[{release,{a,\"2.0\"},[a]}]}.\n{profiles,[{prod,[{relx,[{release,{a,\"2.0\"},[a],[x]}]}]}]}.\n"_ba;
    QTest::newRow("git") << "{relx,[{release,{a,git},[a]}]}."_ba << QByteArray();
    QTest::newRow("none") << "{erl_opts, []}."_ba << QByteArray();
}

void TestLockstep::editsRelease()
{
    QFETCH(const QByteArray, before);
    QTEST(withReleaseVsn(before, u"2.0"_s).value_or(QByteArray()), "after");
}

void TestLockstep::differences_data()
{
    QTest::addColumn<QByteArray>("older");
    QTest::addColumn<QByteArray>("newer");
    QTest::addColumn<bool>("differ");
    QTest::newRow("the vsn") << "{application, a, [{vsn, \"1\"}]}."_ba << "{application, a, [{vsn, \"2\"}]}."_ba << false;
    QTest::newRow("comments") << "{application, a, [{vsn, git}]}. % 1"_ba << "{application, a,\n[{vsn, git}]}."_ba << false;
    QTest::newRow("environment") << "{application, a, [{env, []}, {vsn, \"1\"}]}."_ba
                                 << "{application, a, [{env, [{x, 1}]}, {vsn, \"1\"}]}."_ba << true;
    QTest::newRow("not read, equal") << "{"_ba << "{"_ba << false;
    QTest::newRow("not read") << "{"_ba << "{application, a, []}."_ba << true;
}

void TestLockstep::differences()
{
    QFETCH(const QByteArray, older);
    QFETCH(const QByteArray, newer);
    QTEST(differBesidesVsn(older, newer), "differ");
}

namespace {

LockstepApp app(const QString &name, const QByteArray &vsn, const QString &before, const QString &changes)
{
    const QByteArray text = "{application, " + name.toUtf8() + ", [{vsn, " + vsn + "}]}.\n";
    return {name, "apps/" + name.toUtf8() + "/src/" + name.toUtf8() + ".app.src", text, readVsnSource(text), before, changes};
}

LockstepProject sample()
{
    return {{app(u"changed"_s, "\"1.0\"", u"1.0"_s, u"2 modules"_s), app(u"same"_s, "\"1.0\"", u"1.0"_s, {}),
             app(u"bumped"_s, "\"1.5\"", u"1.0"_s, u"1 module"_s), app(u"new"_s, "\"0.1\"", {}, u"new"_s),
             app(u"ready"_s, "\"2.0\"", u"1.0"_s, u"1 module"_s), app(u"ahead"_s, "\"3.0\"", u"3.0"_s, u"1 module"_s),
             app(u"git"_s, "git", u"1.0"_s, {}), app(u"command"_s, "{cmd, \"date\"}", {}, u"1 module"_s),
             app(u"file"_s, "{file, \"VERSION\"}", u"1.0"_s, u"1 module"_s)},
            VsnSource{VsnSource::Kind::GitTag, {}}, {}};
}

QString letters(const Lockstep &lockstep)
{
    QStringList fates;
    for (const LockstepFate &fate : lockstep.apps)
        fates += u"%1 %2%3"_s.arg(fate.name, fate.to.isEmpty() ? u"?"_s : fate.to, fate.needsRules() ? u"*"_s : QString());
    return fates.join(u", "_s);
}

} // namespace

void TestLockstep::fates_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QStringList>("chosen");
    QTest::addColumn<QString>("fates"); // a star: an upgrade needs rules
    QTest::addColumn<int>("edits");
    const auto row = [](const char *name, LockstepApps which, const QStringList &chosen, const QString &fates, int edits) {
        QTest::newRow(name) << static_cast<int>(which) << chosen << fates << edits;
    };
    row("changed", LockstepApps::Changed, {},
        u"changed 2.0*, same 1.0, bumped 1.5*, new 2.0, ready 2.0*, ahead 2.0*, git 2.0*, command ?, file ?"_s, 3);
    row("all", LockstepApps::All, {},
        u"changed 2.0*, same 2.0*, bumped 2.0*, new 2.0, ready 2.0*, ahead 2.0*, git 2.0*, command ?, file ?"_s, 5);
    row("chosen", LockstepApps::Chosen, {u"same"_s, u"git"_s},
        u"changed 1.0, same 2.0*, bumped 1.5*, new 0.1, ready 2.0*, ahead 3.0, git 2.0*, command ?, file ?"_s, 1);
    row("none", LockstepApps::Chosen, {},
        u"changed 1.0, same 1.0, bumped 1.5*, new 0.1, ready 2.0*, ahead 3.0, git 2.0*, command ?, file ?"_s, 0);
}

void TestLockstep::fates()
{
    QFETCH(const int, which);
    QFETCH(const QStringList, chosen);
    const auto done = lockstep(sample(), {u"2.0"_s, "v2.0", static_cast<LockstepApps>(which), chosen});
    QVERIFY(done);
    QTEST(letters(*done), "fates");
    QTEST(static_cast<int>(done->files.size()), "edits");
    for (const LockstepFate &fate : done->apps)
        QVERIFY(!fate.words.isEmpty());
}

void TestLockstep::files()
{
    const auto done = lockstep(sample(), {u"2.0"_s, "v2.0"});
    QVERIFY(done);
    QCOMPARE(done->files.first().path, "apps/ahead/src/ahead.app.src"_ba);
    QCOMPARE(done->files.first().older, "{application, ahead, [{vsn, \"3.0\"}]}.\n"_ba);
    QCOMPARE(done->files.first().newer, "{application, ahead, [{vsn, \"2.0\"}]}.\n"_ba);
    QVERIFY(done->apps[5].words.contains(u"2.0 is older than its 3.0"));
}

void TestLockstep::releases_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<bool>("editable");
    QTest::addColumn<QString>("words"); // the beginning
    QTest::addColumn<int>("edits");
    const QByteArray plain = "{relx,[{release,{a,\"1.0\"},[a]}]}.";
    QTest::newRow("none") << "{x, y}."_ba << true << QString() << 0;
    QTest::newRow("plain") << plain << true << u"The release goes from 1.0 to 2.0"_s << 1;
    QTest::newRow("a script beside it") << plain << false << u"The release's version is made by"_s << 0;
    QTest::newRow("there already") << "{relx,[{release,{a,\"2.0\"},[a]}]}."_ba << true << u"The release is 2.0"_s << 0;
    QTest::newRow("git") << "{relx,[{release,{a,git},[a]}]}."_ba << true << u"The release's version comes from the tag: 2.0."_s << 0;
    QTest::newRow("commit") << "{relx,[{release,{a,{git,short}},[a]}]}."_ba << true << u"The release's version is the commit's"_s << 0;
    QTest::newRow("file") << "{relx,[{release,{a,{file,\"V\"}},[a]}]}."_ba << true << u"The release's version stands in the file V"_s << 0;
    QTest::newRow("command") << "{relx,[{release,{a,{cmd,\"x\"}},[a]}]}."_ba << true << u"The release's version is made by"_s << 0;
    QTest::newRow("two that differ")
        << "{relx,[{release,{a,\"1\"},[a]},{release,{b,\"2\"},[a]}]}."_ba << true << u"The release's version is made by"_s << 0;
}

void TestLockstep::releases()
{
    QFETCH(const QByteArray, config);
    QFETCH(const bool, editable);
    QFETCH(const QString, words);
    const LockstepProject project{{}, readReleaseVsn(config), editable ? config : QByteArray()};
    const auto done = lockstep(project, {u"2.0"_s, "v2.0"});
    QVERIFY(done);
    QVERIFY2(done->release.startsWith(words) && done->release.isEmpty() == words.isEmpty(), qPrintable(done->release));
    QTEST(static_cast<int>(done->files.size()), "edits");
}

void TestLockstep::unknownApps()
{
    const auto done = lockstep(sample(), {u"2.0"_s, "v2.0", LockstepApps::Chosen, {u"same"_s, u"nobody"_s}});
    QCOMPARE(done.error().code, u"versions.no-such-app"_s);
    QVERIFY(done.error().hint.contains(u"changed, same"));
}

QTEST_GUILESS_MAIN(TestLockstep)
#include "tst_lockstep.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Whole releases, and what goes into an appup that is there already.
#include "builtapps.h"
#include "models/rules/appupinsertion.h"
#include "models/appup/matcher.h"
#include "models/rules/releaserules.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using test::BuiltApps;

class TestReleaseRules : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void release();
    void notBumped();
    void listed();
    void lostModules();
    void versions();
    void nativeFiles();
    void purge();
    void otherApplicationsBehaviours();
    void otherApplicationsModules();
    void movedModules();
    void differentApplications();
    void insertion_data();
    void insertion();

private:
    [[nodiscard]] rules::AppContents contents(const QString &release, const QByteArray &app, const QByteArray &vsn) const
    {
        return rules::readApplication(m_built.directory(release, app, vsn)).value_or(rules::AppContents());
    }
    static QString codes(const QList<Issue> &notes)
    {
        QStringList codes;
        for (const Issue &note : notes)
            codes += severityName(note.severity) + u' ' + note.code;
        return codes.join(u", "_s);
    }
    static QByteArray module(int number) { return "-export([f/0]).\nf() -> " + QByteArray::number(number) + ".\n"; }

    BuiltApps m_built;
};

void TestReleaseRules::initTestCase()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compile with.");
    m_built.add(u"old"_s, "a", "1", {{"a", module(1)}, {"gone", module(1)}});
    m_built.add(u"new"_s, "a", "2", {{"a", module(2)}, {"b", module(1)}});
    m_built.add(u"same"_s, "a", "1", {{"a", module(2)}, {"gone", module(1)}});
    m_built.add(u"old"_s, "l", "1", {{"l1", module(1)}, {"l2", module(1)}, {"l3", module(1)}}, "debug_info", {{"l1", "l2", "not_there"}});
    m_built.add(u"new"_s, "l", "2", {{"l1", module(2)}, {"l2", module(2)}, {"l3", module(1)}}, "debug_info", {{"l1"}});
    m_built.add(u"old"_s, "dep", "1", {{"dep", module(1)}});
    m_built.add(u"new"_s, "dep", "1", {{"dep", module(1)}});
    m_built.add(u"new"_s, "base", "1", {{"base_worker", "-behaviour(gen_statem).\n-export([init/1, callback_mode/0]).\ninit(X) -> X.\ncallback_mode() -> state_functions.\n"}});
    m_built.add(u"old"_s, "user", "1", {{"user_w", "-behaviour(base_worker).\n" + module(1)}});
    m_built.add(u"new"_s, "user", "2", {{"user_w", "-behaviour(base_worker).\n" + module(2)}});
    m_built.add(u"old"_s, "lost", "1", {{"x", module(1)}, {"y", module(1)}});
    m_built.add(u"new"_s, "lost", "2", {{"x", module(1)}}, "debug_info", {{"x", "y"}});
    m_built.add(u"old"_s, "front", "1", {{"front", "-export([f/0]).\nf() -> {back:f(), left_alone:f()}.\n"}});
    m_built.add(u"new"_s, "front", "2", {{"front", "-export([f/0]).\nf() -> [back:f(), back_new:f(), left_alone:f()].\n"}});
    m_built.add(u"old"_s, "back", "1", {{"back", module(1)}, {"left_alone", module(1)}});
    m_built.add(u"new"_s, "back", "2", {{"back", module(2)}, {"left_alone", module(1)}, {"back_new", module(1)}});
    m_built.add(u"old"_s, "left", "1", {{"stays", module(1)}, {"moves", module(1)}});
    m_built.add(u"new"_s, "left", "2", {{"stays", module(1)}});
    m_built.add(u"old"_s, "right", "1", {{"another", module(1)}});
    m_built.add(u"new"_s, "right", "2", {{"another", module(1)}, {"moves", module(1)}});
    const QByteArray said = m_built.build();
    QVERIFY2(!said.contains("FAILED"), said.constData());
}

void TestReleaseRules::release()
{
    BuiltApps::write(m_built.path(u"otp/kernel-2/ebin/kernel.app"_s), "{application, kernel, [{vsn, \"2\"}, {modules, []}]}.\n");
    BuiltApps::write(m_built.path(u"otp/kernel-2/ebin/kernel.appup"_s), "{\"2\", [{<<\"1\">>, [restart_new_emulator]}], [{<<\"1\">>, [restart_new_emulator]}]}.\n");
    BuiltApps::write(m_built.path(u"otp/ssl-2/ebin/ssl.app"_s), "{application, ssl, [{vsn, \"2\"}, {modules, []}]}.\n");
    BuiltApps::write(m_built.path(u"otp/ssl-2/ebin/ssl.appup"_s), "{\"2\", [{<<\"1\">>, [{restart_application, ssl}]}], [{<<\".*\">>, []}]}.\n");
    const auto otp = [&](const QByteArray &app) { return *rules::readApplication(m_built.path(u"otp/%1-2"_s.arg(QString::fromLatin1(app)))); };
    const rules::ReleaseContents older{u"15.0"_s,
                                       {{"a", u"1"_s}, {"dep", u"1"_s}, {"kernel", u"1"_s}, {"ssl", u"1"_s}, {"stdlib", u"1"_s}, {"sasl", u"1"_s}, {"left", u"1"_s}, {"lost", u"1"_s}},
                                       {{"a", contents(u"old"_s, "a", "1")}, {"dep", contents(u"old"_s, "dep", "1")}}};
    const rules::ReleaseContents newer{u"16.0"_s,
                                       {{"a", u"2"_s}, {"dep", u"1"_s}, {"kernel", u"2"_s}, {"ssl", u"2"_s}, {"stdlib", u"2"_s}, {"sasl", u"1"_s}, {"new", u"1"_s}, {"lost", u"2"_s}},
                                       {{"a", contents(u"new"_s, "a", "2")}, {"dep", contents(u"new"_s, "dep", "1")}, {"kernel", otp("kernel")}, {"ssl", otp("ssl")}}};
    const auto proposals = rules::proposeAll(older, newer);
    QVERIFY(proposals);
    QStringList said;
    for (const rules::Proposal &proposal : *proposals)
        said += QString::fromUtf8(proposal.application) + (proposal.text.isEmpty() ? u": "_s : u", an appup: "_s) + codes(proposal.notes);
    QCOMPARE(said.join(u'\n'), QStringList({u"a, an appup: "_s, u"erts: warning rules.erts"_s, u"kernel: warning rules.otp-application"_s,
                                            u"left: hint rules.application-removed"_s, u"lost: error rules.no-files"_s,
                                            u"new: hint rules.application-added"_s, u"ssl: hint rules.otp-application"_s,
                                            u"stdlib: warning rules.otp-application"_s}).join(u'\n'));
    QCOMPARE((*proposals)["a"].text, QByteArray("{\"2\",\n [{\"1\",\n   [{add_module, b},\n    {load_module, a},\n    {delete_module, gone}]}],\n"
                                                " [{\"1\",\n   [{add_module, gone},\n    {load_module, a},\n    {delete_module, b}]}]}.\n"));

    // An appup that comes with the application is said.
    BuiltApps::write(newer.applications["a"].appupPath(), "{\"2\", [{\"1\", []}], [{<<\".\">>, []}]}.\n");
    QCOMPARE(codes((*rules::proposeAll(older, newer))["a"].notes), u"hint rules.has-appup"_s);
    QVERIFY(QFile::remove(newer.applications["a"].appupPath()));
}

void TestReleaseRules::notBumped()
{
    const auto proposal = rules::propose(contents(u"old"_s, "a", "1"), contents(u"same"_s, "a", "1"));
    QVERIFY(proposal && proposal->text.isEmpty() && proposal->hasErrors());
    QCOMPARE(codes(proposal->notes), u"error rules.not-bumped"_s);
    QVERIFY(proposal->notes[0].message.contains(u": a."_s));

    const QString priv = m_built.directory(u"new"_s, "dep", "1") + u"/priv/table"_s;
    BuiltApps::write(priv, "new");
    const auto data = rules::propose(contents(u"old"_s, "dep", "1"), contents(u"new"_s, "dep", "1"));
    QVERIFY(data && data->notes.size() == 1 && data->notes[0].message.contains(u"priv/table"_s));
    QVERIFY(QFile::remove(priv));
    const auto same = rules::propose(contents(u"old"_s, "dep", "1"), contents(u"new"_s, "dep", "1"));
    QVERIFY(same && same->notes.isEmpty() && same->text.isEmpty());
}

// OTP would refuse an instruction for a module that the .app doesn't list.
void TestReleaseRules::listed()
{
    const auto proposal = rules::propose(contents(u"old"_s, "l", "1"), contents(u"new"_s, "l", "2"));
    QVERIFY(proposal);
    QCOMPARE(proposal->up.size(), 1);
    QCOMPARE(proposal->down.size(), 2);
    QCOMPARE(codes(proposal->notes), u"error rules.unlisted-module, warning rules.unlisted-module, warning rules.unlisted-module, error rules.missing-module"_s);
    QVERIFY(proposal->notes[0].message.contains(u"l2"_s) && proposal->notes[0].file == u"l-2/ebin/l.app"_s);
    QVERIFY(proposal->notes[3].message.contains(u"not_there"_s));
}

// A file that is lost or broken is no module that is gone.
void TestReleaseRules::lostModules()
{
    const auto lost = rules::propose(contents(u"old"_s, "lost", "1"), contents(u"new"_s, "lost", "2"));
    QVERIFY(lost && lost->text.contains("[{\"1\", []}],\n [{\"1\",\n   [{add_module, y}]}]"));
    QCOMPARE(codes(lost->notes), u"error rules.missing-module"_s);

    BuiltApps::write(m_built.directory(u"broken"_s, "dep", "2") + u"/ebin/dep.beam"_s, "FOR1");
    BuiltApps::write(m_built.directory(u"broken"_s, "dep", "2") + u"/ebin/dep.app"_s, "{application, dep, [{vsn, \"2\"}, {modules, [dep]}]}.\n");
    const auto broken = rules::propose(contents(u"old"_s, "dep", "1"), contents(u"broken"_s, "dep", "2"));
    QVERIFY(broken);
    QCOMPARE(codes(broken->notes), u"error rules.bad-module"_s);
}

void TestReleaseRules::versions()
{
    const auto swapped = rules::propose(contents(u"new"_s, "a", "2"), contents(u"old"_s, "a", "1"));
    QVERIFY(swapped && !swapped->text.isEmpty());
    QCOMPARE(codes(swapped->notes), u"warning rules.lower-version"_s);

    const rules::ReleaseContents older{u"15"_s, {{"a", u"1"_s}}, {{"a", contents(u"old"_s, "a", "1")}}};
    const rules::ReleaseContents newer{u"15"_s, {{"a", u"3"_s}}, {{"a", contents(u"new"_s, "a", "2")}}};
    const auto another = (*rules::proposeAll(older, newer))["a"];
    QVERIFY(another.text.isEmpty());
    QCOMPARE(codes(another.notes), u"error rules.other-version"_s);
    QVERIFY(another.notes[0].message.contains(u"a 3"_s) && another.notes[0].message.contains(u"says 2"_s));
}

void TestReleaseRules::nativeFiles()
{
    const QString before = m_built.directory(u"old"_s, "a", "1") + u"/priv/"_s;
    const QString after = m_built.directory(u"new"_s, "a", "2") + u"/priv/"_s;
    const auto codesNow = [&] { return codes(rules::propose(contents(u"old"_s, "a", "1"), contents(u"new"_s, "a", "2"))->notes); };
    BuiltApps::write(before + u"a_nif.so"_s, "1");
    BuiltApps::write(after + u"a_nif.so"_s, "1");
    BuiltApps::write(before + u"text"_s, "1");
    BuiltApps::write(after + u"text"_s, "2");
    QCOMPARE(codesNow(), QString());
    BuiltApps::write(after + u"a_nif.so"_s, "2");
    QCOMPARE(codesNow(), u"warning rules.native-code"_s);
    BuiltApps::write(after + u"a_nif.so"_s, "1");
    BuiltApps::write(after + u"bin/port"_s, "1");
    QCOMPARE(codesNow(), QString());
    QVERIFY(QFile(after + u"bin/port"_s).setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    QCOMPARE(codesNow(), u"warning rules.native-code"_s);
    QVERIFY(QDir(before).removeRecursively() && QDir(after).removeRecursively());
}

void TestReleaseRules::purge()
{
    using rules::Purge;
    const rules::ProposalOptions options{{Purge::Soft, Purge::Brutal}, {{"b", {Purge::Soft, Purge::Soft}}, {"l1", {Purge::Brutal, Purge::Brutal}}}, {}};
    const auto proposal = rules::propose(contents(u"old"_s, "a", "1"), contents(u"new"_s, "a", "2"), options);
    QVERIFY(proposal->text.contains("{load_module, a, soft_purge, brutal_purge, []}") && proposal->text.contains("{add_module, b}"));
    const auto another = rules::propose(contents(u"old"_s, "l", "1"), contents(u"new"_s, "l", "2"), options);
    QVERIFY(another->text.contains("{load_module, l1}"));
}

void TestReleaseRules::otherApplicationsBehaviours()
{
    const auto alone = rules::propose(contents(u"old"_s, "user", "1"), contents(u"new"_s, "user", "2"));
    QVERIFY(alone->text.contains("{load_module, user_w}"));
    QCOMPARE(codes(alone->notes), u"hint rules.unknown-behaviour"_s);
    const auto together = rules::propose(contents(u"old"_s, "user", "1"), contents(u"new"_s, "user", "2"), {{}, {}, {contents(u"new"_s, "base", "1")}});
    QVERIFY(together->text.contains("{update, user_w}"));
}

// Modules depend on each other over applications; but an instruction for each is needed, so not where an
// appup is there already.
void TestReleaseRules::otherApplicationsModules()
{
    const rules::ReleaseContents older{u"15"_s, {{"front", u"1"_s}, {"back", u"1"_s}},
                                       {{"front", contents(u"old"_s, "front", "1")}, {"back", contents(u"old"_s, "back", "1")}}};
    const rules::ReleaseContents newer{u"15"_s, {{"front", u"2"_s}, {"back", u"2"_s}},
                                       {{"front", contents(u"new"_s, "front", "2")}, {"back", contents(u"new"_s, "back", "2")}}};
    const auto text = [&] { return (*rules::proposeAll(older, newer))["front"].text; };
    QCOMPARE(text(), QByteArray("{\"2\",\n [{\"1\",\n   [{load_module, front, [back, back_new]}]}],\n [{\"1\",\n   [{load_module, front, [back]}]}]}.\n"));
    QCOMPARE(rules::propose(older.applications["front"], newer.applications["front"])->text.count("back"), 0);

    const QString appup = newer.applications["back"].appupPath();
    BuiltApps::write(appup, "{\"2\", [{\"1\", []}], []}.\n");
    QCOMPARE(text(), QByteArray("{\"2\",\n [{\"1\",\n   [{load_module, front}]}],\n [{\"1\",\n   [{load_module, front, [back]}]}]}.\n"));
    QVERIFY(QFile::remove(appup));
}

void TestReleaseRules::movedModules()
{
    rules::ReleaseContents older{u"15"_s, {{"left", u"1"_s}, {"right", u"1"_s}},
                                 {{"left", contents(u"old"_s, "left", "1")}, {"right", contents(u"old"_s, "right", "1")}}};
    const rules::ReleaseContents newer{u"15"_s, {{"left", u"2"_s}, {"right", u"2"_s}},
                                       {{"left", contents(u"new"_s, "left", "2")}, {"right", contents(u"new"_s, "right", "2")}}};
    const auto both = *rules::proposeAll(older, newer);
    for (const QByteArray &app : {"left"_ba, "right"_ba})
        QCOMPARE(codes(both[app].notes), u"error rules.moved-module"_s);
    QVERIFY(both["left"].notes[0].message.contains(u"moves moved from left to right"_s));

    older.versions.remove("right");
    const auto added = *rules::proposeAll(older, newer);
    QCOMPARE(codes(added["left"].notes), u"error rules.moved-module"_s);
    QCOMPARE(codes(added["right"].notes), u"hint rules.application-added, error rules.moved-module"_s);
}

void TestReleaseRules::differentApplications()
{
    const auto proposal = rules::propose(contents(u"old"_s, "a", "1"), contents(u"new"_s, "l", "2"));
    QVERIFY(!proposal && proposal.error().kind == ErrorKind::Usage);
}

void TestReleaseRules::insertion_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<int>("upRules");
    QTest::addColumn<int>("downRules");
    const auto row = [](const char *text, int up, int down) { QTest::newRow(text) << QByteArray(text) << up << down; };
    row("{\"2\", [], []}.\n", 1, 1);
    row("%% mine\n{\"2\",\n [{\"0\", []}],  % up\n [{\"0\", []}]}. % the end\nrest", 2, 2);
    row("{\"2\", [{\"1\", []}], [{\"0\", []}]}.\n", 1, 2);
    row("{\"2\", [{\"0\", []}], [{<<\"[0-9]\">>, []}]}.\n", 2, 1);
    row("{\"2\", [{<<\"1\">>, []}], [{\"1\", []}]}.\n", 1, 1);
    row("{\"{{vsn}}\", [], []}.\n", 1, 1);
    row("{\"2\", [], [}.\n", 0, 0);
    row("{\"2\", [], x}.\n", 0, 0);
    row("", 0, 0);
}

void TestReleaseRules::insertion()
{
    QFETCH(const QByteArray, before);
    QFETCH(const int, upRules);
    QFETCH(const int, downRules);
    const auto proposal = rules::propose(contents(u"old"_s, "a", "1"), contents(u"new"_s, "a", "2"));
    const auto text = rules::withProposal(before, *proposal);
    if (upRules == 0) {
        QCOMPARE(text ? QString() : text.error().code, u"rules.appup-unreadable"_s);
        return;
    }
    QVERIFY(text);
    const auto was = appup::Appup::parse(before);
    const auto is = appup::Appup::parse(*text);
    QVERIFY2(is, text->constData());
    QCOMPARE(is->up.size(), upRules);
    QCOMPARE(is->down.size(), downRules);
    for (const auto direction : {appup::Direction::Up, appup::Direction::Down}) {
        const QList<appup::Rule> &rules = is->rules(direction);
        QCOMPARE(appup::Matcher(rules).match(u"1"_s), 1);
        if (rules.size() > was->rules(direction).size()) {
            const auto &wanted = direction == appup::Direction::Up ? proposal->up : proposal->down;
            for (qsizetype i = 0; i < wanted.size(); ++i)
                QCOMPARE(rules[0].instructions[i], wanted[i].term);
        }
    }
    // Every other byte is there, in order.
    qsizetype at = 0;
    for (const char c : before) {
        at = text->indexOf(c, at);
        QVERIFY(at >= 0);
        ++at;
    }
    QCOMPARE(upRules == was->up.size() && downRules == was->down.size(), *text == before);
}

QTEST_GUILESS_MAIN(TestReleaseRules)
#include "tst_releaserules.moc"

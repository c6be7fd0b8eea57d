// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/appup.h"
#include "models/appup/matcher.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::appup;

class TestAppup : public QObject
{
    Q_OBJECT

private slots:
    void rules();
    void templates();
    void costs_data();
    void costs();
    void refused();
    void verdicts();
};

static QByteArray piece(const QByteArray &text, TextRange range)
{
    return text.sliced(range.begin, range.size());
}

void TestAppup::rules()
{
    const QByteArray text = R"(%% upgrades
{"1.2",
 [{"1.1", [{load_module,m}]},
  {<<"1\\.0.*">>, []}, % old ones
  {'1.0', []}, foo, {a,b,c}, {<<255>>,[]}, {[$0,$.,$9],[]}],
 []}.
garbage)";
    const auto appup = Appup::parse(text);
    QVERIFY2(appup.has_value(), appup ? "" : qPrintable(appup.error().message));
    QCOMPARE(appup->version, u"1.2"_s);
    QCOMPARE(piece(text, appup->versionRange), "\"1.2\""_ba);
    QCOMPARE(piece(text, appup->downRange), "[]"_ba);
    QCOMPARE(appup->up.size(), 7);
    QCOMPARE(appup->down.size(), 0);
    const Rule &second = appup->up[1];
    QCOMPARE(second.number, 2);
    QCOMPARE(second.key, Rule::Key::Regex);
    QCOMPARE(second.text, u"1\\.0.*"_s);
    QCOMPARE(piece(text, second.keyRange), "<<\"1\\\\.0.*\">>"_ba);
    QCOMPARE(piece(text, second.range), "{<<\"1\\\\.0.*\">>, []}"_ba);
    QCOMPARE(piece(text, second.instructionsRange), "[]"_ba);
    QCOMPARE(piece(text, appup->up[0].instructionsRange), "[{load_module,m}]"_ba);
    for (const int ignored : {2, 3, 4})
        QCOMPARE(appup->up[ignored].key, Rule::Key::Ignored);
    QVERIFY(appup->up[5].badEncoding);
    QCOMPARE(appup->up[6].key, Rule::Key::Literal);
    QCOMPARE(appup->up[6].text, u"0.9"_s);
    QCOMPARE(appup->ruleAt(text.indexOf("1\\\\.0"))->number, 2);
    QCOMPARE(appup->ruleAt(second.range.end)->number, 2);
    QCOMPARE(appup->ruleAt(0), nullptr);
}

void TestAppup::templates()
{
    const QByteArray text = "{\"{{vsn}}\",[{\"{{ vsn }}-{{{vsn}}}\",[x]},{<<\"1\">>,[]}],[{\"0\",[]}]}.";
    QCOMPARE(render(text, u"1<2"_s), "{\"1&lt;2\",[{\"1&lt;2-1<2\",[x]},{<<\"1\">>,[]}],[{\"0\",[]}]}."_ba);
    QCOMPARE(render(text, {}), text);
    QCOMPARE(render("a {{other}} b", u"1"_s), "a {{other}} b"_ba);
    for (const QString &vsn : {u"1"_s, u"1.2.3+build.4.refabcdef"_s}) {
        const auto appup = Appup::parse(text, vsn);
        QVERIFY(appup);
        QCOMPARE(appup->version, vsn);
        QCOMPARE(piece(text, appup->versionRange), "\"{{vsn}}\""_ba);
        QCOMPARE(piece(text, appup->up[0].keyRange), "\"{{ vsn }}-{{{vsn}}}\""_ba);
        QCOMPARE(piece(text, appup->up[0].instructionsRange), "[x]"_ba);
        QCOMPARE(piece(text, appup->up[1].range), "{<<\"1\">>,[]}"_ba);
        QCOMPARE(piece(text, appup->down[0].keyRange), "\"0\""_ba);
    }
    // An error behind a tag is reported where it stands in the source.
    const QByteArray broken = "{\"{{vsn}}\",\n [}.";
    QCOMPARE(Appup::parse(broken, u"1.2.3.4.5.6.7.8"_s).error().range.begin, broken.indexOf('}', 11));
    QCOMPARE(Appup::parse(broken, u"1"_s).error().place, (TextPlace{2, 3}));
}

void TestAppup::costs_data()
{
    QTest::addColumn<QByteArray>("instructions");
    QTest::addColumn<Cost>("cost");
    const auto row = [](const char *text, Cost cost) { QTest::newRow(text) << QByteArray(text) << cost; };
    row("[]", Cost::CodeOnly);
    row("[{load_module,m},{add_module,n},{delete_module,o}]", Cost::CodeOnly);
    row("[{apply,{m,f,[]}},point_of_no_return]", Cost::CodeOnly);
    row("[{add_application,a}]", Cost::CodeOnly);
    row("[{load,{m,brutal_purge,brutal_purge}}]", Cost::CodeOnly);
    row("[{update,m}]", Cost::CodeChange);
    row("[{update,m,supervisor}]", Cost::CodeChange);
    row("[{load_module,m},{update,m,{advanced,[]}}]", Cost::CodeChange);
    row("[{suspend,[m]},{code_change,[{m,[]}]},{resume,[m]}]", Cost::CodeChange);
    row("[{update,m},{restart_application,a}]", Cost::ApplicationRestart);
    row("[{remove_application,a}]", Cost::ApplicationRestart);
    row("[{stop,[m]},{start,[m]}]", Cost::ApplicationRestart);
    row("[restart_new_emulator,{update,m}]", Cost::VmRestart);
    row("[[restart_emulator]]", Cost::VmRestart);
    row("[{restart_emulator}]", Cost::CodeOnly); // no instruction
    row("[\"update\",1]", Cost::CodeOnly);
}

void TestAppup::costs()
{
    QFETCH(QByteArray, instructions);
    const auto appup = Appup::parse(QByteArray("{\"1\",[{\"0\"," + instructions + "}],[]}."));
    QVERIFY(appup);
    QTEST(appup->up[0].cost, "cost");
}

void TestAppup::refused()
{
    for (const char *text : {"", "{\"1\",[],[]}", "{\"1\",[]}.", "[].", "{\"1\",a,[]}.", "{\"1\",[],\"x\"}.",
                             "{\"1\",[a|b],[]}.", "{\"1\",[},[]}."})
        QVERIFY2(!Appup::parse(text), text);
    const auto error = Appup::parse("{\"1\",[],\n b}.").error();
    QCOMPARE(error.place, (TextPlace{2, 2}));
    QVERIFY(error.message.contains(u"downgrade rules must be a list"_s));
}

void TestAppup::verdicts()
{
    const auto appup =
        Appup::parse(R"({"9",[{"1.2",[]},{<<"1|1\\.2">>,[]},{<<"1\\.[0-9]+">>,[]},{<<"(">>,[]},{<<"2.*">>,[]},
                                          {<<"(a+)+$">>,[]},{<<255>>,[]},{'x',[]}],[]}.)");
    QVERIFY(appup);
    const Matcher matcher(appup->up);
    using enum Verdict;
    QCOMPARE(matcher.verdicts(u"1.2"_s),
             QList<Verdict>({Taken, PartOnly, Shadowed, Invalid, PartOnly, No, Invalid, No}));
    QCOMPARE(matcher.match(u"1.2"_s), 1);
    QCOMPARE(matcher.match(u"1.33"_s), 3);
    QCOMPARE(matcher.match(u"1"_s), 2);
    QCOMPARE(matcher.match(u"2.0"_s), 0);
    QCOMPARE(matcher.verdicts(u"2.0"_s), QList<Verdict>({No, No, No, Invalid, Shadowed, No, Invalid, No}));
    QCOMPARE(matcher.verdicts(QString(QString(40, u'a') + u'!')).at(5), TooComplex);
    QCOMPARE(matcher.verdicts(QString(5000, u'2')).at(4), TooComplex);
    QCOMPARE(matcher.verdicts(QString(5000, u'1')).at(4), No); // told without running it
}

QTEST_GUILESS_MAIN(TestAppup)
#include "tst_appup.moc"

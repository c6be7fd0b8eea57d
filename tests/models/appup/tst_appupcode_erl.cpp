// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/appupcode.h"
#include "tests/support/erl.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::appup;

class TestAppupCode : public QObject
{
    Q_OBJECT

private slots:
    void recognised_data();
    void recognised();
    void checked();
    void evaluated_data();
    void evaluated();
    void refused_data();
    void refused();
    void callsTheProject();
    void endlessCodeIsStopped();
    void cancelled();
};

static const auto sample = R"(%% the rules of every 1.x
Load = [{load_module, m}],
Vsns = ["1." ++ integer_to_list(N) || N <- lists:seq(0, 2)],
{"{{vsn}}", [{V, Load} || V <- Vsns] ++ [{<<"0\\..*">>, [restart_new_emulator]}], [{V, Load} || V <- Vsns]}.
)"_ba;

void TestAppupCode::recognised_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("code");
    QTest::newRow("sample") << sample << true;
    QTest::newRow("a call") << "rules:of(\"{{vsn}}\")."_ba << true;
    QTest::newRow("a match") << "V = \"1\", {V,[],[]}."_ba << true;
    QTest::newRow("a fun") << "F = fun() -> {\"1\",[],[]} end, F()."_ba << true;
    QTest::newRow("case") << "case 1 of 1 -> {\"1\",[],[]} end."_ba << true;
    QTest::newRow("a term") << "{\"{{vsn}}\",[{<<\"1\\\\..*\">>,[{load_module,m}]}],[]}."_ba << false;
    QTest::newRow("a fun as a term") << "{\"1\",[{\"0\",[{apply,{m,f,[fun m:f/1]}}]}],[]}."_ba << false;
    QTest::newRow("a blank to be filled in") << "{\"1\",[{\"0\",[{load_module,Mod}]}],[]}."_ba << false;
    QTest::newRow("half a term") << "{\"1\",[{\"0\",[{load_module,m}]}"_ba << false;
    QTest::newRow("a sign in a comment or a string") << "%% a = b\n{\"a = f(x) ++\",[, []}."_ba << false;
    QTest::newRow("half a string") << "{\"1\",[{\"0"_ba << false;
    QTest::newRow("empty") << ""_ba << false;
}

void TestAppupCode::recognised()
{
    QFETCH(QByteArray, text);
    QTEST(isErlangCode(text), "code");
}

void TestAppupCode::checked()
{
    const CheckContext context{u"m.appup.src"_s, u"2.0"_s, {u"1.0"_s, u"0.5"_s, u"1.7"_s}};
    const auto unknown = check(sample, context);
    QCOMPARE(unknown.size(), 1);
    QCOMPARE(unknown.first().code, u"appup.code"_s);
    QCOMPARE(unknown.first().severity, Severity::Hint);
    CheckContext plain = context;
    plain.file = u"m.appup"_s; // never evaluated by anybody
    QCOMPARE(check(sample, plain).first().code, u"appup.syntax"_s);

    const Evaluated made{sample, u"2.0"_s, R"({"2.0",[{"1.0",[]}],[{<<".*">>,[]}]}.)"};
    const CodeRules rules = rulesOfCode(sample, context, made);
    QVERIFY(rules.appup);
    QCOMPARE(rules.appup->up.size(), 1);
    for (const qsizetype offset : {0, 5})
        QVERIFY(!rules.appup->ruleAt(offset));
    QCOMPARE(rules.issues.size(), 1);
    QCOMPARE(rules.issues.first().code, u"appup.version-not-taken"_s);
    QVERIFY(rules.issues.first().message.contains(u"0.5, 1.7"_s));
    QVERIFY(!rules.issues.first().fix);
    // Of another text, or for another vsn, nothing is known.
    QVERIFY(!rulesOfCode(sample, {u"m.appup.src"_s, u"2.1"_s, {}}, made).appup);
    QVERIFY(!rulesOfCode(QByteArray(sample + "%% edited\n"), context, made).appup);
}

void TestAppupCode::evaluated_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("up");
    QTest::newRow("sample") << sample << u"1.0 1.1 1.2 0\\..*"_s;
    QTest::newRow("prints") << "io:format(\"{{vsn}} é~n\"), io:format(standard_error, \"x\", []), {\"{{vsn}}\",[{\"é\",[]}],[]}."_ba << u"é"_s;
    QTest::newRow("several expressions") << "A = 1. B = A + 1. {\"{{vsn}}\",[{integer_to_list(B),[]}],[]}."_ba << u"2"_s;
    QTest::newRow("without state") << "case STATE of undefined -> {\"{{vsn}}\",[{\"none\",[]}],[]} end."_ba << u"none"_s;
}

void TestAppupCode::evaluated()
{
    if (!test::Erl::isThere())
        QSKIP("There is no Erlang here.");
    QFETCH(QByteArray, source);
    QTemporaryDir directory;
    const auto made = evaluate({source, u"2.0"_s, directory.path(), {}}, {});
    QVERIFY2(made, made ? "" : qPrintable(made.error().words() + made.error().detail));
    QCOMPARE(made->source, source);
    const auto appup = Appup::parse(made->appup);
    QVERIFY(appup);
    QCOMPARE(appup->version, u"2.0"_s);
    QStringList keys;
    for (const Rule &rule : appup->up)
        keys += rule.text;
    QTEST(keys.join(u' '), "up");
    QVERIFY(QDir(directory.path()).isEmpty());
}

void TestAppupCode::refused_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("said");
    QTest::newRow("no appup") << "{a, [], b()}."_ba << u"appup.evaluation-failed"_s << u"line 1: error undef"_s;
    QTest::newRow("another term") << "lists:seq(1, 3)."_ba << u"appup.not-an-appup"_s << u"[1,2,3]"_s;
    QTest::newRow("syntax") << "V = \n."_ba << u"appup.evaluation-failed"_s << u"syntax error"_s;
    QTest::newRow("raises") << "exit(\"no `$(touch x)` rules\")."_ba << u"appup.evaluation-failed"_s << u"no `$(touch x)` rules"_s;
    QTest::newRow("stops the emulator") << "halt(7)."_ba << u"appup.evaluation-failed"_s << QString();
    QTest::newRow("ends well without a result") << "halt(0)."_ba << u"appup.evaluation-failed"_s << QString();
}

void TestAppupCode::refused()
{
    if (!test::Erl::isThere())
        QSKIP("There is no Erlang here.");
    QFETCH(QByteArray, source);
    QFETCH(QString, said);
    const auto made = evaluate({source, u"2.0"_s, QDir::tempPath(), {}}, {});
    QVERIFY(!made);
    QTEST(made.error().code, "code");
    QVERIFY2(made.error().detail.contains(said), qPrintable(made.error().detail));
}

void TestAppupCode::callsTheProject()
{
    if (!test::Erl::isThere())
        QSKIP("There is no Erlang here.");
    QTemporaryDir directory;
    QFile source(directory.filePath(u"project_rules.erl"_s));
    QVERIFY(source.open(QIODevice::WriteOnly));
    source.write("-module(project_rules).\n-export([appup/1]).\nappup(V) -> {V, [{\"1\", []}], []}.\n");
    source.close();
    const QByteArray compile = "[F, D] = init:get_plain_arguments(), {ok, _} = compile:file(F, [{outdir, D}])";
    QCOMPARE(test::Erl::run(compile, {source.fileName(), directory.path()}), QByteArray());
    const auto made = evaluate({"project_rules:appup(\"{{vsn}}\").", u"2.0"_s, directory.path(), {directory.path()}}, {});
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QCOMPARE(Appup::parse(made->appup)->up.size(), 1);
}

void TestAppupCode::endlessCodeIsStopped()
{
    if (!test::Erl::isThere())
        QSKIP("There is no Erlang here.");
    QElapsedTimer clock;
    clock.start();
    const auto made = evaluate({"(fun F() -> F() end)().", u"2.0"_s, QDir::tempPath(), {}}, {});
    QVERIFY(!made);
    QCOMPARE(made.error().code, u"appup.evaluation-timeout"_s);
    QVERIFY(clock.elapsed() < 14'000);
}

void TestAppupCode::cancelled()
{
    std::stop_source stop;
    stop.request_stop();
    const auto made = evaluate({sample, u"2.0"_s, QDir::tempPath(), {}}, JobContext(stop.get_token(), {}));
    QVERIFY(!made);
    QVERIFY(made.error().isCancelled() || !test::Erl::isThere());
}

QTEST_GUILESS_MAIN(TestAppupCode)
#include "tst_appupcode_erl.moc"

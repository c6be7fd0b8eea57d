// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changes/rulechecks.h"
#include "models/erlang/edit.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::changes;

class TestRuleChecks : public QObject
{
    Q_OBJECT

private slots:
    void problems_data();
    void problems();
    void fixesMendTheText_data();
    void fixesMendTheText();
    void fixes_data();
    void fixes();
    void unmentioned();
};

namespace {

ModuleFacts facts(const QByteArray &behaviour, bool codeChange)
{
    ModuleFacts facts;
    if (!behaviour.isEmpty())
        facts.behaviours = {behaviour};
    if (codeChange)
        facts.exports = {{"code_change", 3}};
    return facts;
}

// app 1.0 → 2.0: lib and srv (which converts) and plain (which doesn't) changed, sup has another init/1, fresh is new,
// gone is gone, same is the same.
AppDifference app()
{
    AppDifference app;
    app.name = "app";
    app.from = u"1.0"_s;
    app.to = u"2.0"_s;
    app.change = Change::Changed;
    app.olderModules = {"lib", "srv", "plain", "sup", "gone", "same"};
    app.newerModules = {"lib", "srv", "plain", "sup", "fresh", "same"};
    const auto changed = [&](const QByteArray &name, const ModuleFacts &known) {
        ModuleDifference module;
        module.name = name;
        module.older = module.newer = known;
        app.modules.append(module);
    };
    ModuleDifference fresh;
    fresh.name = "fresh";
    fresh.change = Change::Added;
    fresh.newer = facts({}, false);
    app.modules.append(fresh);
    ModuleDifference gone;
    gone.name = "gone";
    gone.change = Change::Removed;
    gone.older = facts({}, false);
    app.modules.append(gone);
    changed("lib", facts({}, false));
    changed("plain", facts("gen_server", false));
    changed("srv", facts("gen_server", true));
    changed("sup", facts("supervisor", false));
    app.modules.last().initChanged = true;
    return app;
}

const auto AllUp = "{add_module,fresh},{load_module,lib},{update,plain},{update,srv,{advanced,[]}},{update,sup,supervisor},"
                   "{delete_module,gone}"_ba;
const auto AllDown = "{add_module,gone},{load_module,lib},{update,plain},{update,srv,{advanced,[]}},{update,sup,supervisor},"
                     "{delete_module,fresh}"_ba;

QByteArray rulesText(const QByteArray &up, const QByteArray &down)
{
    return "{\"2.0\",\n [{\"1.0\",[" + up + "]}],\n [{\"1.0\",[" + down + "]}]}.\n";
}

QString shown(const QList<Issue> &issues)
{
    QStringList lines;
    for (const Issue &issue : issues)
        lines += u"%1 %2 %3"_s.arg(issue.place.line).arg(issue.code.section(u'.', 1), issue.message.section(u' ', 0, 0));
    return lines.join(u'\n');
}

} // namespace

void TestRuleChecks::problems_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("builds");
    QTest::addColumn<QString>("found");
    QTest::newRow("all is there") << rulesText(AllUp, AllDown) << true << QString();
    QTest::newRow("nothing is there, up")
        << rulesText({}, AllDown) << true
        << u"2 unmentioned fresh\n2 not-deleted gone\n2 unmentioned lib\n2 unmentioned plain\n2 unmentioned srv\n2 unmentioned sup"_s;
    QTest::newRow("nothing is there, down")
        << rulesText(AllUp, {}) << true
        << u"3 not-deleted fresh\n3 unmentioned gone\n3 unmentioned lib\n3 unmentioned plain\n3 unmentioned srv\n3 unmentioned sup"_s;
    QTest::newRow("the application restarts") << rulesText("{restart_application,app}", "restart_new_emulator") << true << QString();
    QTest::newRow("no rule takes the version") << "{\"2.0\",[{\"0.9\",[]}],[]}.\n"_ba << true << QString();
    QTest::newRow("no appup") << "{\"2.0\",["_ba << true << QString();
    QTest::newRow("a rule behind one that takes the version")
        << "{\"2.0\",\n [{<<\"1\\\\..*\">>,["_ba + AllUp + "]},{\"1.0\",[]}],\n [{\"1.0\",["_ba + AllDown + "]}]}.\n"_ba << true << QString();
    QTest::newRow("no such module") << rulesText(AllUp + ",{load_module,stranger}", AllDown) << true << u"2 no-such-module app"_s;
    QTest::newRow("only the other version has it") << rulesText(AllUp + ",{load_module,gone}", AllDown) << true << u"2 no-such-module app"_s;
    QTest::newRow("no such module, by sources") << rulesText(AllUp + ",{load_module,stranger}", AllDown) << false << QString();
    QTest::newRow("the same code") << rulesText(AllUp + ",{load_module,same}", AllDown) << true << u"2 unchanged The"_s;
    QTest::newRow("the same code, by sources") << rulesText(AllUp + ",{load_module,same}", AllDown) << false << QString();
    QTest::newRow("no code_change") << rulesText(QByteArray(AllUp).replace("{update,plain}", "{update,plain,{advanced,[]}}"), AllDown)
                                    << true << u"2 code-change-missing plain"_s;
    QTest::newRow("no code_change, down")
        << rulesText(AllUp, QByteArray(AllDown).replace("{update,plain}", "{update,plain,soft,brutal_purge,soft_purge,[]}")
                            .replace("{update,srv,{advanced,[]}}", "{update,srv,5000,{advanced,x},brutal_purge,brutal_purge,[]}"))
        << true << QString();
    QTest::newRow("no supervisor") << rulesText(QByteArray(AllUp).replace("{update,srv,{advanced,[]}}", "{update,srv,supervisor}"), AllDown)
                                   << true << u"2 not-a-supervisor srv"_s;
    QTest::newRow("supervisor loaded only") << rulesText(QByteArray(AllUp).replace("{update,sup,supervisor}", "{load_module,sup}"), AllDown)
                                            << true << u"2 supervisor-loaded init/1"_s;
    QTest::newRow("the same supervisor") << rulesText(AllUp + ",{update,same,supervisor}", AllDown) << true
                                         << u"2 supervisor-unchanged The"_s;
    QTest::newRow("low level") << rulesText("{load_object_code,{app,\"2.0\",[lib]}},point_of_no_return,{load,{lib,brutal_purge,brutal_purge}},"_ba
                                            + QByteArray(AllUp).replace("{load_module,lib},", ""), AllDown) << true << QString();
    QTest::newRow("in a list of its own") << rulesText("["_ba + AllUp + "]", AllDown) << true << QString();
}

void TestRuleChecks::problems()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, builds);
    const auto basis = builds ? Differences::Basis::Builds : Differences::Basis::Sources;
    QTEST(shown(checkRules(text, u"app.appup"_s, app(), basis)), "found");
}

void TestRuleChecks::fixesMendTheText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty lists") << rulesText({}, {});
    QTest::newRow("template") << rulesText({}, {}).replace("2.0", "{{vsn}}").replace("[{", " % {{{ vsn }}}\n [{");
    QTest::newRow("laid out") << "%% rules\n{\"2.0\",\n [{\"1.0\",\n   [{load_module, lib} % first\n   ]}],\n [{\"1.0\", []}]}.\n"_ba;
}

// Each fix makes its own problem go away, and no new one.
void TestRuleChecks::fixesMendTheText()
{
    QFETCH(QByteArray, text);
    const QByteArray atOnce = withMissingInstructions(text, app(), Differences::Basis::Builds);
    const QByteArray comment = text.contains("% first") ? "% first" : "";
    for (int steps = 0; steps < 20; ++steps) {
        const auto issues = checkRules(text, u"app.appup"_s, app(), Differences::Basis::Builds);
        if (issues.isEmpty())
            break;
        QVERIFY2(issues.first().fix, qPrintable(issues.first().message));
        text = erlang::applyEdits(text, issues.first().fix->edits);
        const auto after = checkRules(text, u"app.appup"_s, app(), Differences::Basis::Builds);
        QCOMPARE(after.size(), issues.size() - 1);
    }
    QCOMPARE(shown(checkRules(text, u"app.appup"_s, app(), Differences::Basis::Builds)), QString());
    QCOMPARE(atOnce, text);
    QVERIFY(text.contains(comment));
    QVERIFY(text.contains("{update,sup,supervisor}"));
    QVERIFY(text.contains("{update,srv,{advanced,[]}}"));
}

void TestRuleChecks::fixes_data()
{
    QTest::addColumn<QByteArray>("wrong");
    QTest::addColumn<QByteArray>("right"); // in the place of it
    QTest::newRow("no such module") << ",{load_module, stranger}"_ba << ""_ba;
    QTest::newRow("the same code") << ",{load_module, same}"_ba << ""_ba;
    QTest::newRow("the same supervisor") << ",{update,same,supervisor}"_ba << ""_ba;
    QTest::newRow("no code_change") << "{update,plain,{advanced,[]}}"_ba << "{update,plain}"_ba;
    QTest::newRow("no supervisor") << "{update,srv,supervisor}"_ba << "{update,srv,{advanced,[]}}"_ba;
    QTest::newRow("supervisor loaded only") << "{load_module,sup}"_ba << "{update,sup,supervisor}"_ba;
}

// In a template, too, where terms stand elsewhere than in the text that is checked.
void TestRuleChecks::fixes()
{
    QFETCH(QByteArray, wrong);
    QFETCH(QByteArray, right);
    const QByteArray up = right.isEmpty() ? AllUp + wrong : QByteArray(AllUp).replace(right, wrong);
    for (const QByteArray &vsn : {"2.0"_ba, "{{vsn}}"_ba}) {
        const QByteArray text = rulesText(up, AllDown).replace("2.0", vsn);
        const auto issues = checkRules(text, u"app.appup.src"_s, app(), Differences::Basis::Builds);
        QCOMPARE(issues.size(), 1);
        QVERIFY(issues.first().fix);
        QCOMPARE(text.sliced(issues.first().range.begin, issues.first().range.size()), wrong.startsWith(',') ? wrong.sliced(1) : wrong);
        QCOMPARE(erlang::applyEdits(text, issues.first().fix->edits), rulesText(AllUp, AllDown).replace("2.0", vsn));
    }
}

void TestRuleChecks::unmentioned()
{
    const auto parsed = appup::Appup::parse(rulesText("{load_module,lib},{update,srv}", {}));
    QVERIFY(parsed);
    QCOMPARE(unmentionedModules(*parsed, app()), QByteArrayList({"fresh", "plain", "sup"}));
    const auto restart = appup::Appup::parse(rulesText("{restart_application,app}", {}));
    QVERIFY(restart);
    QCOMPARE(unmentionedModules(*restart, app()), QByteArrayList());
}

QTEST_GUILESS_MAIN(TestRuleChecks)
#include "tst_rulechecks.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/completion.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::appup;

class TestCompletion : public QObject
{
    Q_OBJECT

private slots:
    void offers_data();
    void offers();
    void offersNothing_data();
    void offersNothing();
    void replaces_data();
    void replaces();
    void explainsInstructions();
    void blanks();
    void anyPlaceOfAnyText();
};

namespace {

const CompletionContext context{{"tally_conn", "tally_srv", "tally_sup"}, {u"1.4.1"_s, u"1.4.0"_s, u"1.3.9"_s}, {"tally", "tally_tcp"}};

// The caret is where | stands.
Completions at(QByteArray text)
{
    const qsizetype caret = text.indexOf('|');
    return completionsAt(text.remove(caret, 1), caret, context);
}

QByteArrayList labels(const Completions &completions)
{
    QByteArrayList all;
    for (const Completion &item : completions.items)
        all += item.label;
    return all;
}

// In an instruction list of a rule.
QByteArray in(const QByteArray &instructions) { return "{\"1.5.0\",\n [{\"1.4.0\", [{load_module, a}, " + instructions; }

} // namespace

void TestCompletion::offers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("expected"); // the first ones
    const auto modules = QByteArrayList{"tally_conn", "tally_srv", "tally_sup"};
    const auto purges = QByteArrayList{"brutal_purge", "soft_purge"};
    QTest::newRow("instruction") << in("lo|") << QByteArrayList{"{load_module, Mod}", "{load_module, Mod, DepMods}"};
    QTest::newRow("in a tuple") << in("{lo|") << QByteArrayList{"{load_module, Mod}", "{load_module, Mod, DepMods}"};
    QTest::newRow("first of a list") << QByteArray("{\"2\",[{\"1\",[{add_m|") << QByteArrayList{"{add_module, Mod}"};
    QTest::newRow("down list") << QByteArray("{\"2\",[],[{\"1\",[{add_m|}]}]}.") << QByteArrayList{"{add_module, Mod}"};
    QTest::newRow("nested list") << in("[{add_m|") << QByteArrayList{"{add_module, Mod}"};
    QTest::newRow("asked in an empty list") << QByteArray("{\"2\",[{\"1\",[|]}],[]}.") << QByteArrayList{"{update, Mod}"};
    QTest::newRow("atom") << in("restart_e|") << QByteArrayList{"restart_emulator"};
    QTest::newRow("behind a comment") << in("%% update\n {add_m|") << QByteArrayList{"{add_module, Mod}"};
    QTest::newRow("module") << in("{load_module, |") << modules;
    QTest::newRow("module, begun") << in("{load_module, tally_s|}") << QByteArrayList{"tally_srv", "tally_sup"};
    QTest::newRow("module, from its middle") << in("{load_module, srv|}") << QByteArrayList{"tally_srv"};
    QTest::newRow("second of update") << in("{update, tally_srv, |") << QByteArrayList{"supervisor", "soft", "{advanced, Extra}", "[]"};
    QTest::newRow("advanced") << in("{update, tally_srv, {ad|") << QByteArrayList{"advanced"};
    QTest::newRow("after soft") << in("{update, tally_srv, soft, |") << QByteArrayList{"[]", "[Mod]", "brutal_purge", "soft_purge"};
    QTest::newRow("after advanced") << in("{update, tally_srv, {advanced, {a, [b]}}, |") << QByteArrayList{"[]", "[Mod]", "brutal_purge"};
    QTest::newRow("after a timeout") << in("{update, tally_srv, 5000, |") << QByteArrayList{"soft", "{advanced, Extra}"};
    QTest::newRow("after a type") << in("{update, tally_srv, static, |") << QByteArrayList{"default", "infinity"};
    QTest::newRow("post purge") << in("{update, tally_srv, soft, soft_purge, |") << purges;
    QTest::newRow("purge of load_module") << in("{load_module, tally_srv, br|") << QByteArrayList{"brutal_purge"};
    QTest::newRow("dependencies") << in("{load_module, tally_srv, [|") << modules;
    QTest::newRow("second dependency") << in("{load_module, tally_srv, [tally_sup, tally_c|") << QByteArrayList{"tally_conn"};
    QTest::newRow("low level") << in("{suspend, [tally_|") << modules;
    QTest::newRow("with timeout") << in("{suspend, [{tally_srv, |") << QByteArrayList{"default", "infinity"};
    QTest::newRow("load") << in("{load, {tally_srv, soft_purge, |") << purges;
    QTest::newRow("object code") << in("{load_object_code, {tally, \"1\", [|") << modules;
    QTest::newRow("application") << in("{restart_application, |") << QByteArrayList{"tally", "tally_tcp"};
    QTest::newRow("start type") << in("{add_application, tally, |") << QByteArrayList{"permanent", "transient", "temporary", "load", "none"};
    QTest::newRow("call") << in("{apply, {tally_sr|") << QByteArrayList{"tally_srv"};
    QTest::newRow("code_change") << in("{code_change, [{tally_sr|") << QByteArrayList{"tally_srv"};
    QTest::newRow("code_change mode") << in("{code_change, u|") << QByteArrayList{"up"};
    const auto keys = QByteArrayList{"\"1.4.1\"", "\"1.4.0\"", "\"1.3.9\""};
    QTest::newRow("key") << QByteArray("{\"1.5.0\", [{|") << keys;
    QTest::newRow("key, quote") << QByteArray("{\"1.5.0\", [{\"|") << keys;
    QTest::newRow("key, second rule") << QByteArray("{\"1.5.0\", [{\"1\", []}, {\"1.4|") << QByteArrayList{"\"1.4.1\"", "\"1.4.0\""};
    QTest::newRow("pattern") << QByteArray("{\"1.5.0\", [], [{<<\"1|")
                             << QByteArrayList{R"(<<"1\\.4\\.1">>)", R"(<<"1\\.4\\.0">>)", R"(<<"1\\.3\\.9">>)",
                                               R"(<<"1\\.4\\.[0-9]+">>)", R"(<<"1\\.3\\.[0-9]+">>)"};
    QTest::newRow("pattern, bracket") << QByteArray("{\"1.5.0\", [{<<|") << QByteArrayList{R"(<<"1\\.4\\.1">>)"};
    QTest::newRow("rule") << QByteArray("{\"1.5.0\", [|") << QByteArrayList{R"({"1.4.1", []})"};
}

void TestCompletion::offers()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArrayList, expected);
    QCOMPARE(labels(at(text)).first(qMin(expected.size(), at(text).items.size())), expected);
}

void TestCompletion::offersNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray("|");
    QTest::newRow("application's version") << QByteArray("{|");
    QTest::newRow("comment") << in("%% lo|");
    QTest::newRow("comment behind") << in("{load_module, a}, % lo|\n]");
    QTest::newRow("string") << in("{apply, {m, f, [\"lo|");
    QTest::newRow("quoted atom") << in("{load_module, 'ta|");
    QTest::newRow("complete word") << in("{load_module, tally_conn|");
    QTest::newRow("behind an element") << in("{load_module, a} lo|");
    QTest::newRow("too many arguments") << in("{load_module, a, soft_purge, soft_purge, [], |");
    QTest::newRow("no instruction") << in("{unheard_of, |");
    QTest::newRow("extra") << in("{update, a, {advanced, |");
    QTest::newRow("arguments") << in("{apply, {m, f, [tal|");
    QTest::newRow("closed") << QByteArray("{\"1\", [], []}|.");
    QTest::newRow("behind the end") << QByteArray("{\"1\", [], []}.\n[lo|");
    QTest::newRow("third list") << QByteArray("{\"1\", [], [], [{\"1\", [lo|");
    QTest::newRow("behind a key") << QByteArray("{\"1.5.0\", [{\"1.4.0\" |");
    QTest::newRow("bad token") << in("16#zz, lo|");
}

void TestCompletion::offersNothing()
{
    QFETCH(const QByteArray, text);
    QCOMPARE(labels(at(text)), QByteArrayList());
}

void TestCompletion::replaces_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("after"); // with the first item
    QTest::newRow("word") << in("lo|") << in("{load_module, Mod}");
    QTest::newRow("begun tuple") << in("{lo|") << in("{load_module, Mod}");
    QTest::newRow("closed tuple") << in("{lo|}]") << in("{load_module, Mod}]");
    QTest::newRow("rest of the word") << in("{load_module, tally_s|rx}") << in("{load_module, tally_srv}");
    QTest::newRow("defaults") << in("{code_c|") << in("{code_change, [{Mod, []}]}");
    QTest::newRow("string") << QByteArray("{\"2\", [{\"1.4|.7\", []}") << QByteArray("{\"2\", [{\"1.4.1\", []}");
    QTest::newRow("open string") << QByteArray("{\"2\", [{\"1.4|, []}") << QByteArray("{\"2\", [{\"1.4.1\", []}");
    QTest::newRow("binary") << QByteArray("{\"2\", [{<<\"1|\">>, []}") << QByteArray("{\"2\", [{<<\"1\\\\.4\\\\.1\">>, []}");
}

void TestCompletion::replaces()
{
    QFETCH(QByteArray, text);
    QFETCH(const QByteArray, after);
    const Completions found = at(text);
    QVERIFY(!found.items.isEmpty());
    text.remove(text.indexOf('|'), 1);
    QCOMPARE(text.replace(found.replace.begin, found.replace.size(), found.items.first().insert), after);
}

void TestCompletion::explainsInstructions()
{
    const Completions found = at(in("{|"));
    QVERIFY(found.unasked && found.items.size() > 20);
    for (const Completion &item : found.items)
        QVERIFY2(item.about.size() > 40 && item.label.startsWith('{'), item.label.constData());
    QVERIFY(!at(in("{load_module, |")).unasked); // a comma alone opens no list
    QVERIFY(at(in("{load_module, t|")).unasked);
}

void TestCompletion::blanks()
{
    QCOMPARE(blanksOf("{apply, {M, F, []}}"), (QList<TextRange>{{9, 10}, {12, 13}}));
    QCOMPARE(blanksOf("restart_emulator"), QList<TextRange>());
}

void TestCompletion::anyPlaceOfAnyText()
{
    const QByteArray text = "{\"2\", [{<<\"1\\\\.[0-9]+\">>, [{update, 'a b', {advanced, []}, [b]}, % c\n [point_of_no_return]]}],"
                            " [{\"1\", []}]}.\n";
    for (qsizetype caret = 0; caret <= text.size(); ++caret) {
        const Completions found = completionsAt(text, caret, context);
        QVERIFY(found.replace.begin <= caret && found.replace.end >= caret && found.replace.end <= text.size());
        const QByteArray broken = text.first(caret) + "}]>>\"{[<<";
        QVERIFY(completionsAt(broken, caret, context).replace.end <= broken.size());
    }
    QVERIFY(completionsAt(text, -5, context).items.isEmpty());
    QVERIFY(completionsAt(text, 100'000, context).items.isEmpty());
    const QByteArray deep = "{\"1\"," + QByteArray(200'000, '[');
    QVERIFY(completionsAt(deep, deep.size(), context).items.isEmpty());
}

QTEST_GUILESS_MAIN(TestCompletion)
#include "tst_completion.moc"

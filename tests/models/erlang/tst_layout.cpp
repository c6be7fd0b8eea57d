// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/layout.h"
#include "models/erlang/parser.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover::erlang;

// One row for each rule; how they work together is compared with Erlang in tst_layout_erl.
class TestLayout : public QObject
{
    Q_OBJECT

private slots:
    void prints_data();
    void prints();
    void file();
    void everyDepth();
    void longList();
};

void TestLayout::prints_data()
{
    QTest::addColumn<QByteArray>("term");
    QTest::addColumn<int>("column");
    QTest::addColumn<QByteArray>("printed");
    const auto row = [](const char *name, const QByteArray &term, const QByteArray &printed, int column = 1) {
        QTest::newRow(name) << term << column << printed;
    };
    const QByteArray x30(30, 'x');
    const QByteArray x38(38, 'x');
    const QByteArray x68(68, 'x');
    row("78 columns", "{x" + x38 + "," + x38.chopped(2) + "}", "{x" + x38 + "," + x38.chopped(2) + "}");
    row("79 columns", "[" + x38 + "," + x38 + "]", "[" + x38 + ",\n " + x38 + "]");
    row("up to a column", "[" + x30 + "," + x30 + "]", "[" + x30 + "," + x30 + "]", 16);
    row("beyond it", "[" + x30 + "," + x30 + "]", "[" + x30 + ",\n                 " + x30 + "]", 17);
    row("words stay on the line", "[a," + x68 + ",b,c,d,e]", "[a," + x68 + ",b,c,d,\n e]");
    row("brackets have a line each", "[{a},{b},c,d," + x68 + "]", "[{a},\n {b},\n c,d," + x68 + "]");
    row("behind the tag", "{tag,[a]," + x68 + ",{b}}", "{tag,[a],\n     " + x68 + ",\n     {b}}");
    row("no tag", "{1,[a]," + x68 + ",{b},c}", "{1,\n [a],\n " + x68 + ",\n {b},\n c}");
    row("four columns", "{" + x38 + ",[a],[" + x30 + "],b}",
        "{" + x38 + ",\n    [a],\n    [" + x30 + "],\n    b}");
    QByteArray hanging;
    for (int level = 0; level < 10; ++level)
        hanging += "{t,\n" + QByteArray(2 * level + 1, ' ') + '[';
    row("one column", QByteArray("{t,[").repeated(10) + "{" + x38 + ",[a]}" + QByteArray("]}").repeated(10),
        hanging + "{" + x38 + ",\n" + QByteArray(21, ' ') + "[a]}" + QByteArray("]}").repeated(10));
    row("tail", "[[a]," + x68 + "|" + x30 + "]", "[[a],\n " + x68 + "|\n " + x30 + "]");
    row("map", "#{1=>" + x30 + ",2=>" + x38 + "}", "#{1 => " + x30 + ",\n  2 => " + x38 + "}");
    row("map, wide", "#{" + x38 + "=>[" + x38 + "]}", "#{" + x38 + " =>\n      [" + x38 + "]}");
    row("text is not broken", "\"" + x68 + x68 + "\"", "\"" + x68 + x68 + "\"");
    row("numbers are", "<<" + QByteArray("200,").repeated(30) + "1>>",
        "<<" + QByteArray("200,").repeated(19) + "\n  " + QByteArray("200,").repeated(11) + "1>>");
    row("characters count, not bytes", "{" + QByteArray("'\xC3\xA9',").repeated(37) + "a}",
        "{" + QByteArray("\xC3\xA9,").repeated(37) + "a}");
}

void TestLayout::prints()
{
    QFETCH(QByteArray, term);
    QFETCH(int, column);
    const auto parsed = parseBareTerm(term);
    QVERIFY(parsed);
    QTEST(printPretty(*parsed, column), "printed");
}

void TestLayout::file()
{
    QCOMPARE(printFile(*parseBareTerm("{\"1.1\",[{\"\xC3\xA9\",[],[point_of_no_return]}],[]}")),
             "%% coding: utf-8\n{\"1.1\",[{\"\xC3\xA9\",[],[point_of_no_return]}],[]}.\n"_ba);
}

// As deep as the parser goes, all that was printed can be read again.
void TestLayout::everyDepth()
{
    for (const QByteArray &pair : {"[]"_ba, "{}"_ba}) {
        QByteArray text = "end_of_it";
        for (int depth = 1; depth <= 499; ++depth) {
            text = pair.first(1) + (depth % 3 == 0 ? "tag," : "") + text + pair.last(1);
            if (depth % 100 != 99)
                continue;
            const auto term = parseBareTerm(text);
            QVERIFY(term);
            const auto again = parseBareTerm(printPretty(*term));
            QVERIFY(again && *again == *term);
        }
    }
}

void TestLayout::longList()
{
    const QByteArray text =
        "[" + QByteArray("{load,{m,brutal_purge,soft_purge}},").repeated(20'000) + "end_of_it]";
    const auto term = parseBareTerm(text);
    QVERIFY(term);
    QCOMPARE(printPretty(*term), QByteArray(text).replace("}},", "}},\n "));
}

QTEST_GUILESS_MAIN(TestLayout)
#include "tst_layout.moc"

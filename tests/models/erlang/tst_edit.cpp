// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/edit.h"
#include "models/erlang/parser.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::erlang;

// In the tables "@" stands before the container that is changed, and "|" is a line end.
class TestEdit : public QObject
{
    Q_OBJECT

private slots:
    void insert_data();
    void insert();
    void remove_data();
    void remove();
    void replace_data();
    void replace();
    void encodings();
    void tabsAndWideLines();
    void refusals();
};

struct Document
{
    QByteArray text;
    Term term;
    Term container;
};

static Term termAt(const Term &term, qsizetype begin)
{
    if (term.range().begin == begin)
        return term;
    for (const Term &item : term.items()) {
        if (item.range().begin <= begin && begin < item.range().end)
            return termAt(item, begin);
    }
    return Term();
}

static QByteArray lines(QByteArray text) { return text.replace('|', '\n'); }

static Document document(const QByteArray &row)
{
    QByteArray text = lines(row) + ".\n";
    const qsizetype at = text.indexOf('@');
    text.remove(at, at < 0 ? 0 : 1);
    const auto term = parseFirstTerm(text);
    if (!term)
        qFatal("%s", text.constData());
    return {text, *term, termAt(*term, qMax<qsizetype>(0, at))};
}

static Term parsed(const QByteArray &text) { return parseBareTerm(text).value_or(Term::atom("not a term")); }

static const char *const wideItem = "{update,some_module_with_a_long_name,supervisor,{advanced,"
                                    "[some,more,arguments]},brutal_purge}";

void TestEdit::insert_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<int>("index");
    QTest::addColumn<QByteArray>("item");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, int index, const char *item,
                        const char *after) {
        QTest::newRow(name) << QByteArray(before) << index << QByteArray(item) << QByteArray(after);
    };
    row("into []", "[]", 0, "x", "[x]");
    row("into {}", "{a,@{}}", 0, "x", "{a,{x}}");
    row("into [ ]", "[ ]", 0, "x", "[x ]");
    row("into \"\"", "{a, @\"\"}", 0, "x", "{a, [x]}");
    row("into empty lines", "{a,| @[|  ]}", 0, "x", "{a,| [|  x|  ]}");
    row("into a comment", "[ % none|]", 0, "x", "[ % none| x|]");
    row("one line, first", "[a, b]", 0, "x", "[x, a, b]");
    row("one line, middle", "[a,b]", 1, "x", "[a,x,b]");
    row("one line, last", "[a,  b]", 2, "x", "[a,  b,  x]");
    row("one line, blanks", "[ a, b ]", 2, "x", "[ a, b, x ]");
    row("one line, comment", "[a, b % c|]", 2, "x", "[a, b, x % c|]");
    row("one element", "{q, @[a]}", 1, "x", "{q, [a, x]}");
    row("one element, close", "{q,@[a]}", 1, "x", "{q,[a,x]}");
    row("one element, no comma", "[a]", 0, "x", "[x, a]");
    row("one element of lines", "[{a,|  b}]", 1, "x", "[{a,|  b},| x]");
    row("one element of lines, first", "[{a,|  b}]", 0, "x", "[x,| {a,|  b}]");
    row("lines, first", "[a,| b]", 0, "x", "[x,| a,| b]");
    row("lines, middle", "[a,| b]", 1, "x", "[a,| x,| b]");
    row("lines, last", "[a,| b]", 2, "x", "[a,| b,| x]");
    row("lines, apart", "[|  a,|  b|]", 0, "x", "[|  x,|  a,|  b|]");
    row("lines, apart, last", "[|  a,|  b|]", 2, "x", "[|  a,|  b,|  x|]");
    row("lines, only one", "[|  a|]", 1, "x", "[|  a,|  x|]");
    row("comments, first", "[ % all|  %% a|  a]", 0, "x", "[ % all|  x,|  %% a|  a]");
    row("comments, middle", "[a, % a| %% b| b]", 1, "x", "[a, % a| x,| %% b| b]");
    row("comments, last", "[a, % a| b % b|]", 2, "x", "[a, % a| b, % b| x|]");
    row("comment, bracket behind", "[a,| b] % end|", 2, "x", "[a,| b,| x] % end|");
    row("leading commas, first", "[ a|, b]", 0, "x", "[ x|, a|, b]");
    row("leading commas, middle", "[ a % a|, b % b|]", 1, "x", "[ a % a|, x|, b % b|]");
    row("leading commas, last", "[ a|,  b % b|]", 2, "x", "[ a|,  b % b|,  x|]");
    row("wrapped", "[a, b,| c, d]", 2, "x", "[a, b,| x,| c, d]");
    row("wrapped, last", "[a, b,| c, d]", 4, "x", "[a, b,| c, d, x]");
    row("%, in words", "[\"%\", '%,', $%, $,| , \"]\"]", 4, "x", "[\"%\", '%,', $%, $,| , x| , \"]\"]");
    row("$ blank", "[$ , b]", 1, "x", "[$ , x, b]");
    row("parentheses", "[(a), ((b))]", 2, "x", "[(a), ((b)), x]");
    row("wide", "{v,|  @[a]}", 1, wideItem,
        "{v,|  [a,|   {update,some_module_with_a_long_name,supervisor,|"
        "           {advanced,[some,more,arguments]},|           brutal_purge}]}");
    row("text as text", "{a, @[b]}", 1, "[97,98]", "{a, [b, \"ab\"]}");
}

void TestEdit::insert()
{
    QFETCH(QByteArray, before);
    QFETCH(int, index);
    QFETCH(QByteArray, item);
    QFETCH(QByteArray, after);
    const Document document = ::document(before);
    const auto edits = insertItem(document.text, document.container, index, parsed(item));
    QVERIFY2(edits, edits ? "" : qPrintable(edits.error().message));
    QCOMPARE(applyEdits(document.text, *edits), lines(after) + ".\n");
}

void TestEdit::remove_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<int>("index");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, int index, const char *after) {
        QTest::newRow(name) << QByteArray(before) << index << QByteArray(after);
    };
    row("only one", "[a]", 0, "[]");
    row("only one, blanks", "[ a ]", 0, "[ ]");
    row("only one, line", "[|  a % a|]", 0, "[|]");
    row("only one, comment", "[a % a|]", 0, "[]");
    row("only one, comments", "[a % a| %% more|]", 0, "[| %% more|]");
    row("one line, first", "[a, b, c]", 0, "[b, c]");
    row("one line, middle", "[a, b, c]", 1, "[a, c]");
    row("one line, last", "[a, b, c ]", 2, "[a, b ]");
    row("one line, close", "{a,b,c}", 1, "{a,c}");
    row("lines, first", "[a,| b,| c]", 0, "[b,| c]");
    row("lines, middle", "[a,| b,| c]", 1, "[a,| c]");
    row("lines, last", "[a,| b,| c]", 2, "[a,| b]");
    row("lines, apart", "[|  a,|  b|]", 0, "[|  b|]");
    row("lines, apart, last", "[|  a,|  b|]", 1, "[|  a|]");
    row("comments, first", "[a, % a| b % b|]", 0, "[b % b|]");
    row("comments, middle", "[a, % a| %% b| b, % b| c]", 1, "[a, % a| %% b| c]");
    row("comments, last", "[a, % a| %% b| b % b|]", 1, "[a % a| %% b|]");
    row("comments, bracket", "[a, % a| b] % end|", 1, "[a % a| ] % end|");
    row("comment of several", "[a, b, % both| c]", 1, "[a, % both| c]");
    row("comment of several, last", "[a, b % both|]", 1, "[a % both|]");
    row("leading commas, first", "[ a % a|, b|, c]", 0, "[ b|, c]");
    row("leading commas, middle", "[ a % a|, b % b|, c]", 1, "[ a % a|, c]");
    row("leading commas, last", "[ a|, b % b|]", 1, "[ a|]");
    row("wrapped", "[a, b,| c, d]", 1, "[a,| c, d]");
    row("wrapped, first of line", "[a, b,| c, d]", 2, "[a, b,| d]");
    row("several lines", "[a,| {b, % in|  c}, % b| d]", 1, "[a,| d]");
    row("empty line", "[a,|| b,|| c]", 1, "[a,||| c]");
    row("$ blank", "[$ , b,|c]", 1, "[$ ,|c]");
    row("parentheses", "[(a), (b)]", 1, "[(a)]");
    row("inner", "{x, @[a,| b], % x| y}", 0, "{x, [b], % x| y}");
}

void TestEdit::remove()
{
    QFETCH(QByteArray, before);
    QFETCH(int, index);
    QFETCH(QByteArray, after);
    const Document document = ::document(before);
    const auto edits = removeItem(document.text, document.container, index);
    QVERIFY2(edits, edits ? "" : qPrintable(edits.error().message));
    QCOMPARE(applyEdits(document.text, *edits), lines(after) + ".\n");
}

void TestEdit::replace_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("item");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, const char *item, const char *after) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(item) << QByteArray(after);
    };
    row("all", "@a % a|", "{b}", "{b} % a|");
    row("one", "[a, % a| @b % b|]", "'C'", "[a, % a| 'C' % b|]");
    row("string", "{@\"1.0\", []}", "<<\"1\\\\.0\">>", "{<<\"1\\\\.0\">>, []}");
    row("strings", "{@\"1\" \"0\"}", "\"1.1\"", "{\"1.1\"}");
    row("wide", "{v,|\t@[a]}", wideItem,
        "{v,|\t{update,some_module_with_a_long_name,supervisor,|"
        "\t        {advanced,[some,more,arguments]},|\t        brutal_purge}}");
}

void TestEdit::replace()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, item);
    QFETCH(QByteArray, after);
    const Document document = ::document(before);
    const auto edit = replaceTerm(document.text, document.container, parsed(item));
    QVERIFY2(edit, edit ? "" : qPrintable(edit.error().message));
    QCOMPARE(applyEdits(document.text, {*edit}), lines(after) + ".\n");
}

void TestEdit::encodings()
{
    const QByteArray latin1 = "%% coding: latin-1\n[\"\xE9\", % \xE9\n a].\n";
    const Term item = Term::tuple({Term::string(u"é"_s), Term::atom("\xD0\x96\xC3\xA9")});
    const auto edits = insertItem(latin1, *parseFirstTerm(latin1), 1, item);
    QVERIFY(edits);
    QCOMPARE(applyEdits(latin1, *edits),
             "%% coding: latin-1\n[\"\xE9\", % \xE9\n {\"\xE9\",'\\x{416}\xE9'},\n a].\n"_ba);

    const QByteArray dos = "[\"\xC3\xA9\", % c\r\n a].\r\n";
    const auto more = insertItem(dos, *parseFirstTerm(dos), 2, item);
    QVERIFY(more);
    QCOMPARE(applyEdits(dos, *more),
             "[\"\xC3\xA9\", % c\r\n a,\r\n {\"\xC3\xA9\",'\xD0\x96\xC3\xA9'}].\r\n"_ba);
    const auto less = removeItem(dos, *parseFirstTerm(dos), 0);
    QVERIFY(less);
    QCOMPARE(applyEdits(dos, *less), "[a].\r\n"_ba);
}

// What stands far to the right gets as many columns as in the middle of a line.
void TestEdit::tabsAndWideLines()
{
    const QByteArray text = "{" + QByteArray(70, 'a') + ",[b]}.\n";
    const auto edits =
        insertItem(text, parseFirstTerm(text)->at(1), 1, parsed("{c,{d,\"eeeeeeeeeeeeeeeeeee\"}}"));
    QVERIFY(edits);
    QCOMPARE(applyEdits(text, *edits),
             "{" + QByteArray(70, 'a') + ",[b,{c,{d,\"eeeeeeeeeeeeeeeeeee\"}}]}.\n");
    const QByteArray tabs = "{a,\n\t[b,\n\t c]}.\n";
    const auto tabbed = insertItem(tabs, parseFirstTerm(tabs)->at(1), 1, Term::atom("x"));
    QVERIFY(tabbed);
    QCOMPARE(applyEdits(tabs, *tabbed), "{a,\n\t[b,\n\t x,\n\t c]}.\n"_ba);
}

void TestEdit::refusals()
{
    const QByteArray text = "{[a,b|[c]],\"ab\",#{a=>b},[a|b],[]}.\n";
    const Term term = *parseFirstTerm(text);
    for (const qsizetype part : {0, 1, 2, 3}) {
        const auto edits = insertItem(text, term.at(part), 0, Term::atom("x"));
        QVERIFY(!edits);
        QCOMPARE(edits.error().code, u"erlang.edit"_s);
        QCOMPARE(edits.error().kind, ErrorKind::Answer);
        QVERIFY(!removeItem(text, term.at(part), 0));
    }
    QVERIFY(!insertItem(text, term, -1, Term()));
    QVERIFY(!insertItem(text, term, 6, Term()));
    QVERIFY(insertItem(text, term, 5, Term()));
    QVERIFY(!removeItem(text, term, 5));
    QVERIFY(!removeItem(text, term.at(4), 0));
    // Terms that were made, or read from another text.
    QVERIFY(!replaceTerm(text, Term::atom("x"), Term()));
    QVERIFY(!insertItem(text, Term::list({Term()}), 0, Term()));
    QVERIFY(!replaceTerm(text.first(5), term, Term()));
    for (const QByteArray &other : {QByteArray("% " + text), QByteArray(text.chopped(4) + "    "),
                                    QByteArray("{[a,b" + text), QByteArray("\xFF" + text), QByteArray()}) {
        QVERIFY(!insertItem(other, term, 0, Term()));
        QVERIFY(!removeItem(other, term, 0));
    }
}

QTEST_GUILESS_MAIN(TestEdit)
#include "tst_edit.moc"

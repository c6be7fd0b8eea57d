// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/parser.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::erlang;

class TestParser : public QObject
{
    Q_OBJECT

private slots:
    void ranges();
    void encodings();
    void severalTerms();
    void accessors();
    void equality();
    void errors_data();
    void errors();
    void limits_data();
    void limits();
    void mutations();
};

void TestParser::ranges()
{
    const QByteArray text =
        "%% c\xC3\xB6mment\n{\"1.\xC3\xA9\" \"x\", [ -1 , (b), <<\"p\">>| []],#{k => \"v\"}} .\nrest";
    const auto term = parseFirstTerm(text);
    QVERIFY2(term.has_value(), term ? "" : qPrintable(term.error().message));
    const auto source = [&](const Term &part) {
        return text.sliced(part.range().begin, part.range().size());
    };
    QCOMPARE(source(*term), text.sliced(text.indexOf('{'), text.indexOf(" .\n") - text.indexOf('{')));
    QCOMPARE(source(term->at(0)), "\"1.\xC3\xA9\" \"x\""_ba);
    QCOMPARE(term->at(0).stringValue(), u"1.éx"_s);
    QCOMPARE(source(term->at(1)), "[ -1 , (b), <<\"p\">>| []]"_ba);
    QCOMPARE(term->at(1).size(), 3);
    QCOMPARE(source(term->at(1).at(0)), "-1"_ba);
    QCOMPARE(source(term->at(1).at(1)), "b"_ba);
    QCOMPARE(source(term->at(1).at(2)), "<<\"p\">>"_ba);
    QCOMPARE(source(term->at(2).at(1)), "\"v\""_ba);
}

void TestParser::encodings()
{
    QCOMPARE(parseFirstTerm("%% coding: latin-1\n\"\xE9\"."_ba)->stringValue(), u"é"_s);
    QCOMPARE(parseFirstTerm("% -*- erlang -*-\n%% -*- coding:Latin-1 -*-\n\"\xE9\"."_ba)->stringValue(),
             u"é"_s);
    QCOMPARE(parseFirstTerm("%% coding: utf-8\n\"\xC3\xA9\"."_ba)->stringValue(), u"é"_s);
    QVERIFY(!parseFirstTerm("\n\n%% coding: latin-1\n\"\xE9\"."_ba));
    const auto error = parseFirstTerm("\"ok\n \xE9\"."_ba).error();
    QCOMPARE(error.place, (TextPlace{2, 2}));
    QVERIFY(error.message.contains(u"UTF-8"_s));
    QVERIFY(!parseFirstTerm("a%\xFF\n."_ba));
    QVERIFY(parseFirstTerm("a. \xFF"_ba));            // what follows is not read
    QVERIFY(!parseFirstTerm("\"\xED\xA0\x80\"."_ba)); // a surrogate
    QVERIFY(!parseFirstTerm("\"\xC0\x80\"."_ba));     // overlong
}

void TestParser::severalTerms()
{
    const auto terms = parseTerms("a. % one\n{b}.\n\n\"c\" .%\n"_ba);
    QVERIFY(terms);
    QCOMPARE(terms->size(), 3);
    QCOMPARE(parseTerms(" %nothing\n"_ba)->size(), 0);
    QVERIFY(!parseTerms("a. ]"_ba));
    QCOMPARE(parseFirstTerm("a. ]"_ba)->print(), "a"_ba);
    QCOMPARE(parseBareTerm("{ok,\"x\"}"_ba)->print(), "{ok,\"x\"}"_ba);
    QCOMPARE(parseBareTerm("{ok,\"x\"}.\n"_ba)->print(), "{ok,\"x\"}"_ba);
    QVERIFY(!parseBareTerm("a b"_ba));
    QVERIFY(!parseBareTerm("a. b"_ba));
    QVERIFY(!parseBareTerm(""_ba));
}

void TestParser::accessors()
{
    const Term term =
        *parseBareTerm("{tag,\"ab\",[$a,$b],[a|b],18446744073709551616,<<1>>,<<1:1>>,2.5,[],[1,-1]}"_ba);
    QVERIFY(term.isTagged("tag", 10));
    QVERIFY(!term.isTagged("tag", 9));
    QVERIFY(term.at(0).isAtom("tag"));
    QCOMPARE(term.at(1).kind(), Term::Kind::String);
    QCOMPARE(term.at(1).size(), 2);
    QCOMPARE(term.at(1).at(1).integerValue(), 98);
    QCOMPARE(term.at(2).stringValue(), u"ab"_s);
    QVERIFY(!term.at(3).isList());
    QCOMPARE(term.at(3).size(), 2);
    QCOMPARE(term.at(4).integerValue(), std::nullopt);
    QCOMPARE(term.at(4).print(), "18446744073709551616"_ba);
    QCOMPARE(term.at(5).binaryValue(), "\x01"_ba);
    QCOMPARE(term.at(6).binaryValue(), std::nullopt);
    QCOMPARE(term.at(7).floatValue(), 2.5);
    QCOMPARE(term.at(8).stringValue(), u""_s);
    QVERIFY(term.at(8).isList());
    QCOMPARE(term.at(9).stringValue(), std::nullopt);
    QCOMPARE(term.at(99), Term());
    QCOMPARE(Term::tuple(
                 {Term::atom("Ab"), Term::string(u"é"_s), Term::binary("x"), Term::list({Term::integer(-7)})})
                 .print(),
             "{'Ab',\"é\",<<\"x\">>,[-7]}"_ba);
}

void TestParser::equality()
{
    const auto equal = [](const char *a, const char *b) { return *parseBareTerm(a) == *parseBareTerm(b); };
    QVERIFY(equal("\"ab\"", "[97,$b]"));
    QVERIFY(equal("\"\"", "[]"));
    QVERIFY(equal("#{a=>1,b=>2}", "#{b=>2,a=>1}"));
    QVERIFY(equal("[a|[b|[]]]", "[a,b]"));
    QVERIFY(equal("{a, %x\n b}", "{a,b}"));
    QVERIFY(!equal("1", "1.0"));
    QVERIFY(!equal("0.0", "-0.0"));
    QVERIFY(!equal("[a|b]", "[a,b]"));
    QVERIFY(!equal("<<1>>", "<<1:7>>"));
    QVERIFY(!equal("#{a=>1}", "#{a=>2}"));
    QVERIFY(!equal("fun m:f/1", "fun m:f/2"));
    QVERIFY(!equal("99999999999999999999", "-99999999999999999999"));
}

void TestParser::errors_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    const auto row = [](const char *name, const char *text, const QString &words, int line, int column) {
        QTest::newRow(name) << QByteArray(text) << words << line << column;
    };
    row("missing comma", "{a,\n {update} b}.", u"comma is missing before 'b'"_s, 2, 11);
    row("comma too many", "[a,\n b,\n].", u"remove the comma"_s, 2, 3);
    row("wrong bracket", "{a,\n [b}.", u"'}' can't close the '[' of line 2; ']' is missing"_s, 2, 4);
    row("full stop inside", "{a,\n [b].", u"full stop comes before the '{' of line 1 is closed"_s, 2, 5);
    row("never closed", "{a,\n [b]", u"'{' here is never closed: '}' is missing"_s, 1, 1);
    row("no full stop", "{a,\n b}\n", u"full stop at the end of the term is missing"_s, 2, 4);
    row("nothing to close", "]", u"nothing open"_s, 1, 1);
    row("variable", "{a, Foo}.", u"'Foo'"_s, 1, 5);
    row("reserved", "{a, after}.", u"'after'"_s, 1, 5);
    row("calculation", "{a, 1 + 2}.", u"'+' can't stand here"_s, 1, 7);
    row("open string", "{\n\"abc}.", u"string that begins here has no end"_s, 2, 1);
    row("open atom", "{'abc}.", u"quoted atom that begins here has no end"_s, 1, 2);
    row("byte order mark", "\xEF\xBB\xBF{a}.", u"byte order mark"_s, 1, 1);
    row("no term", "%% nothing\n", u"no term"_s, 1, 1);
    row("strings touch", "\"a\"\"b\".", u"blank between"_s, 1, 4);
    row("base", "{37#1}.", u"between 2 and 36"_s, 1, 2);
    row("record", "#r{a=1}.", u"Records"_s, 1, 1);
    row("call", "{a(b)}.", u"comma is missing before '('"_s, 1, 3);
    row("segment", "<<a>>.", u"can't stand in a binary"_s, 1, 3);
    row("fun", "fun() -> a end.", u"fun module:function/arity"_s, 1, 1);
}

void TestParser::errors()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const auto term = parseFirstTerm(text);
    QVERIFY(!term);
    QVERIFY2(term.error().message.contains(words), qPrintable(term.error().message));
    QTEST(term.error().place.line, "line");
    QTEST(term.error().place.column, "column");
    const Error error = term.error().toError(u"x.appup"_s);
    QCOMPARE(error.code, u"erlang.syntax"_s);
    QVERIFY(error.message.startsWith(u"x.appup, line %1"_s.arg(term.error().place.line)));
}

void TestParser::limits_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("read");
    QTest::newRow("depth 500") << QByteArray(500, '[') + QByteArray(500, ']') + '.' << true;
    QTest::newRow("depth 501") << QByteArray(501, '[') + QByteArray(501, ']') + '.' << false;
    QTest::newRow("depth, open") << QByteArray(1'000'000, '{') << false;
    QTest::newRow("parentheses") << QByteArray(100'000, '(') + "a." << false;
    QTest::newRow("sign and parentheses") << "-" + QByteArray(100'000, '(') + "1." << false;
    QTest::newRow("maps") << QByteArray("#{a=>").repeated(100'000) << false;
    QTest::newRow("tails") << QByteArray("[a|").repeated(100'000) << false;
    QTest::newRow("binaries") << QByteArray("<<").repeated(100'000) << false;
    QTest::newRow("large segment") << QByteArray("<<0:999999999/unit:256>>.") << false;
    QTest::newRow("many large segments") << "<<" + QByteArray("0:100000000,").repeated(100) + "0>>." << false;
    QTest::newRow("repeated string") << "<<\"" + QByteArray(1000, 'a') + "\":1000000>>." << false;
    QTest::newRow("long integer") << QByteArray(1'000'000, '9') + '.' << true;
    QTest::newRow("too long integer") << QByteArray(1'000'001, '9') + '.' << false;
    QTest::newRow("too long hexadecimal") << "16#" + QByteArray(100'000, 'f') + '.' << false;
    QTest::newRow("long integer in bits") << "<<" + QByteArray(900'000, '9') + ":7000000>>." << false;
}

void TestParser::limits()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, read);
    const auto term = parseFirstTerm(text);
    QCOMPARE(term.has_value(), read);
    if (!term)
        QVERIFY(term.error().range.end <= text.size());
    Limits tight;
    tight.terms = 3;
    QVERIFY(parseFirstTerm("[a,b]."_ba, tight));
    QVERIFY(!parseFirstTerm("[a,b,c]."_ba, tight));
    tight.bytes = 4;
    QVERIFY(!parseFirstTerm("[a,b]."_ba, tight));
}

// What remains after random damage is either refused with a place inside the text, or reads back
// from its own print. The seed is fixed, so a failure comes again.
void TestParser::mutations()
{
    const QByteArrayList seeds{
        "{\"1.1\",[{<<\"1\\\\.[0-9]+\">>,[{load_module,m},{update,'A b',{advanced,[]}}]}],[]}.",
        "#{a => [1.5e-3,$\\n,-16#fF_0|tail], <<1:3,\"\xC3\xA9\"/utf8,(<<2>>)/binary>> => fun m:f/1}.",
        "\"\"\"\n  text\n   more\n  \"\"\" . ~s{sigil} . ~B\"x\\n\". 'q\\x{e9}'.",
        "%% coding: latin-1\n[\"\xE9\" \"b\", 123456789012345678901234567890, <<1.5:32/float-little>>].",
    };
    const QByteArray alphabet = "{}[]()<>|,.:;#=\"'$~\\%-+/_ \n\t09afAFxe^\xC3\xA9\xFF\x00";
    QRandomGenerator random(7);
    int read = 0;
    for (int i = 0; i < 20'000; ++i) {
        QByteArray text = seeds[random.bounded(int(seeds.size()))];
        for (int n = random.bounded(1, 5); n > 0; --n) {
            const int at = random.bounded(int(text.size()));
            switch (random.bounded(4)) {
            case 0:
                text.remove(at, random.bounded(1, 6));
                break;
            case 1:
                text.insert(at, alphabet[random.bounded(int(alphabet.size()))]);
                break;
            case 2:
                text[at] = alphabet[random.bounded(int(alphabet.size()))];
                break;
            default:
                text.insert(at, text.mid(random.bounded(int(text.size())), random.bounded(12)));
                break;
            }
            if (text.isEmpty())
                text = "a";
        }
        const auto terms = parseTerms(text);
        if (!terms) {
            const TextRange range = terms.error().range;
            QVERIFY(range.begin >= 0 && range.begin <= range.end && range.end <= text.size());
            continue;
        }
        ++read;
        for (const Term &term : *terms) {
            const auto again = parseBareTerm(term.print());
            QVERIFY2(again && *again == term, term.print().constData());
            const auto plain = parseBareTerm(term.write());
            QVERIFY2(plain && *plain == term, term.write().constData());
        }
    }
    QVERIFY(read > 500);
}

QTEST_GUILESS_MAIN(TestParser)
#include "tst_parser.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/parser.h"
#include "tests/support/erl.h"

#include <QByteArrayList>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;

// Each text, with ".\n" behind it, goes through erl_scan and erl_parse:parse_term of the real
// Erlang and through ours; both must refuse it, or read what prints alike.
static const QList<QByteArray> &texts()
{
    static const QList<QByteArray> table{
        // clang-format off
        // atoms
        "a", "abc_D@9", "'quoted atom'", "''", "'a'", "'A'", "'it\\'s'", "'\\n'", "'end'", "end", "maybe",
        "'maybe'", "else", "'a b\nc'", "\xC3\xA9t\xC3\xA9", "'\xD0\x9F\xD1\x80\xD0\xB8'", "\xD0\x9F",
        "'\xC3\x97'", "'\\x{41f}\\x{e9}'", "'a@b'", "a@B_9", "'_a'", "'9'", "'\xC3\xBF'", "\xC3\xB7",
        "'\xC3\xB7'", "'\\e\\d\\0'", "$", "after", "'after'", "cond", "let", "'let'", "maybe_",
        QByteArray(255, 'a'), QByteArray(256, 'a'), "'" + QByteArray(256, 'b') + "'", "Foo", "_", "_foo",
        "'\\^A\\101\\x41'",
        // integers
        "0", "-0", "1", "-1", "- 1", "+1", "-(1)", "-((1))", "(-1)", "- -1", "-(-1)", "+a", "1_000", "1__0",
        "1_", "_1", "007", "16#ff", "16#FF", "16#F_F", "-16#ff", "36#zZ", "37#1", "1#0", "2#12", "16#",
        "16#g", "2#1010_1010", "1_6#ff", "10#99", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "123456789012345678901234567890",
        "16#ffffffffffffffffffffffffffffffff", "-36#zzzzzzzzzzzzzzzzzzzzzzzzz",
        "000000000000000000000000000001", "{1,2.0,-3}", "1.", "1 .", "1..2",
        // characters
        "$a", "$\\n", "$\\s", "$\\^A", "$\\^a", "$\\^?", "$\\x41", "$\\x{e9}", "$\\x{1F600}", "$\\101",
        "$\\1", "$\\18", "$ ", "$\n", "$\\\n", "$\xC3\xA9", "$\xF0\x9F\x98\x80", "$'", "$\"", "$\\q",
        "$\\x4", "$\\x{}", "$\\x{110000}", "$\\x{d800}", "$\\x{fffe}", "$\\^1", "-$a", "+$a", "$\\8",
        "$\\777", "$%", "$$",
        // floats
        "1.0", "1.5e-3", "1e3", "1.0e3", "1.0E+3", "-1.5", "-0.0", "0.0", "1.0e22", "1.0e400", "1.0e-400",
        "123456789.125", "0.1", "0.01", "0.001", "0.0001", "0.00012", "1.0e-10", "100.0", "1000.0",
        "10000.0", "100000.0", "1000000.0", "123456.0", "1234567890123.0", "9007199254740991.0",
        "9007199254740992.0", "1.7976931348623157e308", "5.0e-324", "1_0.2_5", "1.5_0e1_0", "1.e3", "1.0e",
        "1.0e+", "3.141592653589793", "2.5e15", "0.000123456789", "1.0e5", "12.0e5", "1.25e7", "-1.25e-7",
        // strings
        "\"\"", "\"abc\"", "\"a\" \"b\"", "\"a\"\"b\"", "\"a\"\n  \"b\" %c\n \"c\"", "\"a\nb\"",
        "\"\\n\\t\\\"\\\\\\q\\s\\e\\d\\0\\x{e9}\"", "\"\xC3\xA9\"", "\"\xD0\x9F\"", "\"tab\there\"",
        "\"\\^G\"", "\"\\x{7f}\\x80\\xa0\"", "\"\\\n\"", "\"abc", "\"\\x{fffe}\"", "\"%no comment\"",
        "\"\"\"\nabc\n\"\"\"", "\"\"\"\n  abc\n   def\n\n  \"\"\"", "\"\"\"\nabc\\n\n\"\"\"",
        "\"\"\"\n\"\"\"", "\"\"\" x\n\"\"\"", "\"\"\"\n  a\n b\n  \"\"\"", "\"\"\"\"\nab\"\"\"\n\"\"\"\"",
        "\"\"\"\n  a\"\"\n  \"\"\"", "\"\"\"\n\n\n\"\"\"", "\"\"\"\n\"\"", "\"\"\"\na\r\n\"\"\"",
        "\"\"\"\n \"\"\n \"\"\"", "~\"x\"", "~b\"x\\n\"", "~s\"x\\n\"", "~B\"x\\n\"", "~S\"x\\n\"",
        "~b(a b)", "~s[a]", "~s{a}", "~S<a\\>", "~b/a/", "~b|a|", "~b'a'", "~b`a`", "~b#a#", "~q\"x\"",
        "~\"\xC3\xA9\"", "~s\"\xD0\x9F\"", "~ \"x\"", "~", "~\"x\"y", "~\"a\" \"b\"", "\"a\" ~\"b\"",
        "~s\"a\" \"b\"", "~b\"\"\"\n a\\tb\n \"\"\"", "~\"\"\"\n a\\tb\n \"\"\"",
        "~B\"\"\"\n a\\tb\n \"\"\"",
        // lists and tuples
        "[]", "[a]", "[a,b]", "[a|b]", "[a|[b]]", "[a,b|[c|d]]", "[a|\"bc\"]", "[|a]", "[a,]", "[,a]",
        "[a b]", "[a|b,c]", "[97,98]", "[97|98]", "[97,98|\"c\"]", "[233]", "[1040]", "[a|[]]", "{}", "{a}",
        "{a,{b,[c]}}", "{a,}", "{a", "[a}", "(a)", "((a))", "(a,b)", "()", "[[]|[]]", "[27,10]", "[0]",
        "\"a\" % comment\n", "%c\na", "{a,%}\nb}", "[-1,$a]",
        // maps
        "#{}", "#{a=>1}", "#{a => 1, b => 2}", "#{b=>1,a=>2}", "#{a=>1,a=>2}", "#{a:=1}", "#{1=>a,1.0=>b}",
        "#{2=>x,1=>y,\"s\"=>z,{}=>t}", "# {a=>1}", "#{a}", "#{a=>1,}", "#rec{a=1}", "#{#{a=>1}=>#{b=>2}}",
        "#{[]=>1,a=>2,[1]=>3,<<1>>=>4,{1}=>5}", "#{<<\"b\">>=>1,<<\"a\">>=>2}",
        "#{-1=>a,123456789012345678901=>b,-123456789012345678901=>c,1.5=>d}", "#{[1|2]=>a,[1]=>b,[1,2]=>c}",
        // binaries
        "<<>>", "<<1,2,3>>", "<<\"abc\">>", "<<\"\xC3\xA9\">>", "<<\"\xC3\xA9\"/utf8>>", "<<\"\xD0\x9F\">>",
        "<<\"\xD0\x9F\"/utf8>>", "<<\"a\",\"b\">>", "<<256>>", "<<-1>>", "<<1:16>>", "<<1:16/little>>",
        "<<1:12/little>>", "<<258:12/big>>", "<<1:3>>", "<<1:3,2:5>>", "<<5:3,\"ab\">>", "<<1.5:32/float>>",
        "<<1.5/float>>", "<<1/float>>", "<<1.5:16/float>>", "<<1.5:16/float-little>>", "<<1.5:8/float>>",
        "<<1.5>>", "<<1.0e300:32/float>>", "<<-1.0e300:16/float>>", "<<65520.0:16/float>>",
        "<<5.9e-8:16/float>>", "<<\"ab\":16>>", "<<\"ab\"/utf16>>", "<<\"ab\"/utf16-little>>",
        "<<\"ab\"/utf32>>", "<<\"\xF0\x9F\x98\x80\"/utf16>>", "<<1:2/unit:8>>", "<<1/unit:8>>",
        "<<1:1/integer-unit:4>>", "<<1/integer-float>>", "<<1/foo>>", "<<\"a\":8/utf8>>", "<<a>>",
        "<<[97]>>", "<<(<<1,2>>)/binary>>", "<< <<1,2>>/binary>>", "<<<<1,2>>/binary>>",
        "<< <<1,2>>:1/binary>>", "<< <<1,2>>:3/binary>>", "<< <<1:3>>/bits>>", "<< <<1:3>>/binary>>",
        "<< <<1:3>>/bitstring, 31:5>>", "<<1:(8)>>", "<<(1):8>>", "<<(-1):8>>", "<<- 1>>", "<<+1>>",
        "<<1:-8>>", "<<1:a>>", "<<$a>>", "<<1:8/signed>>", "<<-1:8/signed-little-integer>>",
        "<<1:8/signed-unsigned>>", "<<1:8/big-big>>", "<<\"\"/utf8>>", "<<\"\"/binary>>", "<<\"\":0>>",
        "<<123456789012345678901234567890:128>>", "<<-123456789012345678901234567890:100>>",
        "<<16#ffffffffffffffff:64>>", "<<1:0>>", "<<233>>", "<<233,40>>", "<<195,169>>", "<<0>>",
        "<<\"a\\0\">>", "<<1,>>", "<<1 2>>", "<<\"a\" \"b\">>", "<<\"a\"/float>>",
        "<<123456789012345678901234567890:32/float>>", "<<16#D800/utf8>>", "<<16#FFFE/utf8>>",
        "<<16#110000/utf8>>", "<<1/utf8>>", "<<~\"ab\"/binary>>", "<<~s\"ab\">>", "<<1:8/native>>",
        "<<258:16/native>>", "<<\"ab\\q\\\\.\">>", "<<\"\\e\">>", "<<10,13>>", "<<1/bytes>>",
        "<< <<1>>/bytes>>", "<< <<1>>/binary-unit:16>>", "<< <<1,2>>/binary-unit:16>>", "<<5:3>>",
        "<<97,5:3>>", "<<1:8/unit:0>>", "<<1:8/unit:257>>", "<<1:8/integer:8>>", "<<1:$a>>",
        // funs and what is no term
        "fun m:f/1", "fun 'M':'f g'/0", "fun f/1", "fun m:f/300", "fun M:f/1", "fun", "fun m:f",
        "fun() -> a end", "1+2", "a:b", "a ++ b", "\"a\" ++ \"b\"", "f()", "X", "{X}", "a b", "a,b", "a;b",
        "-> a", "?a", "{1,2", "[1,2", "1}", "]", "", "a . b", "#a", "<<", ">>", "{a => b}", "not a",
        "[a||b]", "\xEF\xBB\xBF" "a", "\xC2\xA0" "a", "\x01" "a", "\xE2\x82\xAC",
        // what appups look like
        "{\"1.1\",[{\"1.0\",[{load_module,m}]},{<<\"1\\\\.[0-9]+\">>,[restart_new_emulator]}],[]}",
        // clang-format on
    };
    return table;
}

class TermsErl : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void asErl_data();
    void asErl();
    void realFiles();

private:
    QList<QByteArray> m_expected; ///< for each text "error", or ~ktp, ~ktw in base64
};

void TermsErl::initTestCase()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compare with.");
    QTemporaryDir directory;
    QFile input(directory.filePath(u"texts"_s));
    QVERIFY(input.open(QIODevice::WriteOnly));
    for (const QByteArray &text : texts())
        input.write(QByteArray(text + ".\n").toBase64() + '\n');
    input.close();
    const QByteArray answer = test::Erl::run(R"(
        [File] = init:get_plain_arguments(),
        {ok, All} = file:read_file(File),
        Print = fun(Format, Term) ->
                base64:encode(unicode:characters_to_binary(io_lib:format(Format, [Term]))) end,
        [begin
            Text = unicode:characters_to_list(base64:decode(Line)),
            Read = case erl_scan:tokens([], Text ++ " ", 1) of
                {done, {ok, Tokens, _}, _} -> erl_parse:parse_term(Tokens);
                _ -> error
            end,
            case Read of
                {ok, Term} -> io:format("~s ~s~n", [Print("~0ktp", Term), Print("~ktw", Term)]);
                _ -> io:format("error~n")
            end
         end || Line <- binary:split(All, <<"\n">>, [global, trim_all])])",
                                             {input.fileName()});
    m_expected = answer.trimmed().split('\n');
    QVERIFY2(m_expected.size() == texts().size(), answer.constData());
}

void TermsErl::asErl_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    for (qsizetype i = 0; i < texts().size(); ++i)
        QTest::newRow(qPrintable(QString::number(i) + u' ' +
                                 QString::fromUtf8(texts()[i].first(qMin<qsizetype>(texts()[i].size(), 60)))))
            << texts()[i] << m_expected.value(i);
}

void TermsErl::asErl()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto term = erlang::parseFirstTerm(QByteArray(text + ".\n"));
    if (!term) {
        QVERIFY(!term.error().message.isEmpty());
        QVERIFY(term.error().range.begin >= 0 && term.error().range.end <= text.size() + 2);
        QVERIFY2(expected == "error", qPrintable(term.error().message));
        return;
    }
    QVERIFY2(expected != "error", "Erlang refuses this text.");
    const auto columns = expected.split(' ');
    QCOMPARE(term->print(), QByteArray::fromBase64(columns.value(0)));
    QCOMPARE(term->write(), QByteArray::fromBase64(columns.value(1)));
    const auto again = erlang::parseBareTerm(term->print());
    QVERIFY2(again.has_value(), again ? "" : qPrintable(again.error().message));
    QVERIFY(*again == *term);
}

// Everything a real installation has: what file:consult reads must be what we read.
void TermsErl::realFiles()
{
    QStringList files;
    QDirIterator found(u"/usr/lib/erlang"_s, {u"*.app"_s, u"*.appup"_s, u"*.rel"_s, u"RELEASES"_s},
                       QDir::Files, QDirIterator::Subdirectories);
    while (found.hasNext())
        files.append(found.next());
    QVERIFY(files.size() > 50);
    QTemporaryDir directory;
    QFile list(directory.filePath(u"files"_s));
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.write(files.join(u'\n').toUtf8());
    list.close();
    const QByteArray answer = test::Erl::run(R"(
        [File] = init:get_plain_arguments(),
        {ok, All} = file:read_file(File),
        [begin
            {ok, Terms} = file:consult(Name),
            [io:format("~s ", [base64:encode(unicode:characters_to_binary(io_lib:format("~0ktp", [T])))]) || T <- Terms],
            io:format("~n")
         end || Name <- binary:split(All, <<"\n">>, [global])])",
                                             {list.fileName()});
    const auto lines = answer.trimmed().split('\n');
    QCOMPARE(lines.size(), files.size());
    for (qsizetype i = 0; i < files.size(); ++i) {
        QFile file(files[i]);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto terms = erlang::parseTerms(file.readAll());
        QVERIFY2(terms.has_value(), terms ? "" : qPrintable(terms.error().toError(files[i]).message));
        QByteArrayList printed;
        for (const auto &term : *terms)
            printed.append(term.print().toBase64());
        QCOMPARE(printed.join(' '), lines[i].trimmed());
    }
}

QTEST_GUILESS_MAIN(TermsErl)
#include "tst_terms_erl.moc"

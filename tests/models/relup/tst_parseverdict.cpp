// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/parser.h"
#include "models/relup/parseverdict.h"
#include "tests/support/erl.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using erlang::Term;
using relup::ParseVerdict;

namespace {

QByteArrayList written()
{
    return {
        // clang-format off
        "", "  \n% c\n", "a", "a\n", "{a,b", "{a,\nb\n\n", "{a b}.\n", "{a,\n,b}.\n", "{a,\nb,\n}.\n",
        "[a,b}.\n", "{a,\nX}.\n", "X.\n", "\n\n{a,\nX}.", "a,\nb.\n", "a,b,c.", "1+2.\n", "\n(1)+2.\n",
        "\"abc", "{a,\"abc}.\n{b}.", "{a,'abc}.\n", "{\"abc\" b}.\n", "{end,1}.", "{if,1}.", "{case,1}.",
        "{receive}.", "{maybe,1}.", "{fun,1}.", "{try}.", "{begin}.", "{a,1 2}.", "{a,1.5 2.5}.", "{a $x}.",
        "{a 'B c'}.", "{a [b]}.", "{a <<1>>}.", "{a #{}}.", "{a \"s\\nt\"}.", "{a Xyz}.", "{a,b}}.",
        "a]\n.", "{a,b}\n{c}.", "]", ".", "{a,\xE9}.\n", "\xE9.\n", "{a\xE9}.\n", "  \xE9", "% \xE9\n{a}.",
        "\xE9", "\xC3", "\xFF\xFE{", "\xF4\x90\x80\x80.", "\xED\xA0\x80.", "\xE2\x82.", "{a.", "{a,b.",
        "{a}.b", "{a;b}.", "a;b.", "a->b.", "{a->b}.", "{a|b}.", "[a|b,c].", "[a||b].", "[a||b.",
        "[a||X<-b,c].", "[a||<<X>> <= b].", "[a|].", "[|a].", "{,}.", "[a,].", "a:b:c.", "a:b().",
        "a:b()().", "a()()", "{a<b<c}.", "{a<b+c<d}.", "{a<b andalso c<d}.", "{a=b<c}.", "{~x}.", "?M.",
        "{?M}.", "#r.", "{#r}.", "{#r{}}.", "{#r{a=1}}.", "{#r{a}}.", "{#r.a}.", "{X#r.a}.",
        "{X#{a=>1}#{}}.", "{f()#r{}}.", "{a=>b}.", "#{a}.", "#{a=>}.", "#{a=>1,}.", "#{a:=1}.", "<<a b>>.",
        "<<1:a>>.", "<<1", "<<1/a-b:8>>.", "<<1/2>>.", "<<a||b>>.", "<<-a>>.", "<<a+b>>.", "{1.}.",
        "{a,b}..", "{...}.", "{a\n\n ,b c}.", "{\"a\"\n\"b\" c}.", "-a.", "- -1.", "{}{}.", "a()",
        "a(b)\n.", "{16#}.", "{1e3}.", "{a,1__0}.", "fun a/1.", "fun a:b/X.", "fun X/1.", "fun 1.",
        "{'a' 'b'}.", "{a 12345678901234567890}.", "{a 16#ff}.", "{a -1}", "{a \"\xC3\xA9\"}.",
        "{a '\xC3\xA9'}.", "{a %\n b}.", "{a when}.", "when", "\xEF\xBB\xBF{a}.", "{a,\n \"b\n\n c\" d}.",
        "begin a, b}.", "begin a, b end.", "{case a,b}.", "{not,a}.", "{a not}.", "{a and b}.", "{a and}.",
        "{catch}.", "{catch a}.", "a=b=c.", "(a,b).", "{a,(}.", "()", "{a::b}.", "{a..b}.", "[1,2|3|4].",
        "{\"\"\"\nx\n\"\"\" b}.", "{a,b)", "%% coding: latin-1\n{\xE9 b}.", "{a,b}.{c}", "{a,\x01}.",
        "{a,\xE2\x82\xAC}.", "{a,$}.", "{a,1.5e}.", "if a; b -> c end.", "[a,b||c].", "{a:1}.", "{a:b:c}.",
        "{1:b}.", "{{a}:b}.", "{a!b}.", "{a=}.", "a b c.", "{'it\\'s' b c}.", "{a div b rem}.",
        "{a div b}.", "{~x\"1\",[],[]}.\n", "{a,\n~X|\\|,b}.", "{a,~S|4.|77.2|,b}.", "{~\"a\"x}.",
        "{~x\"a\"y}.", "{~x\"a\"y\"z\"}.", "{b ~s\"x\"y c}.", "{b ~s\"x\" c}.", "{b ~\"x\"}.",
        "{b ~Xyz\"x\"}.", "{a,~s\"x\ny\"z, 'c}.", "{a,~s\"x\ny\"z, c d}.", "~x\"a\".", "{a,~s\"x\"y\"z\"}.",
        "{~b\"x\"\"y\"}.", "{~x\"\"\"\nq\n\"\"\"}.",
        // clang-format on
    };
}

// Tokens in a row as nobody writes them, but as they may come to stand when something is missing.
QByteArrayList thrown(int count)
{
    static const QByteArrayList tokens{"a",  "b", "'C d'", "X",  "1",  "2.5", "$c", "\"s\"", "[", "]",
                                       "[",  "]", "{",     "}",  "{",  "}",   ",",  ",",     ",", ",",
                                       "\n", "|", "#{",    "=>", "<<", ">>",  "(",  ")",     ":", "/",
                                       "+",  "-", "=",     "<",  "->", "||",  ";",  "end",   "of"};
    QByteArrayList texts;
    QRandomGenerator random(27);
    for (int i = 0; i < count; ++i) {
        QByteArray text = random.bounded(2) ? "{a,[b," : "[{a,";
        const int length = 1 + random.bounded(7);
        for (int j = 0; j < length; ++j)
            text += tokens[random.bounded(int(tokens.size()))] + ' ';
        texts.append(text + (random.bounded(2) ? "]}.\n" : ".\n"));
    }
    return texts;
}

QByteArrayList refusedTexts()
{
    QByteArrayList texts;
    const QByteArrayList all = written() + thrown(1500);
    for (const QByteArray &text : all) {
        if (!erlang::parseFirstTerm(text))
            texts.append(text);
    }
    return texts;
}

QByteArray shown(const ParseVerdict &verdict)
{
    switch (verdict.kind) {
    case ParseVerdict::Kind::Read:
        return "read";
    case ParseVerdict::Kind::Crash:
        return "crash";
    case ParseVerdict::Kind::Parse:
        break;
    }
    return QByteArray::number(verdict.line) + ' ' + verdict.message.print();
}

} // namespace

class TestParseVerdict : public QObject
{
    Q_OBJECT

private slots:
    void asErlang();
    void deepAndLong();
};

void TestParseVerdict::asErlang()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compare with.");
    const QByteArrayList texts = refusedTexts();
    QVERIFY(texts.size() > 1000);
    QTemporaryDir directory;
    QFile file(directory.filePath(u"texts"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (const QByteArray &text : texts)
        file.write(text.toBase64() + '\n');
    file.close();
    const QByteArray answer = test::Erl::run(R"(
        [File] = init:get_plain_arguments(),
        {ok, All} = file:read_file(File),
        [begin
            ok = file:write_file(File, base64:decode(Line)),
            Said = try systools_lib:read_term(File) of
                {error, {parse, _, {L, erl_parse, M}}} -> io_lib:format("~w ~0tp", [L, M]);
                {error, {read, _}} -> "read";
                {ok, T} -> io_lib:format("ok ~0tp", [T])
            catch error:{case_clause, {error, tokens}} -> "crash" end,
            io:format("~s~n", [base64:encode(unicode:characters_to_binary(Said))])
         end || Line <- lists:droplast(binary:split(All, <<"\n">>, [global]))])",
                                             {file.fileName()});
    const QByteArrayList expected = answer.trimmed().split('\n');
    QVERIFY2(expected.size() == texts.size(), answer.constData());
    int different = 0;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        const QByteArray ours = shown(relup::parseVerdict(texts[i]));
        const QByteArray theirs = QByteArray::fromBase64(expected[i]);
        if (ours != theirs) {
            ++different;
            qWarning().noquote() << texts[i].trimmed() << "\n   ours:" << ours << "\n   OTP: " << theirs;
        }
    }
    QCOMPARE(different, 0);
}

// Nothing that a file can hold takes long or much room.
void TestParseVerdict::deepAndLong()
{
    for (const char *piece : {"[", "{a,", "(", "<<", "#{", "#{a=>", "- ", "a(", "begin ", "<< <<", "[a||",
                              "catch ", "X#r{a=", "fun a:b/1,", "~", "case ", "a:", "\"s\" "}) {
        const QByteArray text = QByteArray(piece).repeated(200'000);
        QVERIFY(!erlang::parseFirstTerm(text));
        const ParseVerdict verdict = relup::parseVerdict(text);
        QVERIFY(verdict.kind != ParseVerdict::Kind::Crash);
    }
}

QTEST_GUILESS_MAIN(TestParseVerdict)
#include "tst_parseverdict.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/matcher.h"
#include "tests/support/erl.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::appup;

// Matcher against re:run and against the search systools_relup does, in one run of the real Erlang.
//
// Left out, because PCRE1 (OTP up to 27) and PCRE2 differ there by their nature: \w, \b, \W and
// POSIX classes on letters beyond ASCII; unknown escapes (\i, \y, \8); ranges that end in a class
// ([\d-z], [\w-z]); recursion into groups with alternatives; \K inside lookarounds; {,n}, { 0,3 };
// (?n), (?^), (?xx), \N{U+..}, \g{+1}, (*atomic:..) and the like; (*UTF8); \C; \p{Script=..};
// names of groups beyond ASCII; NUL in a pattern; patterns that reach the match limit.
class MatcherErl : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void patterns();
    void lists();

private:
    QByteArrayList m_verdicts; ///< for each pattern one character a version: 1 taken, 0 not, x badarg
    QByteArrayList m_searches; ///< for each list a number a version: the rule, 0 none, -1 badarg
};

static const QStringList &versions()
{
    static const QStringList table{
        // clang-format off
        u""_s, u"0"_s, u"1"_s, u"1.0"_s, u"1.2"_s, u"1.2.3"_s, u"1.2.3.4"_s, u"1.10"_s, u"1.20.3"_s,
        u"2.5"_s, u"2.5.0"_s, u"2.5.3"_s, u"2x5"_s, u"2.50"_s, u"12.5"_s, u"2.5.3+build.4.ref1a2b3c4"_s,
        u"1.0+build"_s, u"1.00build"_s, u"1.0-rc1"_s, u"1.0-rc.1"_s, u"1.0.0-alpha"_s, u"1.0.0-alpha.1"_s,
        u"v1.0"_s, u"V1.0"_s, u"1.0\n"_s, u"\n"_s, u"1.0\r"_s, u"a"_s, u"A"_s, u"abc"_s, u"aaa"_s, u"git"_s,
        u"1.2-3-gabcdef0"_s, u"20240611"_s, u"2024.06.11"_s, u"R16B03"_s, u"r16b03-1"_s, u"1..2"_s, u".1"_s,
        u"1."_s, u" 1.0"_s, u"1.0 "_s, u"1,0"_s, u"10.2.7.1"_s, u"10.2.7"_s, u"10.2"_s, u"4.0"_s,
        u"4.0.0.1"_s, u"4.0.1"_s, u"4.1"_s, u"6.2.2.1"_s, u"99999999999999999999"_s, u"1.0_1"_s, u"(1)"_s,
        u"1.0é"_s, u"é"_s, u"П.1"_s, u"1.2 3"_s, u"11"_s, u"121"_s,
        // clang-format on
    };
    return table;
}

static QStringList patternTable()
{
    QStringList table{
        // clang-format off
        u""_s, u".*"_s, u".+"_s, u".*?"_s, u".+?"_s, u".+?$"_s, u"^.*$"_s, u"."_s, u".."_s, u"1"_s,
        u"1|1\\.2"_s, u"1\\.2|1"_s, u"(1|1\\.2)"_s, u"(1|1\\.2)$"_s, u"^(1|1\\.2)$"_s, u"2.5"_s, u"2\\.5"_s,
        u"2\\.5.*"_s, u"2\\.5\\..*"_s, u"2\\.5(\\.[0-9]+)*"_s, u"2\\.5(\\..*)?"_s, u"^2\\.5"_s, u"2\\.5$"_s,
        u"^2\\.5$"_s, u"\\A2\\.5\\z"_s, u"2\\.5\\Z"_s, u"1.0+build"_s, u"1\\.0\\+build"_s, u"1\\.0+"_s,
        u"1[.]0"_s, u"[0-9]+"_s, u"[0-9]+?"_s, u"[0-9]*"_s, u"\\d+"_s, u"\\d+\\.\\d+"_s,
        u"\\d+(\\.\\d+)*"_s, u"\\d+(\\.\\d+){2}"_s, u"\\d+(\\.\\d+){1,3}"_s, u"\\d+(\\.\\d+){2,}"_s,
        u"[^.]+"_s, u"[^0-9]+"_s, u"\\D+"_s, u"\\S+"_s, u"\\s*1\\.0\\s*"_s, u"[[:digit:]]+"_s,
        u"[[:digit:].]+"_s, u"(?i)v1\\.0"_s, u"(?i:V)1\\.0"_s, u"v?1\\.0"_s, u"[vV]?\\d+\\.\\d+"_s,
        u"(?x) 1 \\. 0 # comment"_s, u"(?s).*"_s, u"(?m)^1\\.0$"_s, u"(?U).+"_s, u"(?-i)a"_s, u"(?i)A"_s,
        u"(?i)É"_s, u"é"_s, u"1\\.0é"_s, u"\\x{e9}"_s, u"\\xe9"_s, u"\\x31\\.0"_s, u"\\0611"_s, u"П\\.1"_s,
        u"\\p{Lu}\\.1"_s, u"\\p{L}+"_s, u"\\PL+"_s, u"\\X+"_s, u"\\R"_s, u"\\n"_s, u"1\\.0\\n"_s,
        u"1\\.0\\r"_s, u"1\\.0(\\n)?"_s, u"1\\.0$"_s, u"\\h?1\\.0\\h?"_s, u"\\N+"_s, u"\\V+"_s, u"a{3}"_s,
        u"a{1,}"_s, u"a{2}"_s, u"(a)\\1+"_s, u"(?<n>a)\\k<n>*"_s, u"(?P<n>a)(?P=n)*"_s, u"(?<=v)1\\.0"_s,
        u"(?<!v)1\\.0"_s, u"1(?=\\.0)\\.0"_s, u"1(?!\\.1)\\..*"_s, u"(?>1|1\\.2)"_s, u"(?>[0-9]+)\\.0"_s,
        u"[0-9]++"_s, u"[0-9]*+1"_s, u"(?|1|2)(\\.\\d)"_s, u"(?(?=1)1\\.2|2\\.5)"_s,
        u"(1)?(?(1)\\.2|2\\.5)"_s, u"\\Q1.0\\E"_s, u"\\Q1.0"_s, u"\\Q1.0+build\\E"_s, u"v\\K1\\.0"_s,
        u"1\\K"_s, u"(?#note)1\\.0"_s, u"R\\d+[AB]\\d+"_s, u"(?i)r\\d+[ab]\\d+(-\\d)?"_s, u"[a-z]+"_s,
        u"[a-zA-Z0-9.+-]+"_s, u"[\\d.]+"_s, u"[]1]"_s, u"[^]]+"_s, u"[1-]"_s, u"[a\\-c]+"_s, u"[\\]1]"_s,
        u"\\(1\\)"_s, u"1\\.0\\ "_s, u" 1\\.0"_s, u"1,0"_s, u"\\.1"_s, u"1\\."_s, u"1\\.\\.2"_s,
        u"(1)(1)?"_s, u"(((1)))"_s, u"(?:1)"_s, u"(?:1|11)"_s, u"(?:11|1)"_s, u"(?:1|11)$"_s, u"1??1"_s,
        u"1{0}"_s, u"x*"_s, u"|1"_s, u"1|"_s, u"$"_s, u"^"_s, u"^$"_s, u"\\b1\\b"_s, u"\\B"_s, u"\\G1"_s,
        u"(?s:.)+"_s, u"1\\.\\d{1,2}"_s, u"1\\.\\d{2}"_s, u"\\d{8}"_s, u"\\d{4}\\.\\d\\d\\.\\d\\d"_s,
        u"\\d+\\.\\d+\\+build\\.\\d+\\.ref[0-9a-f]+"_s, u"2\\.5\\.3(\\+build\\.\\d+\\.ref[0-9a-f]{7,})?"_s,
        u"1\\.0(-rc\\.?\\d+)?"_s,
        u"(\\d+)\\.(\\d+)\\.(\\d+)(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?"_s, u"^4\\.0$"_s,
        u"^4\\.0\\.0(?:\\.[0-9]+)+$"_s, u"^4\\.0\\.1(?:\\.[0-9]+)*$"_s, u"^10\\.2\\.7(?:\\.[0-9]+)*$"_s,
        u"^6\\.2\\.2(?:\\.[0-9]+)*$"_s, u"10\\.2(\\.7)?"_s, u"10\\.2(\\.7)??"_s, u"10\\.2(\\.\\d+)*?"_s,
        u"(*ANYCRLF)1\\.0$"_s, u"(*LIMIT_MATCH=1000)1\\.0"_s, u"(*UCP)1\\.0"_s, u"a(*SKIP)b|abc"_s,
        u"(*COMMIT)2\\.5"_s, u"1(*ACCEPT)\\.9"_s, u"a(*FAIL)|a"_s, u"\\e|1"_s, u"\\t|1"_s, u"\\cA|1"_s,
        u"1\\.2 ?3"_s, u"(1.?)+"_s, u"(1|2|\\.)+"_s, u"(\\d\\.?)+"_s, u"([0-9]+\\.)*[0-9]+"_s,
        u"([0-9]+\\.)+"_s,
        // not patterns
        u"("_s, u")"_s, u"["_s, u"[a"_s, u"*"_s, u"+1"_s, u"?"_s, u"1**"_s, u"a{2,1}"_s, u"(?"_s, u"(?z)"_s,
        u"(?<"_s, u"(?<n>a"_s, u"\\"_s, u"[z-a]"_s, u"[[:foo:]]"_s, u"\\2"_s, u"(?<=a+)b"_s,
        u"\\x{110000}"_s, u"\\p{Foo}"_s, u"(?P=x)"_s, u"(?(1)a|b|c)(x)"_s, u"1{99999}"_s, u"\\k<x>"_s,
        u"(*FOO)1"_s, u"(?R"_s, u"\\c"_s, u"((((((((((1"_s, u"(?'n'a)(?'n'b)"_s, u"]"_s, u"}"_s, u"{"_s,
        u"a{"_s, u"a{x}"_s, u"a{1"_s,
        // clang-format on
    };
    // Numbers as OTP's own appups write them, and with what people forget.
    for (const QString &number : {u"1\\.2"_s, u"1.2"_s, u"2\\.5\\.3"_s, u"10\\.2\\.7"_s, u"6\\.2"_s}) {
        for (const QString &tail :
             {u".*"_s, u"(\\.[0-9]+)*"_s, u"\\.[0-9]+"_s, u"(\\..*)?"_s, u"\\.\\d"_s, u"[.0-9]*"_s})
            table << QString(number + tail) << QString(u'^' + number + tail + u'$');
    }
    return table;
}

// A few thousand of these lists differ in which kinds of rules come first.
static QList<QList<int>> listTable(qsizetype patterns)
{
    QList<QList<int>> lists;
    quint32 seed = 20240611;
    const auto random = [&](qsizetype below) {
        seed = seed * 1664525U + 1013904223U;
        return static_cast<int>((seed >> 8U) % static_cast<quint32>(below));
    };
    for (int i = 0; i < 150; ++i) {
        QList<int> list;
        for (int k = random(8) + 1; k > 0; --k) {
            const int kind = random(6);
            // negative: a version as a string; -1000: an entry OTP passes over
            list.append(kind == 0 ? -1 - random(versions().size()) : (kind == 1 ? -1000 : random(patterns)));
        }
        lists.append(list);
    }
    return lists;
}

static Rule regex(const QString &pattern)
{
    Rule rule;
    rule.key = Rule::Key::Regex;
    rule.text = pattern;
    return rule;
}

void MatcherErl::initTestCase()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compare with.");
    const QStringList patterns = patternTable();
    QVERIFY(patterns.size() >= 200);
    QVERIFY(versions().size() >= 50);
    QByteArray input;
    const auto line = [&](char kind, const QString &text) {
        input += kind + text.toUtf8().toBase64() + '\n';
    };
    for (const QString &version : versions())
        line('v', version);
    for (const QString &pattern : patterns)
        line('p', pattern);
    for (const auto &list : listTable(patterns.size())) {
        QStringList numbers;
        for (const int number : list)
            numbers.append(QString::number(number));
        line('l', numbers.join(u' '));
    }
    QTemporaryDir directory;
    QFile file(directory.filePath(u"input"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(input);
    file.close();
    // Search is appup_search_for_version/2 with numbers for the scripts.
    const QByteArray answer = test::Erl::run(R"(
        [File] = init:get_plain_arguments(),
        {ok, All} = file:read_file(File),
        Lines = [{Kind, base64:decode(Text)} || <<Kind, Text/binary>> <- binary:split(All, <<"\n">>, [global])],
        Vs = [unicode:characters_to_list(V) || {$v, V} <- Lines],
        Ps = [P || {$p, P} <- Lines],
        Takes = fun(Vsn, RE) ->
            case re:run(Vsn, RE, [unicode, {capture, first, list}]) of {match, [Vsn]} -> true; _ -> false end end,
        [io:format("~s~n", [[try Takes(V, P) of true -> $1; false -> $0 catch _:_ -> $x end || V <- Vs]]) || P <- Ps],
        PT = list_to_tuple(Ps), VT = list_to_tuple(Vs),
        Search = fun S(_, [], _) -> 0;
                     S(V, [K | T], N) when is_list(K) -> if K == V -> N; true -> S(V, T, N + 1) end;
                     S(V, [K | T], N) when is_binary(K) -> case Takes(V, K) of true -> N; false -> S(V, T, N + 1) end;
                     S(V, [_ | T], N) -> S(V, T, N + 1) end,
        [begin
            Keys = [case binary_to_integer(I) of
                        -1000 -> '1.0';
                        X when X < 0 -> element(-X, VT);
                        X -> element(X + 1, PT) end || I <- binary:split(L, <<" ">>, [global])],
            io:format("~s~n", [lists:join(" ", [integer_to_list(try Search(V, Keys, 1) catch _:_ -> -1 end) || V <- Vs])])
         end || {$l, L} <- Lines])",
                                             {file.fileName()});
    const auto lines = answer.trimmed().split('\n');
    const qsizetype lists = listTable(patterns.size()).size();
    QVERIFY2(lines.size() == patterns.size() + lists, answer.left(2000).constData());
    m_verdicts = lines.first(patterns.size());
    m_searches = lines.sliced(patterns.size());
}

void MatcherErl::patterns()
{
    const QStringList patterns = patternTable();
    QStringList differences;
    int taken = 0;
    for (qsizetype p = 0; p < patterns.size(); ++p) {
        const Matcher matcher({regex(patterns[p])});
        for (qsizetype v = 0; v < versions().size(); ++v) {
            const Verdict verdict = matcher.verdicts(versions()[v]).constFirst();
            const char ours = verdict == Verdict::Taken ? '1' : (verdict == Verdict::Invalid ? 'x' : '0');
            taken += ours == '1' ? 1 : 0;
            if (ours != m_verdicts[p].at(v))
                differences.append(u"%1 on '%2': OTP %3, we %4"_s.arg(patterns[p], versions()[v],
                                                                      QChar::fromLatin1(m_verdicts[p].at(v)),
                                                                      QChar::fromLatin1(ours)));
            QCOMPARE(matcher.match(versions()[v]), ours == '1' ? 1 : 0);
        }
    }
    QVERIFY(taken > 500);
    QVERIFY2(differences.isEmpty(), qPrintable(differences.join(u'\n')));
}

void MatcherErl::lists()
{
    const QStringList patterns = patternTable();
    const auto lists = listTable(patterns.size());
    for (qsizetype i = 0; i < lists.size(); ++i) {
        QList<Rule> rules;
        for (const int number : lists[i]) {
            Rule rule = regex(number >= 0 ? patterns[number] : QString());
            if (number < 0) {
                rule.key = number == -1000 ? Rule::Key::Ignored : Rule::Key::Literal;
                rule.text = number == -1000 ? u"1.0"_s : versions()[-number - 1];
            }
            rules.append(rule);
        }
        const Matcher matcher(rules);
        const auto expected = m_searches[i].split(' ');
        for (qsizetype v = 0; v < versions().size(); ++v) {
            const int number = expected[v].toInt();
            const auto verdicts = matcher.verdicts(versions()[v]);
            QCOMPARE(matcher.match(versions()[v]), qMax(0, number));
            QCOMPARE(verdicts.indexOf(Verdict::Taken) + 1, qMax(0, number));
            QCOMPARE(number < 0, number <= 0 && verdicts.contains(Verdict::Invalid));
        }
    }
}

QTEST_GUILESS_MAIN(MatcherErl)
#include "tst_matcher_erl.moc"

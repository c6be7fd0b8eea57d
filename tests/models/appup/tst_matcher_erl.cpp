// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/dialect.h"
#include "models/appup/matcher.h"
#include "tests/models/appup/generatedpatterns.h"
#include "tests/models/appup/patterntables.h"
#include "tests/support/erl.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::appup;

// KeyMatcher and Matcher against re:run and against the search systools_relup does, in one run of
// the real Erlang. Every difference must be one that dialectTrap() warns of, for that pattern and
// that version. The Erlang here is one up to 27; OTP 28 has PCRE2 as this program.
class MatcherErl : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void patterns();
    void falseAlarms();
    void lists();

private:
    [[nodiscard]] QStringList differencesOf(qsizetype pattern) const;

    QByteArrayList m_verdicts; ///< for each pattern one character a version: 1 taken, 0 not, x badarg
    QByteArrayList m_searches; ///< for each list a number a version: the rule, 0 none, -1 badarg
};

static const QStringList &versions()
{
    static const QStringList table =
        test::fixedVersions() + test::generatedVersions(27, 160) + test::explodingVersions();
    return table;
}

// As many ( as PCRE2 allows, and one more.
static QString nested(int depth) { return QString(depth, u'(') + u'1' + QString(depth, u')'); }

static const QStringList &patternTable()
{
    static const QStringList table = test::plainPatterns() + test::dialectPatterns() +
                                     QStringList{nested(250), nested(251), u"(?:1\\.0){6000}"_s,
                                                 u"((1){90}){90}"_s, u"1"_s.repeated(20000)} +
                                     test::explodingPatterns() + test::generatedPatterns(1, 400);
    return table;
}

static char wordOf(Verdict verdict)
{
    return verdict == Verdict::Taken ? '1' : (verdict == Verdict::Invalid ? 'x' : '0');
}

// Lists of plain patterns, versions and what OTP passes over.
static QList<QList<int>> listTable(qsizetype patterns)
{
    QList<QList<int>> lists;
    test::Dice dice(20240611);
    const auto random = [&](qsizetype below) { return static_cast<int>(dice.below(below)); };
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
    const QByteArray release = test::Erl::run("io:put_chars(erlang:system_info(otp_release))", {});
    if (release.toInt() >= 28)
        QSKIP("This Erlang has PCRE2; the table is about the differences to older ones.");
    const QStringList &patterns = patternTable();
    QVERIFY(patterns.size() >= 800);
    QVERIFY(versions().size() >= 200);
    QByteArray input;
    const auto line = [&](char kind, const QString &text) {
        input += kind + text.toUtf8().toBase64() + '\n';
    };
    for (const QString &version : versions())
        line('v', version);
    for (const QString &pattern : patterns)
        line('p', pattern);
    const qsizetype plain = test::plainPatterns().size();
    for (const auto &list : listTable(plain)) {
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
    const qsizetype lists = listTable(plain).size();
    QVERIFY2(lines.size() == patterns.size() + lists, answer.left(2000).constData());
    m_verdicts = lines.first(patterns.size());
    m_searches = lines.sliced(patterns.size());
}

// Versions that OTP answers otherwise.
QStringList MatcherErl::differencesOf(qsizetype pattern) const
{
    const KeyMatcher matcher(regex(patternTable()[pattern]));
    QStringList different;
    for (qsizetype v = 0; v < versions().size(); ++v) {
        if (wordOf(matcher.test(versions()[v])) != m_verdicts[pattern].at(v))
            different.append(versions()[v]);
    }
    return different;
}

void MatcherErl::patterns()
{
    const QStringList &patterns = patternTable();
    QStringList unwarned;
    int pairs = 0;
    int taken = 0;
    int differing = 0;
    for (qsizetype p = 0; p < patterns.size(); ++p) {
        taken += static_cast<int>(m_verdicts[p].count('1'));
        pairs += static_cast<int>(versions().size());
        const QStringList different = differencesOf(p);
        differing += static_cast<int>(different.size());
        for (const QString &version : different) {
            if (!dialectTrap(patterns[p], VersionLetters::of(version)))
                unwarned.append(u"%1 on '%2'"_s.arg(patterns[p], version));
        }
    }
    qInfo("%d patterns with versions: %d taken by OTP, %d answered otherwise, %d of them without a warning",
          pairs, taken, differing, static_cast<int>(unwarned.size()));
    QVERIFY(taken > 5000);
    QVERIFY2(unwarned.isEmpty(), qPrintable(unwarned.join(u'\n')));
}

// Warnings for versions without a letter beyond ASCII that make no difference for any version.
void MatcherErl::falseAlarms()
{
    const qsizetype plain = test::plainPatterns().size();
    const qsizetype fixed = plain + test::dialectPatterns().size();
    QStringList alarms;
    QStringList plainAlarms;
    for (qsizetype p = 0; p < fixed; ++p) {
        const QString &pattern = patternTable()[p];
        if (!KeyMatcher(regex(pattern)).isValid() || !dialectTrap(pattern) || !differencesOf(p).isEmpty())
            continue;
        alarms.append(pattern);
        if (p < plain)
            plainAlarms.append(pattern);
    }
    qInfo("%d false alarms in %d patterns: %s", static_cast<int>(alarms.size()), static_cast<int>(fixed),
          qPrintable(alarms.join(u"   "_s)));
    QCOMPARE(plainAlarms, QStringList({u"(*LIMIT_MATCH=1000)1\\.0"_s}));
    QVERIFY(alarms.size() <= 20);
}

void MatcherErl::lists()
{
    const QStringList patterns = test::plainPatterns();
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

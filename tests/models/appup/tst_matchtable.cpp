// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/matchtable.h"
#include "models/appup/pattern.h"
#include "tests/models/appup/generatedpatterns.h"
#include "tests/models/appup/patterntables.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::appup;

class TestMatchTable : public QObject
{
    Q_OBJECT

private slots:
    void shapes_data();
    void shapes();
    void sameWithoutRunning();
    void sameAsMatcher();
    void rematch();
    void explodingPatternsAreGivenUp();
    void explodingPatternsBlockNothing();
};

static Rule rule(Rule::Key key, const QString &text)
{
    Rule made;
    made.key = key;
    made.text = text;
    return made;
}

static Rule regex(const QString &pattern) { return rule(Rule::Key::Regex, pattern); }

void TestMatchTable::shapes_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("shape"); // ^ anchored, text, $ to its end, ! the whole of it, ~ what is within
    const auto row = [](const QString &pattern, const QString &shape) {
        QTest::newRow(qPrintable(QString(pattern).replace(u'\n', u"\\n"_s))) << pattern << shape;
    };
    row(u""_s, u"!"_s);
    row(u"1\\.2"_s, u"1.2!"_s);
    row(u"^1\\.2$"_s, u"^1.2$!"_s);
    row(u"\\A1[.]2"_s, u"^1.2!"_s);
    row(u"1\\.2$(?#c)"_s, u"1.2"_s);
    row(u"1\\.2$$"_s, u"1.2"_s);
    row(u"\\Q1.2\\E\\+b"_s, u"1.2+b!"_s);
    row(u"1\\.2(?:\\.[0-9]+)*$"_s, u"1.2"_s);
    row(u"1\\.2?"_s, u"1."_s);
    row(u"1\\.2?$"_s, u"1."_s);
    row(u"1\\.2(?#c)*"_s, u"1."_s);
    row(u"1\\.2\\E{0}"_s, u"1."_s);
    row(u"1\\.2.*"_s, u"1.2"_s);
    row(u"1|2"_s, {});
    row(u"1(2|3)"_s, u"1"_s);
    row(u"1(?x:2 # (\n)|3"_s, {});
    row(u"1(?xx)[ ](]|2"_s, {});
    row(u"(?i)v1"_s, {});
    row(u"v1(?i)b"_s, u"v1"_s);
    row(u"(*UCP)1"_s, {});
    row(u"1(*ACCEPT)|2"_s, {});
    row(u"^*1"_s, u"~1"_s);
    row(u"v?[0-9]+\\.17\\..*"_s, u"~.17."_s);
    row(u"(?i:v)1\\.0"_s, u"~1.0"_s);
    row(u"((?i)v)1\\.0x*"_s, u"~1.0"_s);
    row(u".a(?i)bcd"_s, u"~a"_s);
    row(u".(?i)bcd"_s, {});
    row(u"1(abc|2)?.34"_s, u"1~34"_s);
    row(u"12(?#c)*34"_s, u"1~34"_s);
    row(u"(?!abc)d(?=efg)"_s, u"~d"_s);
    row(u"[12]3"_s, u"~3"_s);
    row(u"[^.]"_s, {});
    row(u"1\\d"_s, u"1"_s);
    row(u"1é"_s, u"1"_s);
    row(u"é1"_s, u"~1"_s);
    row(u"(?m)^1"_s, {});
}

void TestMatchTable::shapes()
{
    QFETCH(QString, pattern);
    const PatternShape shape = patternShape(pattern);
    const QString words = (shape.anchored ? u"^"_s : QString()) + shape.start +
                          (shape.toEnd ? u"$"_s : QString()) + (shape.whole ? u"!"_s : QString()) +
                          (shape.within.isEmpty() ? QString() : QString(u'~' + shape.within));
    QTEST(words, "shape");
}

// What KeyMatcher tells by comparing is what a match tells.
void TestMatchTable::sameWithoutRunning()
{
    QStringList patterns = test::plainPatterns() + test::dialectPatterns() + test::generatedPatterns(9, 2000);
    for (const QString &number : {u"1"_s, u"1\\.0"_s, u"1[.]1"_s, u"\\Q1.0-rc1\\E"_s, u"-"_s, u""_s}) {
        for (const QString &tail :
             {u""_s, u"$"_s, u"\\n"_s, u"(\\.[0-9]+)*"_s, u"(\\.[0-9]+)*$"_s, u"?"_s, u"|1\\.2"_s})
            patterns << QString(number + tail) << QString(u'^' + number + tail)
                     << QString(u"\\A"_s + number + tail);
    }
    const QStringList versions = test::fixedVersions() + test::generatedVersions(9, 100);
    int compared = 0;
    for (const QString &pattern : std::as_const(patterns)) {
        const KeyMatcher matcher(regex(pattern));
        const PatternShape shape = patternShape(pattern);
        if (!matcher.isValid() || (shape.start.isEmpty() && shape.within.isEmpty()))
            continue;
        const QRegularExpression plain(u"(*LIMIT_MATCH=100000)(*NO_JIT)"_s + pattern);
        for (const QString &version : versions) {
            const auto match = plain.match(version);
            if (!match.isValid())
                continue;
            const Verdict expected = !match.hasMatch()                          ? Verdict::No
                                     : match.capturedLength() == version.size() ? Verdict::Taken
                                                                                : Verdict::PartOnly;
            const Verdict verdict = matcher.test(version);
            QVERIFY2(verdict == expected, qPrintable(QString(pattern + u" on "_s + version)));
            ++compared;
        }
    }
    QVERIFY(compared > 50'000);
}

void TestMatchTable::sameAsMatcher()
{
    const QStringList plain = test::plainPatterns();
    const QStringList versions = test::fixedVersions() + test::generatedVersions(4, 60);
    test::Dice dice(44);
    for (int i = 0; i < 100; ++i) {
        QList<Rule> rules;
        for (qsizetype n = dice.below(12); n > 0; --n) {
            const qsizetype kind = dice.below(5);
            rules.append(kind == 0   ? rule(Rule::Key::Literal, dice.of(versions))
                         : kind == 1 ? rule(Rule::Key::Ignored, u"1.0"_s)
                                     : regex(dice.of(plain)));
        }
        const Matcher matcher(rules);
        const QList<Match> table = matchTable(rules, versions);
        QCOMPARE(table.size(), versions.size());
        for (qsizetype v = 0; v < versions.size(); ++v) {
            const auto [number, verdict] = table[v];
            const QList<Verdict> verdicts = matcher.verdicts(versions[v]);
            QCOMPARE(verdict == Verdict::Taken ? number : 0, matcher.match(versions[v]));
            QCOMPARE(number == 0, verdict == Verdict::No);
            if (number == 0)
                QVERIFY(verdicts.count(Verdict::No) == verdicts.size());
            else
                QCOMPARE(verdict, verdicts[number - 1]);
        }
    }
}

// Edits of a few rules, one after the other, against the whole table.
void TestMatchTable::rematch()
{
    const QStringList patterns = test::plainPatterns();
    const QStringList versions = test::fixedVersions();
    test::Dice dice(8);
    QHash<QString, std::shared_ptr<KeyColumn>> known;
    QList<Rule> rules;
    KeyColumns columns;
    QList<Match> matches(versions.size());
    for (int i = 0; i < 1500; ++i) {
        const qsizetype at = dice.below(rules.size() + 1);
        for (qsizetype n = dice.below(3); n > 0 && at < rules.size(); --n)
            rules.removeAt(at);
        for (qsizetype n = dice.below(3); n > 0 && rules.size() < 12; --n)
            rules.insert(at, dice.once(3) ? rule(Rule::Key::Literal, dice.of(versions))
                                          : regex(dice.of(patterns)));
        KeyColumns now;
        for (const Rule &one : std::as_const(rules)) {
            auto &column = known[QString::number(int(one.key)) + one.text];
            if (!column)
                column = std::make_shared<KeyColumn>(one, versions.size());
            now.append(column);
        }
        const Rematch again(columns, now);
        for (qsizetype row = 0; row < versions.size(); ++row)
            matches[row] = again(row, versions[row], matches[row]);
        columns = now;
        QCOMPARE(matches, matchTable(rules, versions));
    }
}

void TestMatchTable::explodingPatternsAreGivenUp()
{
    const KeyMatcher matcher(regex(u"(a+)+$"_s));
    const QString bad = QString(40, u'a') + u'!';
    QCOMPARE(matcher.test(u"aa"_s), Verdict::Taken);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(matcher.test(bad + QString::number(i)), Verdict::TooComplex);
    QCOMPARE(matcher.limitHits(), KeyMatcher::MaxLimitHits);
    QCOMPARE(matcher.test(u"aa"_s), Verdict::TooComplex); // not run any more
    QVERIFY(!matcher.firstMatch(u"aa"_s));
    const KeyMatcher copy = matcher;
    QCOMPARE(copy.test(bad), Verdict::TooComplex);
    QCOMPARE(copy.limitHits(), KeyMatcher::MaxLimitHits);
    QCOMPARE(KeyMatcher(regex(u"(a+)+$"_s)).test(u"aa"_s), Verdict::Taken);
}

// 100 rules of which ten explode on most of 10,000 versions: each of those ten is run into the limit
// a few times only, and the other rules answer as if it weren't there.
void TestMatchTable::explodingPatternsBlockNothing()
{
    QStringList versions;
    for (int i = 0; i < 10'000; ++i)
        versions.append(u"1.%1.%2+%3!%4"_s.arg(i % 95).arg(i).arg(QString(40, u'a'), QString(10, u'b')));
    QList<Rule> rules;
    for (int i = 0; i < 10; ++i)
        rules.append(regex(u".*\\+(a+)+%1"_s.arg(QString(i + 1, u'b'))));
    for (int i = 0; i < 90; ++i)
        rules.append(regex(u"1\\.%1\\..*"_s.arg(i)));

    QList<KeyMatcher> matchers;
    for (const Rule &one : std::as_const(rules))
        matchers.emplaceBack(one);
    int tooComplex = 0;
    for (const QString &version : std::as_const(versions)) {
        for (const KeyMatcher &matcher : std::as_const(matchers))
            tooComplex += matcher.test(version) == Verdict::TooComplex ? 1 : 0;
    }
    QCOMPARE(tooComplex, 100'000);
    int hits = 0;
    for (const KeyMatcher &matcher : std::as_const(matchers))
        hits += matcher.limitHits();
    QCOMPARE(hits, 10 * KeyMatcher::MaxLimitHits);

    const QList<Match> table = matchTable(rules, versions);
    for (int i = 0; i < 10'000; ++i) {
        const Match expected =
            i % 95 < 90 ? Match{11 + i % 95, Verdict::Taken} : Match{1, Verdict::TooComplex};
        QCOMPARE(table[i], expected);
    }
}

QTEST_GUILESS_MAIN(TestMatchTable)
#include "tst_matchtable.moc"

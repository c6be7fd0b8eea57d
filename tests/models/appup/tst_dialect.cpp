// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/dialect.h"
#include "models/appup/patternscanner.h"
#include "tests/models/appup/generatedpatterns.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::appup;

// Which construct is named, and where. That nothing is missing is for tst_matcher_erl to tell.
class TestDialect : public QObject
{
    Q_OBJECT

private slots:
    void constructs_data();
    void constructs();
    void letters();
    void words();
    void anyTextIsCut();
    void hostile();
};

void TestDialect::constructs_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("construct");
    QTest::addColumn<int>("offset");
    const auto row = [](const QString &pattern, const QString &construct = {}, int offset = 0) {
        QTest::newRow(qPrintable(QString(pattern).replace(u'\n', u"\\n"_s)))
            << pattern << construct << offset;
    };
    row(u"1\\.0(\\.[0-9]+)*"_s);
    row(u"\\w+[\\w.]"_s);
    row(u"1\\.{,3}"_s, u"{,3}"_s, 3);
    row(u"1\\{,3}"_s); // the brace is escaped
    row(u"[{,3}]"_s);
    row(u"\\Q{,3}\\E"_s);
    row(u"(?#{,3})1"_s);
    row(u"(?x)1 # {,3} and \\y"_s);
    row(u"(?x:1 # \\y\n)\\y"_s, u"\\y"_s, 12);
    row(u"(?x-x:1 # \\y\n)"_s, u"\\y"_s, 10);
    row(u"(a(?x)b #\\y\n|c)\\i"_s, u"\\i"_s, 15);
    row(u"a{1 ,2}"_s, u"{1 ,2}"_s, 1);
    row(u"a{1,2}{x}"_s);
    row(u"1[\\d-z]"_s, u"\\d-z"_s, 2);
    row(u"[\\d-]"_s);
    row(u"[]\\B]"_s, u"\\B"_s, 2);
    row(u"[^]a]\\B"_s);
    row(u"[[:alpha:]-z]"_s, u"[:alpha:]-z"_s, 1);
    row(u"[\\c]\\y]"_s, u"\\y"_s, 4);
    row(u"[\\Q]\\y\\E\\y]"_s, u"\\y"_s, 8);
    row(u"(a)(b)(c)(d)(e)(f)(g)(h)\\8"_s);
    row(u"(a)\\8"_s, u"\\8"_s, 3);
    row(u"1(?<=a?)"_s, u"?"_s, 6);
    row(u"(?<=ab|c)d?"_s);
    row(u"(?<=(?=a|bc)d)e"_s);
    row(u"(?=a\\K)"_s, u"\\K"_s, 4);
    row(u"a\\K(?=b)"_s);
    row(u"(a\\1)"_s, u"\\1"_s, 2);
    row(u"(a)\\1"_s);
    row(u"(?<n>a\\k<n>)"_s, u"\\k<n>"_s, 6);
    row(u"(?<n>a)(?P=n)\\g{-1}"_s);
    row(u"(a)(?1)"_s, u"(?1)"_s, 3);
    row(u"(?ix-sm:1)"_s);
    row(u"(?n)1"_s, u"(?n)"_s, 0);
    row(u"(?^:1)"_s, u"(?^:"_s, 0);
    row(u"(*atomic:1)"_s, u"(*atomic:"_s, 0);
    row(u"(*MARK:a)1"_s);
    row(u"(1(*COMMIT))"_s, u"(*COMMIT)"_s, 2);
    row(u"\\p{Lu}\\PN\\p{^L}"_s);
    row(u"(?:\\d|2)?+"_s, u"?+"_s, 8);
    row(u"(\\d|2)?+(?:1)*+"_s);
    row(u"1+\\E+"_s, u"+"_s, 4);
    row(u"(?<>1)"_s, u"(?<>"_s, 0);
    row(u"\\p{Greek}"_s, u"\\p{Greek}"_s, 0);
    row(u"(?i)\\p{Lu}"_s, u"\\p{Lu}"_s, 4);
    row(u"\\N{U+31}"_s, u"\\N{U+31}"_s, 0);
    row(u"\\"_s);
    row(u"\\p{"_s, u"\\p{"_s, 0);
}

void TestDialect::constructs()
{
    QFETCH(QString, pattern);
    const auto trap = dialectTrap(pattern);
    QTEST(trap ? trap->construct : QString(), "construct");
    if (trap)
        QTEST(static_cast<int>(trap->offset), "offset");
}

// What matters for some versions only.
void TestDialect::letters()
{
    const auto named = [](const QString &pattern, const QString &version) {
        return dialectTrap(pattern, VersionLetters::of(version)).has_value();
    };
    for (const QString &pattern : {u"\\w+"_s, u"\\b1"_s, u"[\\w.]+"_s, u"[[:alpha:]]+"_s, u"\\W"_s}) {
        QVERIFY(!named(pattern, u"1.0"_s));
        QVERIFY(named(pattern, u"1.0é"_s));
        QVERIFY(!named(pattern, u"1.0Я"_s));
    }
    for (const QString &pattern : {u"\\p{L}+"_s, u"\\X+"_s, u"(?i)я"_s, u"(*UCP)\\w+"_s}) {
        QVERIFY(!named(pattern, u"1.0é"_s));
        QVERIFY(named(pattern, u"1.0Я"_s));
    }
    QVERIFY(named(u"\\C"_s, u"é"_s));
    QVERIFY(!named(u"\\d+[[:digit:]]\\s"_s, u"1.0éЯ"_s));
    const VersionLetters all = VersionLetters::of(QStringList{u"1"_s, u"é"_s, u"1Я"_s});
    QVERIFY(all.latin1 && all.beyond);
}

void TestDialect::words()
{
    for (const QString &pattern : {u"\\y"_s, u"a{,2}"_s, u"[\\d-z]"_s, u"(?X)"_s, u"(?n)"_s, u"(?xx)"_s,
                                   u"(*UTF8)"_s, u"(*LIMIT_MATCH=9)"_s, u"(*NUL)"_s, u"(?R)"_s, u"(?<=a?)"_s,
                                   u"\\8"_s, u"\\x"_s, u"(?=\\K)"_s, u"1"_s.repeated(20000)}) {
        const auto trap = dialectTrap(pattern);
        QVERIFY2(trap, qPrintable(pattern));
        QVERIFY(!trap->older.isEmpty() && !trap->newer.isEmpty() && trap->older != trap->newer);
    }
    QVERIFY(dialectTrap(u"\\y")->older.contains(u"letter y"_s));
}

// The pieces of any text follow each other without a gap.
void TestDialect::anyTextIsCut()
{
    QStringList patterns = test::generatedPatterns(3, 3000);
    test::Dice dice(5);
    const QString signs = u"\\[](){}?*+|^$.:=!<>'#-,QEPxpgkcC1a 😀é"_s;
    for (int i = 0; i < 5000; ++i) {
        QString text;
        for (qsizetype n = dice.below(30); n > 0; --n)
            text += signs[dice.below(signs.size())];
        patterns.append(text);
    }
    for (const QString &pattern : std::as_const(patterns)) {
        qsizetype at = 0;
        for (const PatternPiece &piece : patternPieces(pattern)) {
            QCOMPARE(piece.begin, at);
            QVERIFY(piece.end > at);
            at = piece.end;
        }
        QCOMPARE(at, pattern.size());
        const auto trap = dialectTrap(pattern, {true, true});
        QVERIFY(!trap || trap->offset + trap->construct.size() <= pattern.size());
    }
}

// Nothing takes time that grows with the square of the pattern.
void TestDialect::hostile()
{
    QElapsedTimer timer;
    timer.start();
    for (const QString &part :
         {u"\\x{"_s, u"[[:"_s, u"("_s, u"(?<"_s, u"(?x)#"_s, u"{ "_s, u"\\Q"_s, u"\\p{"_s, u"(*a"_s})
        QVERIFY(!patternPieces(part.repeated(200'000)).isEmpty());
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestDialect)
#include "tst_dialect.moc"

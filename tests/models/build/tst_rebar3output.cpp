// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/build/rebar3.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;

class TestRebar3Output : public QObject
{
    Q_OBJECT

private slots:
    void compilerErrors();
    void lastWords_data();
    void lastWords();
};

void TestRebar3Output::compilerErrors()
{
    const QString output = u"===> Verifying dependencies...\n"
                           "===> Compiling tally\n"
                           "===> Compiling apps/tally/src/tally_counter.erl failed\n"
                           "    ┌─ apps/tally/src/tally_counter.erl:\n"
                           "    │\n"
                           " 12 │  foo( -> ok.\n"
                           "    │       ╰── syntax error before: '->'\n"
                           "\n"
                           "    ┌─ apps/tally/src/tally_sup.erl:\n"
                           "    │\n"
                           "  3 │  X = 1,\n"
                           "    │  ╰── Warning: variable 'X' is unused\n"
                           "\n"
                           "apps/a/src/a.erl:6:4: undefined macro 'B'\n"_s;
    const QList<Issue> issues = build::parseOutput(output);
    QCOMPARE(issues.size(), 3);
    QCOMPARE(issues[0].file, u"apps/tally/src/tally_counter.erl"_s);
    QCOMPARE(issues[0].place.line, 12);
    QCOMPARE(issues[0].message, u"syntax error before: '->'"_s);
    QCOMPARE(issues[0].severity, Severity::Error);
    QCOMPARE(issues[1].severity, Severity::Warning);
    QCOMPARE(issues[1].message, u"variable 'X' is unused"_s);
    QCOMPARE(issues[2].place, (TextPlace{6, 4}));
    QCOMPARE(build::lastWords(output), u"apps/tally/src/tally_counter.erl:12: syntax error before: '->'"_s);
}

void TestRebar3Output::lastWords_data()
{
    QTest::addColumn<QString>("output");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << QString() << u"it said nothing."_s;
    QTest::newRow("one line") << u"===> Verifying dependencies...\n===> Release relapp-1.0.11 not found\n"_s
                              << u"Release relapp-1.0.11 not found"_s;
    QTest::newRow("paragraph")
        << u"===> Error generating relup:\n    Could not open file /x/lib/a-1/ebin/a.appup\n"_s
        << u"Error generating relup: Could not open file /x/lib/a-1/ebin/a.appup"_s;
    QTest::newRow("noise") << u"*WARNING* kernel: Source code not found: application.erl\n===> Package not found in any repo: x 1\n"
                              "===> Run with DEBUG=1 for more\n"_s
                           << u"Package not found in any repo: x 1"_s;
}

void TestRebar3Output::lastWords()
{
    QFETCH(const QString, output);
    QTEST(build::lastWords(output), "words");
}

QTEST_GUILESS_MAIN(TestRebar3Output)
#include "tst_rebar3output.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/chosenmodules.h"

#include "models/erlang/parser.h"

#include <QTest>

using namespace handover;
using namespace handover::workspace;

class TestChosenModules : public QObject
{
    Q_OBJECT

private slots:
    void proposals_data();
    void proposals();
    void differences();
};

static rules::Proposal proposalOf(const QByteArray &instructions)
{
    rules::Proposal proposal;
    proposal.text = "whole";
    const auto term = erlang::parseBareTerm(instructions);
    for (const erlang::Term &instruction : term ? term->items() : QList<erlang::Term>())
        proposal.up.append({instruction, {}});
    proposal.down = proposal.up;
    return proposal;
}

static QByteArray shown(const QList<rules::ProposedInstruction> &instructions)
{
    QList<erlang::Term> terms;
    for (const auto &instruction : instructions)
        terms.append(instruction.term);
    return erlang::Term::list(terms).print();
}

void TestChosenModules::proposals_data()
{
    QTest::addColumn<QSet<QByteArray>>("leftOut");
    QTest::addColumn<QByteArray>("left");
    const QByteArray all = "[{add_module,n},{load_module,a,[n]},{update,s,{advanced,[]},soft_purge,soft_purge,[a,n]},"
                           "{update,s2,{advanced,[]},[n]},{update,sup,supervisor},"
                           "{apply,{supervisor,restart_child,[sup,n]}},{delete_module,g}]";
    QTest::newRow("none") << QSet<QByteArray>() << all;
    QTest::newRow("one that nothing needs") << QSet<QByteArray>{"g"} << QByteArray(all).replace(",{delete_module,g}", "");
    QTest::newRow("one that others need")
        << QSet<QByteArray>{"n"}
        << QByteArray("[{load_module,a},{update,s,{advanced,[]},soft_purge,soft_purge,[a]},{update,s2,{advanced,[]}},"
                      "{update,sup,supervisor},{delete_module,g}]");
    QTest::newRow("all but one") << QSet<QByteArray>{"n", "s", "s2", "sup", "g"} << QByteArray("[{load_module,a}]");
}

void TestChosenModules::proposals()
{
    QFETCH(QSet<QByteArray>, leftOut);
    const auto smaller = without(proposalOf("[{add_module,n},{load_module,a,[n]},{update,s,{advanced,[]},soft_purge,soft_purge,[a,n]},"
                                            "{update,s2,{advanced,[]},[n]},{update,sup,supervisor},"
                                            "{apply,{supervisor,restart_child,[sup,n]}},{delete_module,g}]"), leftOut);
    QTEST(shown(smaller.up), "left");
    QTEST(shown(smaller.down), "left");
    QCOMPARE(smaller.text.isEmpty(), !leftOut.isEmpty());
}

void TestChosenModules::differences()
{
    changes::AppDifference difference;
    difference.modules.resize(2);
    difference.modules[0].name = "a";
    difference.modules[1].name = "b";
    QCOMPARE(without(difference, {"a"}).modules.size(), 1);
    QCOMPARE(without(difference, {"a"}).modules.first().name, QByteArray("b"));
}

QTEST_GUILESS_MAIN(TestChosenModules)
#include "tst_chosenmodules.moc"

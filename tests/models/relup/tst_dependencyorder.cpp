// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/dependencyorder.h"

#include <QTest>

#include <numeric>

using namespace handover::relup;

Q_DECLARE_METATYPE(QList<QList<int>>)

class TestDependencyOrder : public QObject
{
    Q_OBJECT

private slots:
    void orders_data();
    void orders();
    void longChain();
};

void TestDependencyOrder::orders_data()
{
    using Lists = QList<QList<int>>;
    QTest::addColumn<Lists>("graph");
    QTest::addColumn<QList<int>>("ranks"); // empty: by number
    QTest::addColumn<Lists>("components");
    QTest::addColumn<bool>("open");
    QTest::newRow("nothing") << Lists{} << QList<int>{} << Lists{} << false;
    QTest::newRow("alone") << Lists{{}, {}} << QList<int>{} << Lists{{0}, {1}} << false;
    QTest::newRow("needs itself") << Lists{{0}} << QList<int>{} << Lists{{0}} << false;
    QTest::newRow("chain") << Lists{{}, {0}, {1}} << QList<int>{} << Lists{{2, 1, 0}} << false;
    QTest::newRow("one needs two") << Lists{{1, 2}, {}, {}} << QList<int>{} << Lists{{0, 1, 2}} << true;
    QTest::newRow("one needs two, told") << Lists{{1, 2}, {}, {}} << QList<int>{0, 9, 1} << Lists{{0, 2, 1}} << true;
    QTest::newRow("two need one") << Lists{{2}, {2}, {}} << QList<int>{} << Lists{{0, 1, 2}} << true;
    QTest::newRow("diamond") << Lists{{1, 2}, {3}, {3}, {}} << QList<int>{} << Lists{{0, 1, 2, 3}} << true;
    QTest::newRow("triangle") << Lists{{1, 2}, {2}, {}} << QList<int>{} << Lists{{0, 1, 2}} << false;
    QTest::newRow("cycle") << Lists{{1}, {2}, {0}} << QList<int>{5, 4, 3} << Lists{{0, 1, 2}} << false;
    QTest::newRow("cycle below") << Lists{{}, {0, 2}, {1}} << QList<int>{} << Lists{{1, 2, 0}} << false;
    QTest::newRow("named twice") << Lists{{1, 1}, {}} << QList<int>{} << Lists{{0, 1}} << false;
    QTest::newRow("rank of a cycle is its smallest")
        << Lists{{1, 3}, {2}, {1}, {}} << QList<int>{0, 8, 1, 5} << Lists{{0, 1, 2, 3}} << true;
    QTest::newRow("components mixed") << Lists{{2}, {3}, {}, {}} << QList<int>{} << Lists{{0, 2}, {1, 3}} << false;
}

void TestDependencyOrder::orders()
{
    QFETCH(const QList<QList<int>>, graph);
    QFETCH(QList<int>, ranks);
    QFETCH(const QList<QList<int>>, components);
    QFETCH(const bool, open);
    if (ranks.isEmpty()) {
        ranks.resize(graph.size());
        std::iota(ranks.begin(), ranks.end(), 0);
    }
    const DependencyOrder order = orderDependencies(graph, ranks);
    QList<QList<int>> found;
    bool isOpen = false;
    for (const OrderedComponent &component : order.components) {
        found.append(component.vertices);
        isOpen = isOpen || component.isOpen;
    }
    QCOMPARE(found, components);
    QCOMPARE(isOpen, open);
    for (int vertex = 0; vertex < graph.size(); ++vertex)
        QVERIFY(order.components[order.componentOf[vertex]].vertices.contains(vertex));
}

void TestDependencyOrder::longChain()
{
    constexpr int Length = 200'000; // deeper than a stack
    DependencyGraph graph(Length);
    for (int vertex = 0; vertex + 1 < Length; ++vertex)
        graph[vertex].append(vertex + 1);
    QList<int> ranks(Length);
    std::iota(ranks.begin(), ranks.end(), 0);
    const DependencyOrder order = orderDependencies(graph, ranks);
    QCOMPARE(order.components.size(), 1);
    QCOMPARE(order.components.first().vertices, ranks);
}

QTEST_GUILESS_MAIN(TestDependencyOrder)
#include "tst_dependencyorder.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/rulesmatrixmodel.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::appup;
using State = MatrixCell::State;

class TestRulesMatrix : public QObject
{
    Q_OBJECT

private slots:
    void cells_data();
    void cells();
    void model();
    void large();
    void endsEarly();
};

static const auto sample = R"({"{{vsn}}",
 [{"1.0",[{load_module,m}]},{<<"1\\.[0-9]+">>,[{update,m,{advanced,[]}}]},{<<"0\\..*">>,[restart_new_emulator]}],
 [{<<"1\\..*">>,[{restart_application,a}]}]}.)"_ba;

void TestRulesMatrix::cells_data()
{
    QTest::addColumn<QString>("vsn");
    QTest::addColumn<bool>("hasAppup");
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QString &vsn, bool hasAppup, State state, const QString &words) {
        QTest::newRow(name) << vsn << hasAppup << int(state) << words;
    };
    row("both ways", u"1.0"_s, true, State::Rules, u"1.0 to 2.0: rule 1, code; back: rule 1, application restart."_s);
    row("by a pattern", u"1.7"_s, true, State::Rules, u"1.7 to 2.0: rule 2, code change; back: rule 1, application restart."_s);
    row("no way back", u"0.9"_s, true, State::Rules, u"0.9 to 2.0: rule 3, VM restart; back: no rule takes it."_s);
    row("no way up", u"1.7.1"_s, true, State::Rules, u"1.7.1 to 2.0: no rule takes it; back: rule 1, application restart."_s);
    row("the same", u"2.0"_s, true, State::Same, u"2.0 in both: there is nothing to do."_s);
    row("the same without appup", u"2.0"_s, false, State::Same, u"2.0 in both: there is nothing to do."_s);
    row("no appup", u"1.0"_s, false, State::NoAppup, u"1.0 to 2.0: there is no appup."_s);
    row("not there", {}, true, State::Absent, u"The application isn't there, or its version isn't known."_s);
}

void TestRulesMatrix::cells()
{
    QFETCH(QString, vsn);
    QFETCH(bool, hasAppup);
    const MatrixApp app{u"a"_s, u"2.0"_s, hasAppup ? std::optional(sample) : std::nullopt, {vsn, vsn}};
    const auto cells = matrixColumn(app);
    QCOMPARE(cells.size(), 2);
    QCOMPARE(cells[0], cells[1]);
    QTEST(int(cells[0].state), "state");
    QTEST(matrixWords(cells[0], vsn, u"2.0"_s), "words");
    QCOMPARE(cells[0].isBlocked(Direction::Up), !hasAppup ? vsn != u"2.0" : vsn == u"1.7.1");
    const auto broken = matrixColumn({u"a"_s, u"3.0"_s, "{\"3.0\",["_ba, {u"1.0"_s}});
    QCOMPARE(broken[0].state, State::Broken);
    const auto code = matrixColumn({u"a"_s, u"3.0"_s, "V = \"3.0\", {V,[],[]}."_ba, {u"1.0"_s}});
    QCOMPARE(code[0].state, State::Code);
    QVERIFY(!code[0].isBlocked(Direction::Up));
}

void TestRulesMatrix::model()
{
    RulesMatrixModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QStringList versions{u"v2"_s, u"v1"_s};
    const auto column = [&](const QString &name, const QStringList &vsns) {
        return RulesMatrixModel::Column{name, u"2.0"_s, vsns, matrixColumn({name, u"2.0"_s, sample, vsns})};
    };
    model.set(versions, {column(u"a"_s, {u"2.0"_s, u"1.0"_s}), column(u"b"_s, {u"2.0"_s, QString()})});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.columnCount(), 2);
    QCOMPARE(model.headerData(1, Qt::Vertical, Qt::DisplayRole).toString(), u"v1"_s);
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"b"_s);
    QCOMPARE(model.index(1, 0).data(RulesMatrixModel::VsnRole).toString(), u"1.0"_s);
    QCOMPARE(model.index(1, 0).data(RulesMatrixModel::CellRole).value<MatrixCell>().upRule, 1);
    // Of what stays the same, nothing is told.
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.set(versions, {column(u"a"_s, {u"2.0"_s, u"1.0"_s}), column(u"b"_s, {u"2.0"_s, u"0.9"_s})});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex(), model.index(0, 1));
    QCOMPARE(reset.size(), 0);
    model.set({}, {});
    QCOMPARE(reset.size(), 1);
    QCOMPARE(model.rowCount(), 0);
}

// 10,000 versions of 30 applications, each with a vsn of its own, and ten patterns each.
void TestRulesMatrix::large()
{
    QByteArray rules;
    for (int i = 0; i < 10; ++i)
        rules += QByteArray(i > 0 ? "," : "") + "{<<\"1\\\\." + QByteArray::number(i) + "(\\\\.[0-9]+)*\">>,[]}";
    const QByteArray text = "{\"9\",[" + rules + "],[" + rules + "]}.";
    QElapsedTimer clock;
    clock.start();
    qint64 taken = 0;
    for (int app = 0; app < 30; ++app) {
        MatrixApp column{u"app%1"_s.arg(app), u"9"_s, text, {}};
        for (int i = 0; i < 10'000; ++i)
            column.vsns.append(u"1.%1.%2"_s.arg(i % 20).arg(i));
        for (const MatrixCell &cell : matrixColumn(column))
            taken += cell.upRule > 0 ? 1 : 0;
    }
    qInfo("300,000 cells, 600,000 searches: %lld ms", clock.elapsed());
    QCOMPARE(taken, 30 * 5'000);
}

void TestRulesMatrix::endsEarly()
{
    int asked = 0;
    const auto cells = matrixColumn({u"a"_s, u"2.0"_s, sample, QStringList(100, u"1.0"_s)}, [&] { return ++asked < 4; });
    QCOMPARE(cells.size(), 3);
}

QTEST_GUILESS_MAIN(TestRulesMatrix)
#include "tst_rulesmatrix.moc"

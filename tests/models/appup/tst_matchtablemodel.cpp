// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/matchtablemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::appup;

class TestMatchTableModel : public QObject
{
    Q_OBJECT

private slots:
    void cells();
    void changesAreGranular();
    void rowsComeAndGo();
    void whatRunsHasARow();
    void currentRule_data();
    void currentRule();
    void nearMisses_data();
    void nearMisses();
    void sameAsMatcher();
    void editOfLargeTable();
};

static std::optional<Appup> appupOf(const QByteArray &text)
{
    const auto appup = Appup::parse(text);
    return appup ? std::optional(*appup) : std::nullopt;
}

static const QByteArray sample = R"({"2.0",
 [{"1.0",[{load_module,m}]},
  {<<"1\\.[0-9]+">>,[{update,m,{advanced,[]}}]},
  {<<"0\\.9">>,[{restart_application,a}]},
  {<<"((">>,[]}],
 [{<<"1\\..*">>,[restart_new_emulator]}]}.
)";

void TestMatchTableModel::cells()
{
    MatchTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setVersions({u"1.0"_s, u"1.10"_s, u"0.9"_s, u"1.9"_s});
    model.setTestVersions({u"7"_s, u"0.9.1"_s});
    const auto cell = [&](int row, int column, int role = Qt::DisplayRole) {
        return model.index(row, column).data(role);
    };
    QCOMPARE(cell(0, MatchTableModel::UpColumn).toString(), QString());
    model.setAppup(appupOf(sample));
    QCOMPARE(cell(0, MatchTableModel::UpColumn).toString(), u"1 · code"_s);
    QCOMPARE(cell(0, MatchTableModel::UpColumn, MatchTableModel::TooltipRole).toString(),
             u"Rule 1 takes it first; these would take it too: 2."_s);
    QCOMPARE(cell(0, MatchTableModel::DownColumn).toString(), u"1 · VM restart"_s);
    QCOMPARE(cell(1, MatchTableModel::UpColumn).toString(), u"2 · code change"_s);
    QCOMPARE(cell(2, MatchTableModel::UpColumn).toString(), u"3 · application restart"_s);
    QCOMPARE(cell(2, MatchTableModel::DownColumn).toString(), u"none"_s);
    QCOMPARE(cell(2, MatchTableModel::DownColumn, MatchTableModel::VerdictRole).toInt(), int(Verdict::No));
    QCOMPARE(cell(4, MatchTableModel::UpColumn, MatchTableModel::VerdictRole).toInt(), int(Verdict::Invalid));
    QCOMPARE(cell(4, MatchTableModel::UpColumn, MatchTableModel::RuleNumberRole).toInt(), 0);
    QVERIFY(cell(4, MatchTableModel::VersionColumn, MatchTableModel::TestRole).toBool());
    const auto range = cell(2, MatchTableModel::UpColumn, MatchTableModel::KeyRangeRole).value<TextRange>();
    QCOMPARE(sample.sliced(range.begin, range.size()), "<<\"0\\\\.9\">>"_ba);
    // by version, not by letters: 0.9, 0.9.1, 1.0, 1.9, 1.10, 7
    QList<int> ranks;
    for (int row = 0; row < 6; ++row)
        ranks.append(cell(row, MatchTableModel::VersionColumn, MatchTableModel::SortRole).toInt());
    QCOMPARE(ranks, QList<int>({2, 4, 0, 3, 5, 1}));
    model.setAppup(std::nullopt);
    QCOMPARE(cell(0, MatchTableModel::UpColumn).toString(), QString());
}

void TestMatchTableModel::changesAreGranular()
{
    MatchTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QStringList versions;
    for (int i = 0; i < 50; ++i)
        versions.append(u"1.%1"_s.arg(i));
    model.setVersions(versions);
    QByteArray text = R"({"2.0",[{"1.7",[]},{<<"1\\..*">>,[restart_new_emulator]}],[]}.)";
    model.setAppup(appupOf(text));
    const qint64 before = model.matchCount();

    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setAppup(appupOf("\n\n" + text));
    QCOMPARE(model.matchCount(), before); // only places changed
    for (const auto &arguments : std::as_const(changed))
        QVERIFY(!arguments[2].value<QList<int>>().isEmpty());

    changed.clear();
    model.setAppup(appupOf(text.replace("1.7", "1.8")));
    // One new key; and 1.7, which the pattern needn't be asked about before.
    QCOMPARE(before, 50 + 49);
    QCOMPARE(model.matchCount(), before + 50 + 1);
    QCOMPARE(changed[0][0].toModelIndex(), model.index(7, MatchTableModel::UpColumn));
    QCOMPARE(changed[0][1].toModelIndex(), model.index(8, MatchTableModel::UpColumn));
    QCOMPARE(model.index(7, MatchTableModel::UpColumn).data().toString(), u"2 · VM restart"_s);
    QCOMPARE(reset.count(), 0);
}

void TestMatchTableModel::rowsComeAndGo()
{
    MatchTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setAppup(appupOf(sample));
    model.setVersions({u"1.0"_s, u"1.1"_s, u"1.2"_s});
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.setVersions({u"1.0"_s, u"1.1"_s, u"1.15"_s, u"1.2"_s});
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(inserted[0][1].toInt(), 2);
    QCOMPARE(removed.count(), 0);
    model.setTestVersions({u"1.0"_s});
    QCOMPARE(model.index(4, MatchTableModel::UpColumn).data().toString(), u"1 · code"_s);
    model.setVersions({u"1.2"_s});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, MatchTableModel::UpColumn).data().toString(), u"2 · code change"_s);
    model.setVersions({});
    model.setTestVersions({});
    QCOMPARE(model.rowCount(), 0);
    model.setAppup(std::nullopt);
}

void TestMatchTableModel::whatRunsHasARow()
{
    MatchTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto versions = [&] {
        QStringList all;
        for (int row = 0; row < model.rowCount(); ++row)
            all.append(model.index(row, MatchTableModel::VersionColumn).data().toString());
        return all;
    };
    model.setAppup(appupOf(sample));
    model.setVersions({u"1.2"_s, u"1.0"_s});
    model.setTestVersions({u"7"_s});
    model.setRunning({{u"1.1"_s, {u"edge"_s}}, {u"0.9"_s, {u"old"_s}}, {u"1.0"_s, {u"a"_s, u"b"_s}}});
    QCOMPARE(versions(), QStringList({u"1.2"_s, u"1.1"_s, u"1.0"_s, u"0.9"_s, u"7"_s}));
    const QModelIndex both = model.index(2, MatchTableModel::VersionColumn);
    QCOMPARE(both.data(MatchTableModel::RunningRole).toStringList(), QStringList({u"a"_s, u"b"_s}));
    QCOMPARE(both.data(Qt::AccessibleTextRole).toString(), u"1.0 runs on a, b"_s);
    QCOMPARE(model.index(1, MatchTableModel::UpColumn).data().toString(), u"2 · code change"_s);
    model.setVersions({u"1.1"_s});
    QCOMPARE(versions(), QStringList({u"1.1"_s, u"1.0"_s, u"0.9"_s, u"7"_s}));
    model.setRunning({});
    QCOMPARE(versions(), QStringList({u"1.1"_s, u"7"_s}));
    QVERIFY(model.index(0, MatchTableModel::VersionColumn).data(MatchTableModel::RunningRole).toStringList().isEmpty());
}

void TestMatchTableModel::currentRule_data()
{
    QTest::addColumn<int>("rule");
    QTest::addColumn<QString>("version");
    QTest::addColumn<int>("relation");
    QTest::addColumn<QString>("text");
    const auto row = [](int rule, const char *version, Relation relation, const QString &text) {
        QTest::addRow("%d %s", rule, version) << rule << QString::fromLatin1(version) << int(relation) << text;
    };
    row(1, "1.0", Relation::Takes, u"1 · code"_s);
    row(2, "1.0", Relation::TakenEarlier, u"rule 1 takes it first"_s);
    row(2, "1.7", Relation::Takes, u"2 · code change"_s);
    row(2, "1.7.1", Relation::PartOnly, u"only \"1.7\" of it"_s);
    row(1, "1.7", Relation::None, u"2 · code change"_s);
    row(3, "0.9", Relation::Takes, u"3 · application restart"_s);
    row(0, "1.0", Relation::None, u"1 · code"_s);
}

void TestMatchTableModel::currentRule()
{
    QFETCH(int, rule);
    QFETCH(QString, version);
    MatchTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setAppup(appupOf(sample));
    model.setVersions({version});
    model.setCurrentRule(Direction::Up, rule);
    const QModelIndex cell = model.index(0, MatchTableModel::UpColumn);
    QTEST(cell.data(MatchTableModel::RelationRole).toInt(), "relation");
    QTEST(cell.data().toString(), "text");
    QCOMPARE(model.index(0, MatchTableModel::DownColumn).data(MatchTableModel::RelationRole).toInt(), int(Relation::None));
}

void TestMatchTableModel::nearMisses_data()
{
    QTest::addColumn<QByteArray>("rules");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tooltip");
    QTest::newRow("alternatives") << R"({<<"1|1\\.2">>,[]})"_ba << u"none · 1 if anchored"_s
                                  << u"No rule takes it. Rule 1 would take it if its pattern were anchored; OTP looks at "
                                     "the first match only, and that is \"1\"."_s;
    QTest::newRow("lazy") << R"({<<"1\\..+?">>,[]},{<<".*">>,[]})"_ba << u"2 · code"_s
                          << u"Rule 2 takes it. Rule 1 would take it if its pattern were anchored; OTP looks at the first "
                             "match only, and that is \"1.2\"."_s;
    QTest::newRow("too short") << R"({<<"1\\.">>,[]})"_ba << u"none"_s
                               << u"No rule takes it. Rule 1 matches only a part of it; OTP wants the whole version."_s;
    QTest::newRow("behind the one that takes it") << R"({"1.25",[]},{<<"1|1\\.25">>,[]})"_ba << u"1 · code"_s
                                                  << u"Rule 1 takes it."_s;
}

void TestMatchTableModel::nearMisses()
{
    QFETCH(QByteArray, rules);
    QFETCH(QString, text);
    MatchTableModel model;
    const QString version = text == u"none · 1 if anchored" ? u"1.2"_s : u"1.25"_s;
    model.setVersions({version});
    model.setAppup(appupOf("{\"2\",[" + rules + "],[]}."));
    const QModelIndex cell = model.index(0, MatchTableModel::UpColumn);
    QCOMPARE(cell.data().toString(), text);
    QTEST(cell.data(Qt::ToolTipRole).toString(), "tooltip");
    QCOMPARE(cell.data(MatchTableModel::NearMissRole).toBool(), cell.data(Qt::ToolTipRole).toString().contains(u"anchored"));
}

static QByteArray largeAppup(int rules)
{
    QByteArray text = "{\"9\",[";
    for (int i = 0; i < rules; ++i)
        text += QByteArray(i == 0 ? "" : ",") + "{<<\"^1\\\\." + QByteArray::number(i) +
                "(?:\\\\.[0-9]+)*$\">>,[]}";
    return text + "],[]}.";
}

void TestMatchTableModel::sameAsMatcher()
{
    const auto appup = appupOf(largeAppup(20));
    QVERIFY(appup);
    const Matcher matcher(appup->up);
    MatchTableModel model;
    QStringList versions;
    for (int i = 0; i < 30; ++i)
        versions << u"1.%1"_s.arg(i) << u"1.%1.2"_s.arg(i) << u"1.%1x"_s.arg(i);
    model.setVersions(versions);
    model.setAppup(appup);
    for (int row = 0; row < versions.size(); ++row)
        QCOMPARE(model.index(row, MatchTableModel::UpColumn).data(MatchTableModel::RuleNumberRole).toInt(),
                 matcher.match(versions[row]));
}

// A keystroke in one of 100 rules with 10,000 versions: only that rule is matched again, and views
// hear of it in a few signals. (tests/bench has the time it takes.)
void TestMatchTableModel::editOfLargeTable()
{
    MatchTableModel model;
    QStringList versions;
    for (int i = 0; i < 10'000; ++i)
        versions.append(u"1.%1.%2"_s.arg(i % 120).arg(i));
    model.setVersions(versions);
    QByteArray text = largeAppup(100);
    model.setAppup(appupOf(text));
    const qint64 before = model.matchCount();
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setAppup(appupOf(text.replace("1\\\\.50(", "1\\\\.7(")));
    // Versions with a rule before the 51st, 10,000 less those for the new key; and those of the
    // 51st's number, for the rules behind it.
    QVERIFY(model.matchCount() - before <= 10'000);
    QVERIFY(changed.count() <= 66);
    QCOMPARE(model.index(50, MatchTableModel::UpColumn).data(MatchTableModel::RuleNumberRole).toInt(), 0);
    QCOMPARE(model.index(51, MatchTableModel::UpColumn).data(MatchTableModel::RuleNumberRole).toInt(), 52);
    QCOMPARE(model.index(7, MatchTableModel::UpColumn).data(MatchTableModel::RuleNumberRole).toInt(), 8);
}

QTEST_GUILESS_MAIN(TestMatchTableModel)
#include "tst_matchtablemodel.moc"

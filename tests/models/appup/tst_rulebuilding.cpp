// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/dialect.h"
#include "models/appup/instructionchoice.h"
#include "models/appup/matcher.h"
#include "models/appup/mirror.h"
#include "models/appup/modulechoicesmodel.h"
#include "models/appup/ruleinsertion.h"
#include "models/core/versionorder.h"
#include "models/erlang/edit.h"
#include "tests/support/erl.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::appup;
using Kind = VersionChoice::Kind;

class TestRuleBuilding : public QObject
{
    Q_OBJECT

private slots:
    void keys_data();
    void keys();
    void refused_data();
    void refused();
    void numbers();
    void asTheOrderSays();
    void asErlangMatches();
    void series();
    void instructions_data();
    void instructions();
    void insertion_data();
    void insertion();
    void newText();
    void moduleChoices();
};

static VersionChoice choice(Kind kind, const QString &from, const QString &to, bool suffixes = false)
{
    return {kind, from, to, {}, suffixes};
}

void TestRuleBuilding::keys_data()
{
    QTest::addColumn<VersionChoice>("choice");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QStringList>("takes");
    QTest::addColumn<QStringList>("leaves");
    QTest::newRow("one") << choice(Kind::One, {}, u"1.4.2"_s) << u"\"1.4.2\""_s << QStringList{u"1.4.2"_s} << QStringList{u"1.4.20"_s};
    QTest::newRow("series") << choice(Kind::Series, {}, u"2.5"_s) << uR"(<<"2\\.5(\\.[0-9]+)*">>)"_s
                            << QStringList{u"2.5"_s, u"2.5.3"_s, u"2.5.3.4"_s} << QStringList{u"2.50"_s, u"12.5.1"_s, u"2.5.1-rc"_s};
    QTest::newRow("series with more") << choice(Kind::Series, {}, u"2.5"_s, true) << uR"(<<"2\\.5(\\.[0-9]+)*([-+].*)?">>)"_s
                                      << QStringList{u"2.5.1-rc"_s, u"2.5+7"_s} << QStringList{u"2.50"_s, u"2.6-rc"_s};
    QTest::newRow("range") << choice(Kind::Range, u"1.0"_s, u"1.4.2"_s)
                           << uR"(<<"^1(\\.[0-3](\\.[0-9]+)*|\\.4(\\.[0-1](\\.[0-9]+)*|\\.2(\\.0+)*)?)?$">>)"_s
                           << QStringList{u"1"_s, u"1.0"_s, u"1.0.9"_s, u"1.3"_s, u"1.4"_s, u"1.4.2"_s, u"1.4.1.9"_s}
                           << QStringList{u"0.9"_s, u"1.4.3"_s, u"1.5"_s, u"1.10"_s, u"1.4.2.1"_s, u"11.0"_s};
    QTest::newRow("range of one") << choice(Kind::Range, u"1.4"_s, u"1.4.0"_s) << QString() << QStringList{u"1.4"_s, u"1.4.0"_s}
                                  << QStringList{u"1.4.1"_s, u"1.3"_s};
    QTest::newRow("range over tens") << choice(Kind::Range, u"0.9.8"_s, u"12.3"_s) << QString()
                                     << QStringList{u"0.9.8"_s, u"0.9.10"_s, u"0.10"_s, u"9.99.99"_s, u"12.3"_s, u"12.2.9"_s}
                                     << QStringList{u"0.9.7"_s, u"12.3.1"_s, u"13"_s, u"120"_s};
    QTest::newRow("range of dates") << choice(Kind::Range, u"2023.09.01"_s, u"2024.01.05"_s) << QString()
                                    << QStringList{u"2023.09.01"_s, u"2023.12.31"_s, u"2024.01.05"_s, u"2024.1.4"_s}
                                    << QStringList{u"2023.08.31"_s, u"2024.01.06"_s, u"2024.02.01"_s};
    QTest::newRow("older") << choice(Kind::Older, {}, u"2.0.1"_s) << QString()
                           << QStringList{u"2.0.0"_s, u"2.0"_s, u"2"_s, u"1.99"_s, u"0"_s} << QStringList{u"2.0.1"_s, u"2.0.2"_s, u"2.1"_s, u"10"_s};
    QTest::newRow("older with v") << choice(Kind::Older, {}, u"v1.1"_s) << uR"(<<"^v(0(\\.[0-9]+)*|1(\\.0(\\.[0-9]+)*)?)$">>)"_s
                                  << QStringList{u"v1.0"_s, u"v0.9"_s} << QStringList{u"1.0"_s, u"v1.1"_s};
    VersionChoice listed{Kind::Listed, {}, {}, {u"1.0"_s, u"1.0+b(1)"_s, u"release_7"_s}, false};
    QTest::newRow("listed") << listed << uR"(<<"^(1\\.0|1\\.0\\+b\\(1\\)|release_7)$">>)"_s << listed.versions
                            << QStringList{u"1x0"_s, u"release_70"_s};
    QTest::newRow("one listed") << VersionChoice{Kind::Listed, {}, {}, {u"1.0"_s}, false} << u"\"1.0\""_s << QStringList{u"1.0"_s}
                                << QStringList{u"1x0"_s};
    QTest::newRow("all") << choice(Kind::All, {}, {}) << u"<<\".*\">>"_s << QStringList{u"1"_s, u"x"_s} << QStringList();
}

void TestRuleBuilding::keys()
{
    QFETCH(VersionChoice, choice);
    QFETCH(QString, key);
    QFETCH(QStringList, takes);
    QFETCH(QStringList, leaves);
    const auto made = keyFor(choice);
    QVERIFY2(made, made ? "" : qPrintable(made.error().words()));
    if (!key.isEmpty())
        QCOMPARE(QString::fromUtf8(made->term().print()), key);
    const KeyMatcher matcher(made->rule());
    QVERIFY(matcher.isValid());
    QVERIFY(made->key == Rule::Key::Literal || !dialectTrap(made->text, VersionLetters::of(u"é😀")));
    for (const QString &version : takes)
        QVERIFY2(matcher.test(version) == Verdict::Taken, qPrintable(version + u' ' + made->text));
    for (const QString &version : leaves)
        QVERIFY2(matcher.test(version) != Verdict::Taken, qPrintable(version + u' ' + made->text));
}

void TestRuleBuilding::refused_data()
{
    QTest::addColumn<VersionChoice>("choice");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << choice(Kind::One, {}, {}) << u"appup.no-version"_s;
    QTest::newRow("no list") << choice(Kind::Listed, {}, {}) << u"appup.no-version"_s;
    QTest::newRow("half a range") << choice(Kind::Range, {}, u"1.0"_s) << u"appup.no-version"_s;
    QTest::newRow("older than a name") << choice(Kind::Older, {}, u"main"_s) << u"appup.no-number"_s;
    QTest::newRow("a number too large") << choice(Kind::Older, {}, u"1.99999999999999999999999"_s) << u"appup.no-number"_s;
    QTest::newRow("backwards") << choice(Kind::Range, u"1.10"_s, u"1.9"_s) << u"appup.empty-range"_s;
    QTest::newRow("older than nothing") << choice(Kind::Older, {}, u"0.0"_s) << u"appup.empty-range"_s;
}

void TestRuleBuilding::refused()
{
    QFETCH(VersionChoice, choice);
    const auto made = keyFor(choice);
    QVERIFY(!made);
    QTEST(made.error().code, "code");
}

static QString randomVersion(QRandomGenerator &random)
{
    static const QList<int> numbers{0, 0, 1, 2, 5, 9, 10, 11, 19, 99, 100, 101, 250, 999, 1000};
    QStringList parts;
    for (int i = random.bounded(1, 5); i > 0; --i)
        parts += QString::number(numbers[random.bounded(numbers.size())] + (random.bounded(4) == 0 ? random.bounded(3) : 0));
    return parts.join(u'.');
}

// Equal by its numbers: 1.0 and 1.
static int compareNumbers(const QString &left, const QString &right)
{
    const QStringList a = left.split(u'.');
    const QStringList b = right.split(u'.');
    for (qsizetype i = 0; i < qMax(a.size(), b.size()); ++i) {
        const int difference = a.value(i).toInt() - b.value(i).toInt();
        if (difference != 0)
            return difference;
    }
    return 0;
}

void TestRuleBuilding::numbers()
{
    QRandomGenerator random(4);
    for (int round = 0; round < 300; ++round) {
        const quint64 least = random.bounded(1, round < 150 ? 40 : 12'000);
        const quint64 most = least + random.bounded(round < 150 ? 100 : 30'000);
        const auto key = keyFor(choice(Kind::Range, QString::number(least), QString::number(most)));
        QVERIFY(key);
        const KeyMatcher matcher(key->rule());
        for (quint64 number = least > 60 ? least - 60 : 0; number < most + 60; number += number > least + 60 && number + 70 < most ? 37 : 1)
            QCOMPARE(matcher.test(QString::number(number)) == Verdict::Taken, number >= least && number <= most);
    }
}

void TestRuleBuilding::asTheOrderSays()
{
    QRandomGenerator random(5);
    for (int round = 0; round < 400; ++round) {
        QString from = randomVersion(random);
        QString to = randomVersion(random);
        if (compareNumbers(from, to) > 0)
            std::swap(from, to);
        const auto range = keyFor(choice(Kind::Range, from, to));
        QVERIFY2(range, qPrintable(from + u' ' + to));
        const auto older = keyFor(choice(Kind::Older, {}, to));
        const KeyMatcher inRange(range->rule());
        for (int i = 0; i < 60; ++i) {
            const QString version = i == 0 ? from : i == 1 ? to : randomVersion(random);
            const bool within = compareNumbers(from, version) <= 0 && compareNumbers(version, to) <= 0;
            QVERIFY2((inRange.test(version) == Verdict::Taken) == within,
                     qPrintable(u"%1 to %2: %3 by %4"_s.arg(from, to, version, range->text)));
            if (older) {
                QVERIFY2((KeyMatcher(older->rule()).test(version) == Verdict::Taken) == (compareNumbers(version, to) < 0),
                         qPrintable(u"older than %1: %2 by %3"_s.arg(to, version, older->text)));
            }
        }
    }
}

// The real re:run agrees with what was asked for.
void TestRuleBuilding::asErlangMatches()
{
    if (!test::Erl::isThere())
        QSKIP("There is no Erlang here.");
    QRandomGenerator random(6);
    QByteArray input = "[";
    QByteArray expected;
    for (int round = 0; round < 120; ++round) {
        QString from = randomVersion(random);
        QString to = randomVersion(random);
        if (compareNumbers(from, to) > 0)
            std::swap(from, to);
        const auto key = keyFor(choice(Kind::Range, from, to, round % 2 == 0));
        QVERIFY(key);
        for (int i = 0; i < 10; ++i) {
            const QString version = i == 0 ? from : i == 1 ? to : randomVersion(random);
            input += (input.size() > 1 ? "," : "") + ('{' + key->term().print()) + ',' + erlang::Term::string(version).print() + '}';
            expected += compareNumbers(from, version) <= 0 && compareNumbers(version, to) <= 0 ? '1' : '0';
        }
    }
    QTemporaryDir directory;
    QFile file(directory.filePath(u"pairs"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(input + "].\n");
    file.close();
    const QByteArray code = "[F] = init:get_plain_arguments(), {ok,[L]} = file:consult(F),"
                            "io:put_chars([case re:run(V, P, [unicode,{capture,first,list}]) of {match,[V]} -> $1; _ -> $0 end || {P,V} <- L])";
    QCOMPARE(test::Erl::run(code, {file.fileName()}), expected);
}

void TestRuleBuilding::series()
{
    QCOMPARE(seriesOf({u"2.5.1"_s, u"2.5.0-rc.1"_s, u"1.10"_s, u"main"_s, u"3"_s}), QStringList({u"2.5"_s, u"2"_s, u"1"_s}));
}

void TestRuleBuilding::instructions_data()
{
    using enum ModuleAnswer;
    QTest::addColumn<QList<ModuleChoice>>("choices");
    QTest::addColumn<bool>("soft");
    QTest::addColumn<QByteArray>("up");
    QTest::addColumn<QByteArray>("down");
    const auto row = [](const char *name, const QList<ModuleChoice> &choices, bool soft, const char *up, const char *down) {
        QTest::newRow(name) << choices << soft << QByteArray(up) << QByteArray(down);
    };
    row("nothing", {{"a", Nothing}}, false, "[]", "[]");
    row("each", {{"gone", Delete}, {"lib", Load}, {"srv", Convert}, {"top", Supervisor}, {"old", Suspend}, {"new", Add}}, false,
        "[{add_module,new},{load_module,lib},{update,srv,{advanced,[]}},{update,top,supervisor},{update,old},{delete_module,gone}]",
        "[{add_module,gone},{update,old},{update,top,supervisor},{update,srv,{advanced,[]}},{load_module,lib},{delete_module,new}]");
    row("soft", {{"lib", Load}, {"srv", Convert}, {"top", Supervisor}, {"old", Suspend}}, true,
        "[{load_module,lib,soft_purge,soft_purge,[]},{update,srv,{advanced,[]},soft_purge,soft_purge,[]},"
        "{update,top,static,default,{advanced,[]},soft_purge,soft_purge,[]},{update,old,soft,soft_purge,soft_purge,[]}]",
        "[{update,old,soft,soft_purge,soft_purge,[]},{update,top,static,default,{advanced,[]},soft_purge,soft_purge,[]},"
        "{update,srv,{advanced,[]},soft_purge,soft_purge,[]},{load_module,lib,soft_purge,soft_purge,[]}]");
    row("application", {{"lib", Load}, {"srv", RestartApplication}}, false, "[{restart_application,app}]", "[{restart_application,app}]");
    row("emulator", {{"lib", RestartEmulator}, {"srv", RestartApplication}}, false, "[restart_emulator]", "[restart_emulator]");
}

void TestRuleBuilding::instructions()
{
    QFETCH(QList<ModuleChoice>, choices);
    QFETCH(bool, soft);
    const auto up = chosenInstructions("app", choices, soft ? OldCode::Refuse : OldCode::End);
    const auto down = mirrored(up);
    QVERIFY(down);
    QTEST(erlang::Term::list(up).print(), "up");
    QTEST(down->print(), "down");
    for (const ModuleAnswer answer : moduleAnswers())
        QVERIFY(!answerWords(answer).isEmpty());
}

void TestRuleBuilding::insertion_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<VersionChoice>("choice");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *text, const VersionChoice &choice, const char *after) {
        QTest::newRow(name) << QByteArray(text) << choice << QByteArray(after);
    };
    row("empty lists", "{\"2\",[],[]}.", choice(Kind::One, {}, u"1.0"_s), "{\"2\",[{\"1.0\",[up]}],[{\"1.0\",[down]}]}.");
    row("particular before general", "{\"{{vsn}}\", % now\n [{<<\"1\\\\..*\">>, [x]}, % one\n  {<<\".*\">>, []}],\n [{<<\".*\">>, []}]}.",
        choice(Kind::One, {}, u"1.0"_s),
        "{\"{{vsn}}\", % now\n [{\"1.0\",[up]},\n  {<<\"1\\\\..*\">>, [x]}, % one\n  {<<\".*\">>, []}],\n [{\"1.0\",[down]}, {<<\".*\">>, []}]}.");
    row("general behind particular", "{\"2\",\n [{\"1.0\", []}],\n [{\"1.0\", []},\n  {\"0.1\", []}]}.", choice(Kind::Series, {}, u"1"_s),
        "{\"2\",\n [{\"1.0\", []}, {<<\"1(\\\\.[0-9]+)*\">>,[up]}],\n [{\"1.0\", []},\n  {\"0.1\", []},\n  {<<\"1(\\\\.[0-9]+)*\">>,[down]}]}.");
    row("the last of all", "{\"2\",[{\"1.0\",[]}],[{<<\".*\">>,[]}]}.", choice(Kind::All, {}, {}),
        "{\"2\",[{\"1.0\",[]},{<<\".*\">>,[up]}],[{<<\".*\">>,[]},{<<\".*\">>,[down]}]}.");
    row("a tag outside of strings", "{ {{{vsn}}} ,[],[]}.", choice(Kind::One, {}, u"1.0"_s), "{ {{{vsn}}} ,[{\"1.0\",[up]}],[{\"1.0\",[down]}]}.");
}

void TestRuleBuilding::insertion()
{
    QFETCH(QByteArray, text);
    QFETCH(VersionChoice, choice);
    const auto key = keyFor(choice);
    QVERIFY(key);
    const QStringList versions{u"1.1"_s, u"1.0"_s, u"0.1"_s};
    const NewRule rule{*key, QList{erlang::Term::atom("up")}, QList{erlang::Term::atom("down")}};
    const auto edits = insertRule(text, rule, versions, u"2"_s);
    QVERIFY2(edits, edits ? "" : qPrintable(edits.error().words()));
    QTEST(erlang::applyEdits(text, *edits), "after");
}

void TestRuleBuilding::newText()
{
    const NewRule rule{{Rule::Key::Literal, u"1.0"_s}, QList<erlang::Term>{}, std::nullopt};
    const auto edits = insertRule("\n", rule, {}, u"{{vsn}}"_s);
    QVERIFY(edits);
    QCOMPARE(erlang::applyEdits("\n", *edits), "{\"{{vsn}}\",\n [{\"1.0\",[]}],\n []}.\n"_ba);
    const auto broken = insertRule("{\"2\",[", rule, {}, u"2"_s);
    QVERIFY(!broken);
    QCOMPARE(broken.error().code, u"appup.not-insertable"_s);
    const RulePlace place = placeFor(Appup::parse(R"({"2",[{"1.0",[]},{<<".*">>,[]}],[]}.)")->up, {Rule::Key::Regex, u"1\\..*"_s},
                                     {u"1.0"_s, u"1.1"_s, u"2.0"_s});
    QCOMPARE(place.before, 2);
    QCOMPARE(place.takes, QStringList{u"1.1"_s});
    QCOMPARE(place.takenFirst, QStringList{u"1.0"_s});
}

void TestRuleBuilding::moduleChoices()
{
    ModuleChoicesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setChoices({{"a", ModuleAnswer::Load}, {"b", ModuleAnswer::Nothing}});
    const QModelIndex answer = model.index(1, ModuleChoicesModel::AnswerColumn);
    QVERIFY(answer.flags() & Qt::ItemIsEditable);
    QVERIFY(model.setData(answer, int(ModuleAnswer::Convert), Qt::EditRole));
    QVERIFY(!model.setData(answer, 99, Qt::EditRole));
    QVERIFY(!model.setData(model.index(1, ModuleChoicesModel::ModuleColumn), 0, Qt::EditRole));
    QCOMPARE(model.choices().last().answer, ModuleAnswer::Convert);
    QCOMPARE(answer.data().toString(), answerWords(ModuleAnswer::Convert));
    QCOMPARE(model.index(0, 0).data().toString(), u"a"_s);
}

QTEST_GUILESS_MAIN(TestRuleBuilding)
#include "tst_rulebuilding.moc"

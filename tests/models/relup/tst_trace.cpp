// SPDX-License-Identifier: GPL-3.0-or-later
// Where the instructions of a relup come from, what is remembered from one relup to the next, and the
// rows that show it.
#include "models/relup/generator.h"
#include "models/relup/relupmodel.h"
#include "models/relup/scriptmemory.h"
#include "tests/models/relup/releasecases.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using appup::Direction;
using relup::GeneratedRelup;
using relup::Origin;

namespace {

const QByteArray AppupOfA = R"({"2",
 [{"0", []},
  {<<"1.*">>, [{update, a1, {advanced, []}, [a2]}, {update, a2}, [{load_object_code, {a, "2", [a3]}}, {apply, {m, f, []}}]]}],
 [{"1", [{apply, {m, g, []}}, {restart_application, a}]}]}.
)";
const QByteArray AppupOfB = "{\"2\", [{\"1\", [restart_emulator]}], [{\"1\", []}]}.\n";

// "a up 2.0": application, direction, rule and instruction.
QString place(const Origin &origin)
{
    const QString rule = origin.rule == 0 ? QString() : u" %1.%2"_s.arg(origin.rule).arg(origin.instruction);
    return QString::fromUtf8(origin.application) + (origin.direction == Direction::Up ? u" up"_s : u" down"_s) + rule;
}

QStringList places(const QList<Origin> &origins)
{
    QStringList words;
    for (const Origin &origin : origins)
        words.append(place(origin));
    return words;
}

// Each instruction of a script with where it comes from.
QStringList traced(const erlang::Term &entry, const relup::Trace &trace)
{
    QStringList lines;
    const QList<erlang::Term> instructions = entry.at(2).items();
    for (qsizetype i = 0; i < instructions.size(); ++i) {
        QStringList from;
        for (const Origin *origin : trace.of.value(i))
            from.append(place(*origin));
        lines.append(QString::fromUtf8(instructions[i].print()) + u" <- "_s + from.join(u", "_s));
    }
    return lines;
}

} // namespace

class TestTrace : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void instructionsHaveOrigins();
    void reasonsHaveOrigins_data();
    void reasonsHaveOrigins();
    void memoryChangesNothing();
    void rowsChangeOneByOne();
    void rowsAreRelated();
    void countsWhatWaits();

private:
    [[nodiscard]] relup::Answer<GeneratedRelup> make(relup::TermFiles &files, const QByteArray &a = AppupOfA) const;

    QTemporaryDir m_directory;
    relup::RelupInput m_input;
};

// a and b change, c is new, d goes.
void TestTrace::initTestCase()
{
    using namespace test;
    const auto write = [this](const QString &name, const QByteArray &text) {
        const QString path = m_directory.filePath(name);
        QFile file(path);
        QVERIFY(QDir().mkpath(path.section(u'/', 0, -2)) && file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    };
    const auto writeApp = [&](const QByteArray &name, const QByteArray &vsn, const QByteArray &keys = {}) {
        const auto [path, text] = inLib(name, vsn, keys);
        write(QString::fromUtf8(path), text);
    };
    writeApp("kernel", "1", "{applications,[]}");
    writeApp("stdlib", "1", "{applications,[kernel]}");
    writeApp("sasl", "1");
    writeApp("a", "1", "{modules,[a1,a2,a3]}");
    writeApp("a", "2", "{modules,[a1,a2,a3]}");
    writeApp("b", "1");
    writeApp("b", "2");
    writeApp("c", "1", "{modules,[c1]}");
    writeApp("d", "1", "{modules,[d1]}");
    write(u"lib/a-2/ebin/a.appup"_s, AppupOfA);
    write(u"lib/b-2/ebin/b.appup"_s, AppupOfB);
    write(u"new.rel"_s, rel("{a,\"2\"},{b,\"2\"},{c,\"1\"}"));
    write(u"old.rel"_s, rel("{a,\"1\"},{b,\"1\"},{d,\"1\"}").replace("\"2.0\"", "\"1.0\""));
    m_input = {u"new"_s, {{u"old"_s, {}}}, {{u"old"_s, {}}}, {u"lib/*/ebin"_s}, {}, false, false};
}

relup::Answer<GeneratedRelup> TestTrace::make(relup::TermFiles &files, const QByteArray &a) const
{
    files.setText(u"lib/a-2/ebin/a.appup"_s, a);
    return relup::generateRelup(m_input, files);
}

void TestTrace::instructionsHaveOrigins()
{
    relup::TermFiles files(m_directory.path());
    const auto made = make(files);
    QVERIFY2(made, made ? "" : qPrintable(made.error().toError().message));
    const QStringList up = traced(made->term.at(1).at(0), made->up.first());
    const QStringList expected{
        u"{load_object_code,{a,\"2\",[a3,a2,a1]}} <- a up 2.2, a up 2.1, a up 2.0"_s,
        u"{load_object_code,{c,\"1\",[c1]}} <- c up"_s,
        u"point_of_no_return <- "_s,
        u"{load,{c1,brutal_purge,brutal_purge}} <- c up"_s,
        u"{apply,{application,start,[c,permanent]}} <- c up"_s,
        u"{suspend,[a1,a2]} <- a up 2.0, a up 2.1"_s,
        u"{load,{a2,brutal_purge,brutal_purge}} <- a up 2.1"_s,
        u"{load,{a1,brutal_purge,brutal_purge}} <- a up 2.0"_s,
        u"{code_change,up,[{a1,[]}]} <- a up 2.0"_s,
        u"{resume,[a2,a1]} <- a up 2.0, a up 2.1"_s,
        u"{apply,{m,f,[]}} <- a up 2.2"_s,
        u"{apply,{application,stop,[d]}} <- d up"_s,
        u"{remove,{d1,brutal_purge,brutal_purge}} <- d up"_s,
        u"{purge,[d1]} <- d up"_s,
        u"{apply,{application,unload,[d]}} <- d up"_s,
        u"restart_emulator <- b up 1.0"_s,
    };
    QStringList sorted = up; // OTP's order of libraries and of what hangs together is tested elsewhere
    for (const QString &line : expected)
        QVERIFY2(sorted.removeOne(line) || line.startsWith(u"{load_object_code,{a"_s), qPrintable(line + u"\n\n"_s + up.join(u'\n')));
    QVERIFY2(sorted.size() <= 1, qPrintable(sorted.join(u'\n')));
    QVERIFY(sorted.isEmpty() || (sorted.first().contains(u"a up 2.0"_s) && sorted.first().contains(u"a up 2.2"_s)));

    const QStringList down = traced(made->term.at(2).at(0), made->down.first());
    QVERIFY(down.contains(u"{apply,{application,stop,[a]}} <- a down 1.1"_s));
    QVERIFY(down.contains(u"{apply,{application,start,[d,permanent]}} <- d down"_s));
}

void TestTrace::reasonsHaveOrigins_data()
{
    QTest::addColumn<QByteArray>("up"); // rules of a
    QTest::addColumn<QByteArray>("tag");
    QTest::addColumn<QStringList>("origins");
    const auto row = [](const char *name, const QByteArray &up, const QByteArray &tag, const QStringList &origins) {
        QTest::newRow(name) << up << tag << origins;
    };
    row("no rule", R"({"0",[]})", "no_relup", {u"a up"_s});
    row("bad pattern", R"({"0",[]},{<<"(">>,[]})", "badarg", {u"a up 2.-1"_s});
    row("unknown", R"({"1",[{load_module,a1},{nothing}]})", "bad_instruction", {u"a up 1.1"_s});
    row("no such module", R"({"0",[]},{"1",[{load_module,a1},{load_module,x}]})", "no_such_module", {u"a up 2.1"_s});
    row("twice", R"({"1",[{load_module,a1},{load_module,a1}]})", "muldef_module", {u"a up 1.1"_s});
    row("needs nothing", R"({"1",[{load_module,a1,[x]}]})", "undef_module", {u"a up 1.0"_s});
    row("two points", R"({"1",[point_of_no_return,point_of_no_return]})", "too_many_point_of_no_return", {u"a up 1.1"_s});
    row("not resumed", R"({"1",[{suspend,[a1]},{load_module,a2},{suspend,[a3]}]})", "suspended_not_resumed",
        {u"a up 1.0"_s, u"a up 1.2"_s});
    row("no code", R"({"1",[{load,{a1,soft_purge,soft_purge}}]})", "no_object_code", {u"a up 1.0"_s});
    row("no application", R"({"1",[{restart_application,x}]})", "no_such_application", {u"a up 1.0"_s});
    row("no list", R"({"1",x})", "function_clause", {u"a up 1.-1"_s});
    row("other versions", R"({"1",[{load_object_code,{a,"2",[a1]}},{load_object_code,{a,"3",[a1]}}]})",
        "conflicting_versions", {u"a up 1.1"_s});
}

void TestTrace::reasonsHaveOrigins()
{
    QFETCH(const QByteArray, up);
    QFETCH(const QByteArray, tag);
    QFETCH(const QStringList, origins);
    relup::TermFiles files(m_directory.path());
    const auto made = make(files, "{\"2\",[" + up + "],[{\"1\",[]}]}.");
    QVERIFY(!made);
    QCOMPARE(made.error().tag(), tag);
    QCOMPARE(places(made.error().origins), origins);
}

// Whatever was made before: with the memory the relup is the one without.
void TestTrace::memoryChangesNothing()
{
    relup::TermFiles files(m_directory.path());
    relup::ScriptMemory memory;
    const QList<std::pair<const char *, const char *>> edits{
        {"{\"2\"", "%% only a comment\n{\"2\""}, {"{apply, {m, f, []}}", "{apply, {m, f, [1]}}"},
        {"{\"0\", []},", "{\"0\", []}, {\"00\", []},"}, // the same instructions in another rule
        {"{apply, {m, g, []}}", "{apply, {m, h, []}}"},  {"{update, a2}", "{update, x}"},
        {"<<\"1.*\">>", "<<\"2.*\">>"},                  {"[{\"0\", []},", "[{\"0\", []},"}};
    const auto generate = [&](const QByteArray &text) {
        files.setText(u"lib/a-2/ebin/a.appup"_s, text);
        return relup::generateRelup(m_input, files, memory);
    };
    const auto before = generate(AppupOfA);
    QVERIFY(before);
    for (const auto &[from, to] : edits) {
        const QByteArray text = QByteArray(AppupOfA).replace(from, to);
        const auto warm = generate(text);
        const auto cold = make(files, text);
        QCOMPARE(warm.has_value(), cold.has_value());
        if (!warm) {
            QCOMPARE(warm.error().term, cold.error().term);
            QCOMPARE(places(warm.error().origins), places(cold.error().origins));
            continue;
        }
        QCOMPARE(warm->text(), cold->text());
        QCOMPARE(warm->orderIsOpen, cold->orderIsOpen);
        QCOMPARE(traced(warm->term.at(1).at(0), warm->up.first()), traced(cold->term.at(1).at(0), cold->up.first()));
        QCOMPARE(traced(warm->term.at(2).at(0), warm->down.first()), traced(cold->term.at(2).at(0), cold->down.first()));
    }
    // And what nothing changed of is the same object.
    const auto again = generate(AppupOfA);
    const auto edited = generate(QByteArray(AppupOfA).replace("{apply, {m, f, []}}", "{apply, {m, f, [1]}}"));
    const auto script = [](const GeneratedRelup &relup, int list) { return &relup.term.at(list).at(0).at(2).data(); };
    QCOMPARE(script(*again, 2), script(*edited, 2));
    QVERIFY(script(*again, 1) != script(*edited, 1));
}

void TestTrace::rowsChangeOneByOne()
{
    const auto shown = [](const QByteArray &instructions) {
        const auto relup = relup::Relup::parse(QByteArray("{\"2\",[{\"1\",[],[" + instructions + "]}],[]}.\n"));
        return relup::showScript(relup->up.first(), {});
    };
    relup::RelupModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const QByteArray load = "{load_object_code,{a,\"2\",[m]}},point_of_no_return,{load,{m,soft_purge,soft_purge}}";
    model.setScript(shown(load));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(1).data(relup::RelupModel::KindRole).toInt(), int(relup::ScriptRow::Kind::PointOfNoReturn));
    inserted.clear();
    model.setScript(shown(load + ",{apply,{m,f,[]}}"));
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.first().at(1).toInt(), 3);
    QVERIFY(changed.isEmpty());
    model.setScript(shown(load + ",{apply,{m,g,[]}}"));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toModelIndex().row(), 3);
    model.setScript(shown("point_of_no_return,{apply,{m,g,[]}}"));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(removed.size(), 1);
    model.setScript(nullptr);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(resets.isEmpty());
}

void TestTrace::rowsAreRelated()
{
    relup::TermFiles files(m_directory.path());
    const auto made = make(files);
    QVERIFY(made);
    const auto relup = relup::Relup::parse(made->text());
    QVERIFY(relup);
    relup::RelupModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setScript(relup::showScript(relup->up.first(), made->up.first()));
    const auto related = [&] {
        QStringList words;
        for (const int row : model.relatedRows())
            words.append(model.index(row).data().toString());
        return words;
    };
    QVERIFY(related().isEmpty());
    model.setRelated(Origin{"a", Direction::Up, 2, 1});
    QCOMPARE(related().sliced(1), (QStringList{u"suspend a1, a2"_s, u"load a2"_s, u"resume a2, a1"_s}));
    model.setRelated(Origin{"b", Direction::Up, 1, Origin::None}); // the whole rule
    QCOMPARE(related(), QStringList{u"restart the emulator in the new release"_s});
    model.setRelated(Origin{"b", Direction::Down, 1, 0});
    QVERIFY(related().isEmpty());
    model.setRelated(std::nullopt);
    QVERIFY(related().isEmpty());
}

void TestTrace::countsWhatWaits()
{
    const auto relup = relup::Relup::parse(
        "{\"2\",[{\"1\",[],[{load_object_code,{a,\"2\",[m,n,o]}},point_of_no_return,{suspend,[m,n]},"
        "{load,{m,brutal_purge,soft_purge}},{code_change,up,[{m,[]}]},{resume,[n]},{load,{n,soft_purge,soft_purge}},"
        "{resume,[m]},{load,{o,soft_purge,soft_purge}},{apply,{application,stop,[x]}},{remove,{p,soft_purge,soft_purge}},"
        "{apply,{application,start,[x,permanent]}},{apply,{application,start,[y]}},{apply,{application,stop,[z]}},"
        "restart_emulator]}],[]}.\n");
    QVERIFY(relup);
    const relup::Summary summary = relup::summaryOf(relup->up.first());
    QCOMPARE(summary.suspended, (QByteArrayList{"m", "n"}));
    QCOMPARE(summary.converted, QByteArrayList{"m"});
    QCOMPARE(summary.loaded, (QByteArrayList{"m", "n", "o"}));
    QCOMPARE(summary.removed, QByteArrayList{"p"});
    QCOMPARE(summary.killed, QByteArrayList{"m"});
    QCOMPARE(summary.restarted, QByteArrayList{"x"});
    QCOMPARE(summary.started, QByteArrayList{"y"});
    QCOMPARE(summary.stopped, QByteArrayList{"z"});
    QVERIFY(summary.restartsEmulator && summary.longest);
    QCOMPARE(summary.longest->instructions, 4); // between suspend and resume of m
    QCOMPARE(summary.longest->loads, 2);
}

QTEST_GUILESS_MAIN(TestTrace)
#include "tst_trace.moc"

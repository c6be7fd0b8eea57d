// SPDX-License-Identifier: GPL-3.0-or-later
// What is read out of abstract code: values against those Erlang computes, and the state of processes.
#include "builtapps.h"
#include "models/rules/expressiontext.h"
#include "models/rules/statevalue.h"
#include "models/rules/staticvalue.h"
#include "models/rules/supervisorspec.h"
#include "models/erlang/inflate.h"
#include "models/erlang/parser.h"
#include "tests/models/erlang/beambytes.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using test::BuiltApps;

namespace {

// Bodies of functions without arguments, and whether their value must be told without running them.
struct Body
{
    const char *text;
    bool known;
};

// clang-format off
const Body bodies[] = {
    {"ok", true}, {"42", true}, {"-7", true}, {"1.5", true}, {"$a", true}, {"\"text\"", true}, {"[]", true}, {"{}", true}, {"\"\"", true},
    {"[a, {b, \"c\"}, [d | [e]]]", true}, {"#{a => 1, \"b\" => [x], {c, 1} => #{}}", true}, {"A = #{a => 1, b => 2}, A#{b := 3, c => 4}", true},
    {"60 * 1000 + 5 - 1", true}, {"7 div 2", true}, {"1 - 2", true}, {"9223372036854775807 + 1", false}, {"7 / 2", false}, {"7 div (1 - 1)", false},
    {"A = 1, B = {A, A}, [B, A]", true}, {"{A, [B | C]} = {1, [2, 3, 4]}, {C, B, A}", true}, {"#{k := V} = #{k => {v}, l => 1}, V", true},
    {"[a] ++ [b] ++ []", true}, {"lists:append([[a], [b, c], []])", true}, {"lists:append([a], [b])", true},
    {"[{X, 1} || X <- [a, b]]", true}, {"[X || {ok, X} <- [{ok, 1}, {no, 2}, {ok, 3}]]", true}, {"[X || X <- [1, 2], X > 1]", false},
    {"local(a)", true}, {"local(b)", true}, {"local({c, 1})", true}, {"twice(twice(3))", true}, {"count(3)", true}, {"count(1000000)", false}, {"forever()", false},
    {"case 1 of 1 -> one; _ -> other end", true}, {"case {a, 2} of {a, 1} -> one; {a, X} -> {two, X} end", true}, {"case node() of nonode@nohost -> same; _ -> same end", true},
    {"case node() of nonode@nohost -> a; _ -> b end", false}, {"begin X = 1, {X} end", true}, {"X = Y = 2, {X, Y}", true},
    {"self()", false}, {"node()", false}, {"lists:reverse([1, 2])", false}, {"fun() -> 1 end", false}, {"if true -> 1 end", false}, {"guarded(1)", false},
    {"case [1, 2, 3] of [A, B | C] -> {A, B, C} end", true}, {"case \"abc\" of \"abc\" -> yes; _ -> no end", true}, {"case [97] of [$a] -> yes end", true},
    {"<<\"bytes\">>", true}, {"same(1, 1)", true}, {"same(1, 2)", true}, {"try 1 catch _:_ -> 2 end", false}, {"#r{}", false},
};

const char helpers[] = R"(
-record(r, {a = 1}).
local(a) -> first; local({c, N}) -> {third, N}; local(_) -> rest.
twice(X) -> X * 2.
count(0) -> []; count(N) -> [N | count(N - 1)].
forever() -> forever().
guarded(X) when X > 0 -> yes; guarded(_) -> no.
same(X, X) -> yes; same(_, _) -> no.
)";

// Ways to give a state, and the form that has to be found.
struct State
{
    const char *source;
    const char *shape;
    bool named;
};

const State states[] = {
    {"init(_) -> {ok, #s{}}.", "record s", false},
    {"init(_) -> {ok, #s{a = 1}, 1000}.", "record s", false},
    {"init(_) -> S = #s{}, T = S#s{a = 1}, {ok, T, hibernate}.", "record s", false},
    {"init(#s{} = S) -> {ok, S}.", "record s", false},
    {"init(X) -> case X of 1 -> {stop, no}; 2 -> ignore; _ -> {ok, #s{}} end.", "record s", false},
    {"init(X) -> case X of 1 -> {ok, x:y()}; _ -> {ok, #s{}} end.", "record s", false},
    {"init(X) -> if X > 1 -> {ok, #s{}}; true -> ignore end.", "record s", false},
    {"init(X) -> try x:y(X), {ok, #s{}} catch _:_ -> ignore end.", "record s", false},
    {"init(X) -> receive X -> {ok, #s{}} after 5 -> ignore end.", "record s", false},
    {"init(X) -> start(X, 1).\nstart(X, 1) -> begin Y = new(X), {ok, Y} end.\nnew(_) -> #s{}.", "record s", false},
    {"init(X) -> Answer = {ok, #s{a = X}}, Answer.", "record s", false},
    {"init(_) -> {ok, on, #s{}}.", "record s", true},
    {"init(_) -> {ok, on, #s{}, [{timeout, 1, x}]}.", "record s", true},
    {"init(_) -> {ok, on, x:y()}.\nhandle_event(_, _, on, #s{}) -> keep_state_and_data.", "record s", true},
    {"init(_) -> {ok, #{a => 1, b => 2}}.", "map a, b", false},
    {"init(_) -> M = #{b => 1}, {ok, M#{a => 1}}.", "map a, b", false},
    {"init(X) -> {ok, #{X => 1}}.", "unknown", false},
    {"init(X) -> {ok, {state, X, 1}}.", "tuple state 3", false},
    {"init(X) -> {ok, X}.", "unknown", false},
    {"init(X) -> {ok, X}.\nhandle_cast(_, #s{a = _} = S) -> {noreply, S}.", "record s", false},
    {"init(_) -> {ok, []}.", "other", false},
    {"init(_) -> {ok, undefined}.", "other", false},
    {"init(X) -> proc_lib:init_ack({ok, self()}), gen_server:enter_loop(?MODULE, [], #s{a = X}).", "record s", false},
    {"init(X) -> init(X).", "unknown", false},
    {"init(X) -> a(X).\na(X) -> b(X).\nb(X) -> a(X).", "unknown", false},
    {"-state_record(t).\ninit(X) -> {ok, X}.", "record t", false},
    {"init(_) -> {ok, on, #t{}}.", "record t", true},
};
// clang-format on

QString shapeWords(const rules::StateShape &shape)
{
    using Kind = rules::StateShape::Kind;
    QStringList keys;
    for (const erlang::Term &key : shape.keys)
        keys += QString::fromUtf8(key.print());
    switch (shape.kind) {
    case Kind::Record:
        return u"record "_s + QString::fromUtf8(shape.record);
    case Kind::Map:
        return u"map "_s + keys.join(u", "_s);
    case Kind::Tuple:
        return u"tuple %1 %2"_s.arg(QString::fromUtf8(shape.record)).arg(shape.elements);
    case Kind::Other:
        return u"other"_s;
    case Kind::Unknown:
        break;
    }
    return u"unknown"_s;
}

} // namespace

class TestAbstractCode : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void values_data();
    void values();
    void state_data();
    void state();
    void sameButForPlaces();
    void recordsAlone();
    void oddForms_data();
    void oddForms();
    void deepForms();
    void damagedDebugInfo();

private:
    [[nodiscard]] std::optional<erlang::BeamFile> beam(const QString &name) const;
    [[nodiscard]] rules::AbstractCode code(const QString &name) const;
    BuiltApps m_built;
    QByteArrayList m_values;
};

void TestAbstractCode::initTestCase()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compare with.");
    BuiltApps::Modules modules;
    QByteArray functions;
    for (size_t i = 0; i < std::size(bodies); ++i)
        functions += 'v' + QByteArray::number(i) + "() -> " + bodies[i].text + ".\n";
    modules.insert("values", "-compile(export_all).\n" + QByteArray(helpers) + functions);
    modules.insert("moved", "-compile(export_all).\n\n\n" + QByteArray(helpers).replace("; ", ";\n  ") + functions);
    for (size_t i = 0; i < std::size(states); ++i)
        modules.insert("state" + QByteArray::number(i),
                       "-compile([export_all, nowarn_export_all]).\n-record(s, {a, b}).\n-record(t, {a}).\n" + QByteArray(states[i].source) + '\n');
    QByteArray types; // more debug information before the first function than is usual
    for (int i = 0; i < 400; ++i)
        types += "-type t" + QByteArray::number(i) + "() :: {some_name_" + QByteArray::number(i * 7919) + ", [integer()]}.\n";
    modules.insert("records", "-export([f/0]).\n-record(s, {a = 1, b}).\n" + types +
                                  "-record(t, {c}).\nf() -> #t{}.\n-record(late, {d}).\n");
    m_built.add(u"r"_s, "app", "1", modules);
    const QByteArray said = m_built.build();
    QVERIFY2(said.isEmpty(), said.constData());
    QByteArray known;
    for (size_t i = 0; i < std::size(bodies); ++i)
        known += bodies[i].known ? "true.\n" : "false.\n";
    BuiltApps::write(m_built.path(u"known"_s), known);
    m_values = test::Erl::run(R"(
        [Dir, File] = init:get_plain_arguments(),
        {module, values} = code:load_abs(filename:join(Dir, "ebin/values")),
        {ok, Known} = file:consult(File),
        [io:format("~w~n", [case K of true -> apply(values, list_to_atom("v" ++ integer_to_list(N)), []); false -> unknown end])
         || {N, K} <- lists:zip(lists:seq(0, length(Known) - 1), Known)])",
                              {m_built.directory(u"r"_s, "app", "1"), m_built.path(u"known"_s)})
                   .trimmed()
                   .split('\n');
    QVERIFY2(m_values.size() == std::ssize(bodies), m_values.join('\n').constData());
}

std::optional<erlang::BeamFile> TestAbstractCode::beam(const QString &name) const
{
    QFile file(m_built.directory(u"r"_s, "app", "1") + u"/ebin/%1.beam"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const auto beam = erlang::BeamFile::parse(file.readAll());
    return beam ? std::optional(*beam) : std::nullopt;
}

rules::AbstractCode TestAbstractCode::code(const QString &name) const
{
    const auto found = beam(name);
    return found ? rules::AbstractCode::of(*found).value_or(rules::AbstractCode()) : rules::AbstractCode();
}

void TestAbstractCode::values_data()
{
    QTest::addColumn<int>("number");
    for (size_t i = 0; i < std::size(bodies); ++i)
        QTest::newRow(bodies[i].text) << static_cast<int>(i);
}

void TestAbstractCode::values()
{
    QFETCH(const int, number);
    const rules::AbstractCode values = code(u"values"_s);
    rules::StaticEvaluator evaluator(values);
    const erlang::Term value = evaluator.call('v' + QByteArray::number(number), {});
    QCOMPARE(rules::isKnown(value), bodies[number].known);
    if (bodies[number].known)
        QCOMPARE(value.write(), erlang::parseBareTerm(m_values[number])->write());
}

void TestAbstractCode::state_data()
{
    QTest::addColumn<int>("number");
    for (size_t i = 0; i < std::size(states); ++i)
        QTest::newRow(states[i].source) << static_cast<int>(i);
}

void TestAbstractCode::state()
{
    QFETCH(const int, number);
    const QString name = u"state"_s + QString::number(number);
    const auto attribute = beam(name)->attribute("state_record");
    QVERIFY(attribute);
    const auto shape = rules::findState(code(name), {states[number].named}, *attribute);
    QCOMPARE(shapeWords(shape), QString::fromUtf8(states[number].shape));
    if (shape.record == "s" && shape.kind == rules::StateShape::Kind::Record) {
        QCOMPARE(shape.fields.size(), 2);
        QCOMPARE(shape.fields[1].name, QByteArray("b"));
    }
}

void TestAbstractCode::sameButForPlaces()
{
    const rules::AbstractCode values = code(u"values"_s);
    const rules::AbstractCode moved = code(u"moved"_s);
    const QList<erlang::Term> here = values.functionsWith("");
    const QList<erlang::Term> there = moved.functionsWith("");
    QVERIFY(here.size() > 20 && here.size() == there.size());
    for (qsizetype i = 0; i < here.size(); ++i) {
        QVERIFY(!(here[i] == there[i])); // they stand elsewhere
        for (qsizetype k = 0; k < here.size(); ++k)
            QCOMPARE(rules::sameCode(here[i], there[k]), i == k);
    }
}

// They are found without reading all of the debug information, and with the same answers.
void TestAbstractCode::recordsAlone()
{
    const auto records = rules::AbstractCode::recordsOf(*beam(u"records"_s));
    QCOMPARE(records->recordNames(), (QList<QByteArray>{"s", "t"}));
    QCOMPARE(records->record("s")->at(1).name, QByteArray("b"));
    const rules::AbstractCode whole = code(u"records"_s);
    QCOMPARE(whole.recordNames(), (QList<QByteArray>{"s", "t", "late"}));
    for (const char *name : {"s", "t"})
        QCOMPARE(records->record(name)->size(), whole.record(name)->size());
    QCOMPARE(rules::AbstractCode::recordsOf(*beam(u"state0"_s))->recordNames(), code(u"state0"_s).recordNames());
    QVERIFY(records->functionsWith("").isEmpty());
}

void TestAbstractCode::oddForms_data()
{
    QTest::addColumn<QByteArray>("forms");
    // clang-format off
    for (const char *forms : {"[]", "[a]", "[{function,1,f,0,x}]", "[{function,1,init,1,[{clause}]}]", "[{function,1,init,1,[{clause,1,[],[],[]}]}]",
                              "[{function,1,init,1,[{clause,1,[{var,1,'X'}],[],[{match,1}]}]}]", "[{function,1,init,1,[{clause,1,x,y,z}]}]",
                              "[{attribute,1,record,{s,x}}]", "[{attribute,1,record,s}]", "[{attribute,1,record,{s,[{record_field,1,{atom,1,a}},{typed_record_field,1,2}]}}]",
                              "[{function,1,init,1,[{clause,1,[{var,1,'M'}],[],[{tuple,1,[{atom,1,ok},{match,1,{var,1,'M'},{map,1,{var,1,'M'},[]}}]}]}]}]",
                              "[{function,1,init,1,[{clause,1,[{var,1,'_'}],[],[{call,1,{atom,1,init},[{nil,1}]}]}]}]",
                              "[{function,1,init,1,[{clause,1,[{cons,1,{var,1,'A'}}],[],[{'case',1,{var,1,'A'},[]}]}]}]",
                              "[{function,1,init,1,[{clause,1,[{tuple,1,x}],[],[{lc,1,{var,1,'A'},[{generate,1,{var,1,'A'},{nil,1}}]}]}]}]",
                              "[{function,1,init,1,[{clause,1,[{nil,1}],[],[{tuple,1,[{atom,1,ok},{op,1,'++'}]}]}]}]"})
        QTest::newRow(forms) << QByteArray(forms);
    // clang-format on
    QByteArray deep = "{nil,1}";
    for (int i = 0; i < 150; ++i)
        deep = "{tuple,1,[{call,1,{atom,1,init},[" + deep + "]}]}";
    QTest::newRow("deep") << QByteArray("[{function,1,init,1,[{clause,1,[{var,1,'X'}],[],[" + deep + "]}]}]");
}

// Whatever stands there, it ends, and nothing is made up.
void TestAbstractCode::oddForms()
{
    QFETCH(const QByteArray, forms);
    const auto term = erlang::parseBareTerm(forms, {2000, 100'000, 1'000'000});
    QVERIFY2(term, forms.constData());
    const rules::AbstractCode code(term->items());
    QVERIFY(!rules::isKnown(rules::StaticEvaluator(code).call("init", {erlang::Term()})));
    QCOMPARE(rules::findState(code, {}, {erlang::Term::atom("s")}).kind == rules::StateShape::Kind::Record, forms.contains("record,{s"));
    for (const erlang::Term &form : term->items())
        QVERIFY(!rules::expressionText(form));
}

// Nested as deep as the reader of the file lets pass.
void TestAbstractCode::deepForms()
{
    using erlang::Term;
    const auto deep = [](Term inner, const std::function<Term(Term)> &around) {
        for (int i = 0; i < 9000; ++i)
            inner = around(std::move(inner));
        return inner;
    };
    const Term one = Term::integer(1);
    const Term nil = Term::tuple({Term::atom("nil"), one});
    const auto cons = [&](const Term &tail) { return Term::tuple({Term::atom("cons"), one, nil, tail}); };
    const auto tuple = [&](const Term &inner) { return Term::tuple({Term::atom("tuple"), one, Term::list({inner})}); };
    const auto block = [&](const Term &inner) { return Term::tuple({Term::atom("block"), one, Term::list({inner})}); };
    for (const auto &around : {std::function<Term(Term)>(cons), std::function<Term(Term)>(tuple), std::function<Term(Term)>(block)}) {
        const Term expression = deep(nil, around);
        const Term clause = Term::tuple({Term::atom("clause"), one, Term::list({expression}), Term(), Term::list({expression})});
        const Term field = Term::tuple({Term::atom("record_field"), one, Term::tuple({Term::atom("atom"), one, Term::atom("f")}), expression});
        const QList<Term> forms{Term::tuple({Term::atom("function"), one, Term::atom("init"), one, Term::list({clause})}),
                                Term::tuple({Term::atom("attribute"), one, Term::atom("record"), Term::tuple({Term::atom("s"), Term::list({field})})})};
        const rules::AbstractCode code(forms);
        QVERIFY(code.record("s"));
        static_cast<void>(rules::StaticEvaluator(code).call("init", {rules::unknownValue()}));
        static_cast<void>(rules::StaticEvaluator(code).call("init", {Term::list(QList<Term>(9000, Term()))}));
        QVERIFY(rules::sameCode(forms[0], Term::tuple(forms[0].items())));
        QCOMPARE(rules::findState(code, {}, {}).kind, rules::StateShape::Kind::Unknown);
        static_cast<void>(rules::expressionText(expression));
    }
}

// A module whose debug information is changed anywhere: it is read or not, and nothing else happens.
void TestAbstractCode::damagedDebugInfo()
{
    const auto good = beam(u"state5"_s);
    QVERIFY(good);
    auto chunks = beambytes::chunksOf(*good);
    const auto info = std::ranges::find(chunks, QByteArray("Dbgi"), &beambytes::Chunk::id);
    QVERIFY(info != chunks.end());
    if (info->data.startsWith("\x83P"))
        info->data = '\x83' + *erlang::inflated(QByteArrayView(info->data).sliced(6), erlang::Packing::Zlib, 1'000'000);
    const QByteArray whole = info->data;
    int readable = 0;
    const auto tryIt = [&](const QByteArray &data) {
        info->data = data;
        const auto module = erlang::BeamFile::parse(beambytes::file(chunks));
        const auto code = module ? rules::AbstractCode::of(*module) : std::nullopt;
        if (!code)
            return;
        ++readable;
        static_cast<void>(rules::findState(*code, {}, {}));
        static_cast<void>(rules::readSupervisor(*code, rules::supervisorStarts(*code, "state5")));
    };
    tryIt(whole);
    QCOMPARE(readable, 1);
    for (qsizetype at = 0; at < whole.size(); ++at) {
        for (const char change : {'\x01', '\x40', '\x80'}) {
            QByteArray damaged = whole;
            damaged[at] = static_cast<char>(damaged[at] ^ change);
            tryIt(damaged);
        }
        const int before = readable;
        tryIt(whole.first(at));
        QVERIFY(readable == before || at > whole.size() / 2); // behind the forms come the options
    }
    QVERIFY(readable > 1 && readable < 3 * whole.size());
}

QTEST_GUILESS_MAIN(TestAbstractCode)
#include "tst_abstractcode_erl.moc"

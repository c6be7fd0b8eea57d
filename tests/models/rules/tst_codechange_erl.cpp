// SPDX-License-Identifier: GPL-3.0-or-later
// The code_change that is proposed: compiled by the real compiler and run on states of both versions.
#include "builtapps.h"
#include "models/rules/proposal.h"
#include "models/erlang/parser.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;

namespace {

struct Case
{
    const char *name;
    QByteArray olderRecord; ///< what stands in -record(…)
    QByteArray newerRecord;
    QByteArray up;   ///< a state of the older, what it becomes
    QByteArray upTo;
    QByteArray down; ///< a state of the newer, what it becomes
    QByteArray downTo;
    QByteArray contains; ///< in the text
};

// clang-format off
const QList<Case> &cases()
{
    static const QList<Case> table{
        {"added", "state, {a, b}", "state, {a, b, c}", "{state,1,2}", "{state,1,2,undefined}", "{state,1,2,3}", "{state,1,2}", "c = undefined"},
        {"added with default", "state, {a, b}", "state, {a, c = [7, x], b}", "{state,1,2}", "{state,1,[7,x],2}", "{state,1,2,3}", "{state,1,3}", "c = [7, x]"},
        {"removed", "state, {a, b}", "state, {b}", "{state,1,2}", "{state,2}", "{state,5}", "{state,undefined,5}", "_A"},
        {"removed with default", "state, {a = #{k => <<\"v\">>, {1, $x} => -1.5}, b}", "state, {b}", "{state,1,2}", "{state,2}", "{state,5}",
         "{state,#{k => <<\"v\">>,{1,120} => -1.5},5}", "#{k => <<\"v\">>"},
        {"moved", "state, {a, b, c}", "state, {c, a, b}", "{state,1,2,3}", "{state,3,1,2}", "{state,1,2,3}", "{state,2,3,1}", ""},
        {"perhaps renamed", "state, {old :: atom(), x}", "state, {new :: atom(), x}", "{state,a,1}", "{state,undefined,1}", "{state,b,2}", "{state,undefined,2}",
         "New: new (old?)"},
        {"odd names", "state, {'Foo bar', 'if', a_b, aB, 'ä', 'ö', '1'}", "state, {'if', 'Foo bar', aB, a_b, 'ö', 'ä', '1', x = 'X y'}",
         "{state,1,2,3,4,5,6,7}", "{state,2,1,4,3,6,5,7,'X y'}", "{state,1,2,3,4,5,6,7,8}", "{state,2,1,4,3,6,5,7}", "'Foo bar' = FooBar"},
        {"names that are no variables", "state, {'1a', extra, vsn, old_vsn, '2b', '_', '2B'}", "state, {'_', '1a', '2B', c}",
         "{state,1,2,3,4,5,6,7}", "{state,6,1,7,undefined}", "{state,1,2,3,4}", "{state,2,undefined,undefined,undefined,undefined,1,3}", "'1a' = A"},
        {"default of another module", "state, {a}", "state, {a, q = lists:seq(1, 1 + 2), f = fun lists:map/2}", "{state,1}", "{state,1,[1,2,3],fun lists:map/2}",
         "{state,1,2,3}", "{state,1}", "q = lists:seq(1, (1 + 2))"},
        {"default that only the module knows", "state, {a, b = x()}", "state, {a, c = x()}", "{state,1,2}", "{state,1,x}", "{state,1,2}", "{state,1,undefined}", "{state, A, undefined}"},
        {"another type", "state, {a :: atom(), b}", "state, {a :: list(), b, c}", "{state,1,2}", "{state,1,2,undefined}", "{state,1,2,3}", "{state,1,2}", "Of another type: a"},
        {"another record", "state, {a}", "data, {a, b = 1}", "{state,1}", "{data,1,1}", "{data,1,2}", "{state,1}", "#data{a = A"},
        {"nothing kept", "state, {a}", "state, {b, c}", "{state,1}", "{state,undefined,undefined}", "{state,1,2}", "{state,undefined}", ""},
        {"no fields", "state, {}", "state, {a}", "{state}", "{state,undefined}", "{state,1}", "{state}", ""},
        {"many", "state, {a_rather_long_name, another_rather_long_name, yet_another_rather_long_name, b = \"some text\"}",
         "state, {b = \"some text\", another_rather_long_name, a_rather_long_name, yet_another_rather_long_name, and_one_more_that_is_rather_long}",
         "{state,1,2,3,4}", "{state,4,2,1,3,undefined}", "{state,1,2,3,4,5}", "{state,3,2,4,1}", "\n"},
    };
    return table;
}
// clang-format on

QByteArray source(const QByteArray &behaviour, const QByteArray &record, bool converts)
{
    const bool named = behaviour == "gen_statem" || behaviour == "gen_fsm";
    const QByteArray name = record.left(record.indexOf(','));
    const QByteArray converter = named ? "code_change/4" : "code_change/3";
    const QByteArray callbacks = named                      ? QByteArray("callback_mode() -> state_functions.\n")
                                 : behaviour == "gen_server" ? QByteArray("handle_call(_, _, S) -> S.\nhandle_cast(_, S) -> S.\n")
                                                             : QByteArray("handle_call(_, S) -> S.\nhandle_event(_, S) -> S.\n");
    return "-behaviour(" + behaviour + ").\n-compile(nowarn_export_all).\n-compile(export_all).\n-export([init/1, x/0, fields/0" + (converts ? QByteArray(", " + converter) : "") + "]).\n-record(" + record +
           ").\ninit(_) -> {ok, " + (named ? "on, " : "") + '#' + name + "{}}.\nx() -> x.\nfields() -> record_info(fields, " + name + ").\n" + callbacks;
}

} // namespace

class TestCodeChange : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void converts_data();
    void converts();

private:
    struct Made
    {
        QByteArray name;
        QByteArray text;
        const Case *wanted;
    };
    test::BuiltApps m_built;
    QList<Made> m_made;
    QByteArrayList m_results;
};

// Everything is built twice: to be read, and with the proposed text in it.
void TestCodeChange::initTestCase()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compile with.");
    const QByteArrayList behaviours{"gen_server", "gen_statem", "gen_event"};
    for (const QByteArray &behaviour : behaviours) {
        for (qsizetype i = 0; i < cases().size(); ++i) {
            const QByteArray app = behaviour + '_' + QByteArray::number(i);
            m_built.add(u"old"_s, app, "1", {{app, source(behaviour, cases()[i].olderRecord, false)}});
            m_built.add(u"new"_s, app, "2", {{app, source(behaviour, cases()[i].newerRecord, false)}});
        }
    }
    QVERIFY(!m_built.build().contains("ERL FAILED"));

    test::BuiltApps pasted;
    QByteArray jobs;
    for (const QByteArray &behaviour : behaviours) {
        const QByteArray state = behaviour == "gen_statem" ? "on," : "";
        for (qsizetype i = 0; i < cases().size(); ++i) {
            const QByteArray app = behaviour + '_' + QByteArray::number(i);
            const auto older = rules::readApplication(m_built.directory(u"old"_s, app, "1"));
            const auto newer = rules::readApplication(m_built.directory(u"new"_s, app, "2"));
            QVERIFY(older && newer);
            const auto proposal = rules::propose(*older, *newer);
            QVERIFY(proposal);
            QVERIFY2(proposal->codeChanges.size() == 1, app.constData());
            const QByteArray text = proposal->codeChanges[0].text;
            m_made.append({app + ' ' + cases()[i].name, text, &cases()[i]});
            pasted.add(u"new"_s, app, "2", {{app, source(behaviour, cases()[i].newerRecord, true) + text}}, "debug_info, warnings_as_errors");
            jobs += '{' + app + ",[" + state + cases()[i].up + "],[" + state + cases()[i].down + "],\"" +
                    pasted.directory(u"new"_s, app, "2").toUtf8() + "/ebin\"}.\n";
        }
    }
    const QByteArray said = pasted.build();
    QVERIFY2(said.isEmpty(), said.constData());
    test::BuiltApps::write(pasted.path(u"states"_s), jobs);
    m_results = test::Erl::run(R"(
        [File] = init:get_plain_arguments(),
        {ok, Jobs} = file:consult(File),
        [begin
            {module, M} = code:load_abs(filename:join(Dir, M)),
            Run = fun(Vsn, State) -> lists:last(tuple_to_list(apply(M, code_change, [Vsn] ++ State ++ [[]]))) end,
            io:format("~tw~n~tw~n", [Run("1", Up), Run({down, "1"}, Down)])
         end || {M, Up, Down, Dir} <- Jobs])",
                               {pasted.path(u"states"_s)})
                    .trimmed()
                    .split('\n');
    QVERIFY2(m_results.size() == 2 * m_made.size(), m_results.join('\n').constData());
}

void TestCodeChange::converts_data()
{
    QTest::addColumn<qsizetype>("number");
    for (qsizetype i = 0; i < m_made.size(); ++i)
        QTest::newRow(m_made[i].name.constData()) << i;
}

void TestCodeChange::converts()
{
    QFETCH(const qsizetype, number);
    const Made &made = m_made[number];
    const auto term = [](const QByteArray &text) { return erlang::parseBareTerm(text)->write(); };
    QCOMPARE(term(m_results[2 * number]), term(made.wanted->upTo));
    QCOMPARE(term(m_results[2 * number + 1]), term(made.wanted->downTo));
    QVERIFY2(made.text.contains(made.wanted->contains), made.text.constData());
    for (const QByteArray &line : made.text.split('\n'))
        QVERIFY2(line.size() <= 120, line.constData());
}

QTEST_GUILESS_MAIN(TestCodeChange)
#include "tst_codechange_erl.moc"

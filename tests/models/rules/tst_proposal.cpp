// SPDX-License-Identifier: GPL-3.0-or-later
// What is proposed for what changed: a table of small applications, compiled by the real compiler.
#include "models/appup/appup.h"
#include "models/rules/bracketed.h"
#include "models/appup/instruction.h"
#include "models/rules/proposal.h"
#include "proposalcases.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using test::ProposalCase;

namespace handover::test {

// clang-format off
QList<ProposalCase> proposalCases()
{
    const QByteArray down = "code_change({down, _}, S, _) -> {ok, S};\n";
    const QByteArray trivial = "code_change(_, S, _) -> {ok, S}.\n";
    const QByteArray trivial4 = "code_change(_, N, D, _) -> {ok, N, D}.\n";
    const QByteArray loops = "-export([start_link/0]).\nstart_link() -> {ok, spawn_link(fun() -> receive x -> 1 end end)}.\n";
    const QByteArray loopsOn = "-export([start_link/0]).\nstart_link() -> {ok, spawn_link(fun() -> receive x -> 2 end end)}.\n";
    const auto maker = [](const QByteArray &fields) { return "-export([new/0, old/0]).\n-record(st, {" + fields + "}).\nnew() -> old().\nold() -> #st{}.\n"; };
    const auto machine = [](const QByteArray &mode, const QByteArray &exports, const QByteArray &more) {
        return "-behaviour(gen_statem).\n-export([init/1, callback_mode/0" + exports + "]).\ninit(_) -> {ok, on, 0}.\ncallback_mode() -> " + mode + ".\n" + more;
    };
    const QByteArray child = "#{id => w, start => {w, start_link, []}}";
    const QByteArray both = "-behaviour(application).\n-behaviour(supervisor).\n-export([start/2, stop/1, init/1]).\n"
                            "start(_, _) -> supervisor:start_link({local, a}, a, []).\nstop(_) -> ok.\ninit([]) -> {ok, {#{}, ";
    return {
        {"nothing", {{"a", plain("1")}}, {{"a", plain("1")}}, {}, {}, {u"hint rules.nothing-changed"_s}},
        {"other lines only", {{"a", plain("1")}}, {{"a", "\n\n% moved\n" + plain("1")}}, {}, {},
         {u"hint rules.nothing-changed"_s}},
        {"another -vsn only", {{"a", "-vsn(\"1\").\n" + plain("1")}}, {{"a", "-vsn(\"2\").\n" + plain("1")}}, {}, {},
         {u"hint rules.nothing-changed"_s}},
        {"plain", {{"a", plain("1")}}, {{"a", plain("2")}}, {"{load_module, a}"}, {"{load_module, a}"}, {}},
        {"added and deleted", {{"a", plain("1")}, {"c", plain("1")}}, {{"b", plain("1")}, {"c", plain("2")}},
         {"{add_module, b}", "{load_module, c}", "{delete_module, a}"},
         {"{add_module, a}", "{load_module, c}", "{delete_module, b}"}, {}},
        {"quoted names", {{"a-b", plain("1")}}, {{"a-b", plain("2")}, {"Ä", plain("1")}},
         {"{add_module, 'Ä'}", "{load_module, 'a-b'}"}, {"{load_module, 'a-b'}", "{delete_module, 'Ä'}"}, {}},
        {"calls", {{"a", plain("b:f()")}, {"b", plain("1")}, {"c", plain("1")}},
         {{"a", plain("{b:f(), c:f(), new:f(), fun c:f/0, spawn(b, f, [])}")}, {"b", plain("2")}, {"c", plain("1")}, {"new", plain("1")}},
         {"{add_module, new}", "{load_module, a, [b, new]}", "{load_module, b}"},
         {"{load_module, b}", "{load_module, a, [b]}", "{delete_module, new}"}, {}},
        {"calls what is gone", {{"a", plain("gone:f()")}, {"gone", plain("1")}}, {{"a", plain("{2, gone:f()}")}},
         {"{load_module, a}", "{delete_module, gone}"},
         {"{add_module, gone}", "{load_module, a, [gone]}"}, {u"warning rules.calls-deleted"_s}},
        {"circle of plain modules", {{"a", plain("b:f()")}, {"b", plain("a:f()")}}, {{"a", plain("{2, b:f()}")}, {"b", plain("{2, a:f()}")}},
         {"{load_module, a, [b]}", "{load_module, b, [a]}"}, {"{load_module, b, [a]}", "{load_module, a, [b]}"},
         {u"hint rules.circle"_s}},
        {"circle of servers", {{"a", server("x", "f() -> b:f().\n", ", f/0")}, {"b", server("x", "f() -> a:f().\n", ", f/0")}},
         {{"a", server("x", "f() -> [b:f()].\n", ", f/0")}, {"b", server("x", "f() -> [a:f()].\n", ", f/0")}},
         {"{update, a, [b]}", "{update, b, [a]}"}, {"{update, b, [a]}", "{update, a, [b]}"},
         {u"warning rules.circle"_s}},

        {"server, state as before", {{"s", server("a, b = 1")}}, {{"s", server("a, b = 1", "g() -> 1.\n", ", g/0")}},
         {"{update, s}"}, {"{update, s}"}, {}},
        {"server, converter of an earlier version", {{"s", server("a, b", "code_change(_, {state, A}, _) -> {ok, {state, A, 1}}.\n", ", code_change/3")}},
         {{"s", server("a, b", "g() -> 1.\ncode_change(_, {state, A}, _) -> {ok, {state, A, 1}}.\n", ", code_change/3, g/0")}},
         {"{update, s}"}, {"{update, s}"}, {}},
        {"server, new converter, same state", {{"s", server("a")}},
         {{"s", server("a", "code_change({down, _}, S, _) -> {ok, S};\ncode_change(_, #state{a = A}, _) -> {ok, #state{a = [A]}}.\n", ", code_change/3")}},
         {"{update, s, {advanced, []}}"}, {"{update, s, {advanced, []}}"}, {u"hint rules.state-converted"_s}},
        {"server, state converted", {{"s", server("a")}},
         {{"s", server("a, b", "code_change({down, _}, #state{a = A}, _) -> {ok, {state, A}};\ncode_change(_, {state, A}, _) -> {ok, #state{a = A}}.\n", ", code_change/3")}},
         {"{update, s, {advanced, []}}"}, {"{update, s, {advanced, []}}"}, {u"hint rules.state-converted"_s}},
        {"server, no way down", {{"s", server("a")}},
         {{"s", server("a, b", "code_change(_, {state, A}, _) -> {ok, #state{a = A}}.\n", ", code_change/3")}},
         {"{update, s, {advanced, []}}"}, {"{update, s, {advanced, []}}"},
         {u"hint rules.state-converted"_s, u"warning rules.no-way-down"_s}},
        {"server, wants an Extra", {{"s", server("a")}},
         {{"s", server("a, b", "code_change({down, _}, #state{a = A}, {from, 1}) -> {ok, {state, A}};\ncode_change(_, {state, A}, {from, 1}) -> {ok, #state{a = A}}.\n", ", code_change/3")}},
         {"{update, s, {advanced, []}}"}, {"{update, s, {advanced, []}}"}, {u"hint rules.state-converted"_s, u"error rules.extra"_s}},
        {"server, nothing converts", {{"s", server("a")}}, {{"s", server("a, b")}},
         {"{update, s, {advanced, []}}"}, {"{update, s, {advanced, []}}"}, {u"error rules.state-unconverted"_s}},
        {"server, default converter", {{"s", server("a", trivial, ", code_change/3")}}, {{"s", server("b, c", trivial, ", code_change/3")}},
         {"{update, s, {advanced, []}}"}, {"{update, s, {advanced, []}}"}, {u"error rules.state-unconverted"_s}},
        {"server, converter as before", {{"s", server("a", down + "code_change(_, {state}, _) -> {ok, {state, 1}}.\n", ", code_change/3")}},
         {{"s", server("a, b", down + "code_change(_, {state}, _) -> {ok, {state, 1}}.\n", ", code_change/3")}},
         {"{update, s, {advanced, []}}"}, {"{update, s, {advanced, []}}"}, {u"warning rules.state-converted-as-before"_s}},
        {"server, field of another type", {{"s", server("a :: atom()")}}, {{"s", server("a :: list()", "g() -> 1.\n", ", g/0")}},
         {"{update, s}"}, {"{update, s}"}, {u"hint rules.state-field"_s}},
        {"server, another record", {{"s", "-record(conn, {a}).\n" + server("a, c", "g(#conn{a = A}) -> A.\n", ", g/1")}},
         {{"s", "-record(conn, {a, b}).\n" + server("a, c", "g(#conn{a = A}) -> A.\n", ", g/1")}},
         {"{update, s}"}, {"{update, s}"}, {u"hint rules.record-changed"_s}},
        {"server, record in the state's default", {{"s", "-record(c, {a}).\n" + server("x = #c{}")}}, {{"s", "-record(c, {a, b}).\n" + server("x = #c{}")}},
         {"{update, s}"}, {"{update, s}"}, {u"warning rules.record-changed"_s}},
        {"server, record in the state's type", {{"s", "-record(c, {a}).\n-record(d, {c :: [#c{}]}).\n" + server("x :: undefined | #d{}", "g() -> #c{}.\n", ", g/0")}},
         {{"s", "-record(c, {a, b}).\n-record(d, {c :: [#c{}]}).\n" + server("x :: undefined | #d{}", "g() -> #c{}.\n", ", g/0")}},
         {"{update, s}"}, {"{update, s}"}, {u"warning rules.record-changed"_s}},
        {"server, record in the state's map", {{"s", "-record(c, {a}).\n" + server("x", {}, {}, "#{k => [#c{}]}")}}, {{"s", "-record(c, {a, b}).\n" + server("x", {}, {}, "#{k => [#c{}]}")}},
         {"{update, s}"}, {"{update, s}"}, {u"warning rules.record-changed"_s}},
        {"server, state made by another module", {{"m", maker("a")}, {"s", server("a", {}, {}, "m:new()")}}, {{"m", maker("a, b")}, {"s", server("a", {}, {}, "m:new()")}},
         {"{load_module, m}"}, {"{load_module, m}"}, {u"warning rules.foreign-state"_s}},
        {"server, another record of a maker that changed", {{"m", "-record(x, {q}).\n" + maker("a")}, {"s", server("a", {}, {}, "[m:new()]")}},
         {{"m", "-record(x, {q, r}).\n" + maker("a = 1")}, {"s", server("a", {}, {}, "[m:new()]")}}, {"{load_module, m}"}, {"{load_module, m}"}, {}},
        {"server, unknown state", {{"s", server("a", {}, {}, "x:y()")}}, {{"s", server("a", "g() -> 1.\n", ", g/0", "x:y()")}},
         {"{update, s}"}, {"{update, s}"}, {u"hint rules.state-unknown"_s}},
        {"server, unknown state, converter", {{"s", server("a", trivial, ", code_change/3", "x:y()")}},
         {{"s", server("a", "g() -> 1.\n" + trivial, ", code_change/3, g/0", "x:y()")}},
         {"{update, s, {advanced, []}}"}, {"{update, s, {advanced, []}}"}, {u"hint rules.state-unknown"_s}},
        {"server, stripped", {{"s", server("a")}}, {{"s", server("a, b")}}, {"{update, s}"}, {"{update, s}"},
         {u"warning rules.no-debug-info"_s}, ""},
        {"server, stripped, converter", {{"s", server("a", trivial, ", code_change/3")}}, {{"s", server("a, b", trivial, ", code_change/3")}},
         {"{update, s, {advanced, []}}"}, {"{update, s, {advanced, []}}"}, {u"warning rules.no-debug-info"_s}, ""},
        {"state machine, other callback mode",
         {{"m", "-behaviour(gen_statem).\n-export([init/1, callback_mode/0, handle_event/4]).\n-record(d, {a}).\ninit(_) -> {ok, on, #d{}}.\n"
                "callback_mode() -> handle_event_function.\nhandle_event(_, _, _, D) -> {keep_state, D}.\n"}},
         {{"m", "-behaviour(gen_statem).\n-export([init/1, callback_mode/0, on/3]).\n-record(d, {a}).\ninit(_) -> {ok, on, #d{}}.\n"
                "callback_mode() -> state_functions.\non(_, _, D) -> {keep_state, D}.\n"}},
         {"{update, m}"}, {"{update, m}"}, {u"error rules.state-unconverted"_s}},
        {"state machine, other callback mode, unknown state", {{"m", machine("state_functions", ", on/3", "on(_, _, D) -> {keep_state, D}.\n")}},
         {{"m", machine("handle_event_function", ", handle_event/4", "handle_event(_, _, _, D) -> {keep_state, D}.\n")}},
         {"{update, m}"}, {"{update, m}"}, {u"error rules.state-unconverted"_s}},
        {"state machine, other callback mode, converter", {{"m", machine("state_functions", ", on/3, code_change/4", "on(_, _, D) -> {keep_state, D}.\n" + trivial4)}},
         {{"m", machine("handle_event_function", ", handle_event/4, code_change/4", "handle_event(_, _, _, D) -> {keep_state, D}.\n" + trivial4)}},
         {"{update, m, {advanced, []}}"}, {"{update, m, {advanced, []}}"}, {u"hint rules.state-unknown"_s}},
        {"state machine, state gone", {{"m", machine("[state_functions, state_enter]", ", on/3, off/3", "on(enter, _, D) -> {keep_state, D}.\noff(cast, x, D) -> {keep_state, D}.\n")}},
         {{"m", machine("[state_functions, state_enter]", ", on/3", "on(enter, _, D) -> {keep_state, D}.\n")}},
         {"{update, m}"}, {"{update, m}"}, {u"hint rules.state-unknown"_s, u"error rules.state-name"_s}},
        {"state machine, new state", {{"m", machine("state_functions", ", on/3, api/3", "on(_, _, D) -> {keep_state, D}.\napi(A, B, C) -> {A, B, C}.\n")}},
         {{"m", machine("state_functions", ", on/3, off/3", "on(_, _, D) -> {next_state, off, D}.\noff(_, _, D) -> {keep_state, D}.\n")}},
         {"{update, m}"}, {"{update, m}"}, {u"hint rules.state-unknown"_s, u"warning rules.state-name"_s}},
        {"state machine, states converted", {{"m", machine("state_functions", ", on/3, off/3", "on(_, _, D) -> {next_state, off, D}.\noff(_, _, D) -> {keep_state, D}.\n")}},
         {{"m", machine("state_functions", ", on/3, out/3, code_change/4", "on(_, _, D) -> {next_state, out, D}.\nout(_, _, D) -> {keep_state, D}.\n"
                "code_change({down, _}, out, D, _) -> {ok, off, D};\ncode_change(_, off, D, _) -> {ok, out, D};\ncode_change(_, S, D, _) -> {ok, S, D}.\n")}},
         {"{update, m, {advanced, []}}"}, {"{update, m, {advanced, []}}"}, {u"hint rules.state-unknown"_s, u"hint rules.state-name"_s}},
        {"event handler", {{"h", "-behaviour(gen_event).\n-export([init/1, handle_event/2, handle_call/2]).\ninit(_) -> {ok, #{}}.\nhandle_event(_, S) -> {ok, S}.\nhandle_call(_, S) -> {ok, S, S}.\n"}},
         {{"h", "-behaviour(gen_event).\n-export([init/1, handle_event/2, handle_call/2]).\ninit(_) -> {ok, #{n => 0}}.\nhandle_event(_, S) -> {ok, S}.\nhandle_call(_, S) -> {ok, S, S}.\n"}},
         {"{update, h, {advanced, []}}"}, {"{update, h, {advanced, []}}"}, {u"error rules.state-unconverted"_s}},
        {"special process", {{"p", "-export([system_continue/3, system_code_change/4]).\nsystem_continue(_, _, S) -> S.\nsystem_code_change(S, _, _, _) -> {ok, S}.\n"}},
         {{"p", "-export([system_continue/3, system_code_change/4]).\nsystem_continue(_, _, S) -> [S].\nsystem_code_change(S, _, _, _) -> {ok, S}.\n"}},
         {"{update, p, {advanced, []}}"}, {"{update, p, {advanced, []}}"}, {u"warning rules.state-unknown"_s}},
        {"code_change without behaviour", {{"p", plain("1")}}, {{"p", "-export([f/0, code_change/3]).\nf() -> 2.\n" + trivial}},
         {"{update, p, {advanced, []}}"}, {"{update, p, {advanced, []}}"}, {u"hint rules.state-unknown"_s}},
        {"behaviour of the application", {{"worker", "-behaviour(gen_server).\n-callback work() -> ok.\n-export([init/1, handle_call/3, handle_cast/2]).\ninit(M) -> {ok, M}.\nhandle_call(_, _, S) -> {reply, S, S}.\nhandle_cast(_, S) -> {noreply, S}.\n"},
                                           {"w", "-behaviour(worker).\n-export([work/0]).\nwork() -> ok.\n"}},
         {{"worker", "-behaviour(gen_server).\n-callback work() -> ok.\n-export([init/1, handle_call/3, handle_cast/2]).\ninit(M) -> {ok, M}.\nhandle_call(_, _, S) -> {reply, S, S}.\nhandle_cast(_, S) -> {noreply, S}.\n"},
          {"w", "-behaviour(worker).\n-export([work/0]).\nwork() -> io:nl(), ok.\n"}},
         {"{update, w}"}, {"{update, w}"}, {u"hint rules.state-unknown"_s}},
        {"callbacks only", {{"cb", "-callback f() -> ok.\n"}, {"w", "-behaviour(cb).\n" + plain("1")}}, {{"cb", "-callback f() -> ok.\n"}, {"w", "-behaviour(cb).\n" + plain("2")}},
         {"{load_module, w}"}, {"{load_module, w}"}, {}},
        {"behaviour that is nowhere", {{"w", "-behaviour(nowhere).\n" + plain("1")}}, {{"w", "-behaviour(nowhere).\n" + plain("2")}},
         {"{load_module, w}"}, {"{load_module, w}"}, {u"hint rules.unknown-behaviour"_s}},
        {"server becomes state machine", {{"s", server("a")}},
         {{"s", "-behaviour(gen_statem).\n-export([init/1, callback_mode/0]).\ninit(_) -> {ok, on, 1}.\ncallback_mode() -> state_functions.\n"}},
         {"{load_module, s}"}, {"{load_module, s}"}, {u"error rules.behaviour-changed"_s}},
        {"plain becomes server", {{"s", plain("1")}}, {{"s", server("a")}}, {"{load_module, s}"}, {"{load_module, s}"}, {}},
        {"server and event handler", {{"s", "-behaviour(gen_event).\n" + server("a", {}, {}, "#state{a = 1}")}}, {{"s", "-behaviour(gen_event).\n" + server("a", {}, {}, "#state{a = 2}")}},
         {"{update, s}"}, {"{update, s}"}, {u"warning rules.several-behaviours"_s}},

        {"application", {{"a", "-behaviour(application).\n-export([start/2, stop/1]).\nstart(_, _) -> a.\nstop(_) -> ok.\n"}}, {{"a", "-behaviour(application).\n-export([start/2, stop/1]).\nstart(_, _) -> b.\nstop(_) -> ok.\n"}},
         {"{load_module, a}"}, {"{load_module, a}"}, {}},
        {"supervisor, other flags", {{"my_sup", supervisor("[" + child + "]")}}, {{"my_sup", supervisor("[" + child + "]", {}, "{one_for_all, 3, 10}")}},
         {"{update, my_sup, supervisor}"}, {"{update, my_sup, supervisor}"}, {u"hint rules.strategy"_s}},
        {"application and supervisor", {{"a", both + "[]}}.\n"}}, {{"a", both + "[" + child + "]}}.\n"}, {"w", server("a")}},
         {"{add_module, w}", "{update, a, supervisor}", "{apply, {supervisor, restart_child, [a, w]}}"},
         {"{apply, {supervisor, terminate_child, [a, w]}}", "{apply, {supervisor, delete_child, [a, w]}}", "{update, a, supervisor}", "{delete_module, w}"}, {}},
        {"children added and gone", {{"my_sup", supervisor("[{x, {x, start, []}, permanent, 1, worker, [x]}, " + child + "]")}},
         {{"my_sup", supervisor("[" + child + ", child(y), child(z)]", "child(M) -> #{id => M, start => {M, start_link, []}}.\n")}},
         {"{apply, {supervisor, terminate_child, [my_sup, x]}}", "{apply, {supervisor, delete_child, [my_sup, x]}}", "{update, my_sup, supervisor}",
          "{apply, {supervisor, restart_child, [my_sup, y]}}", "{apply, {supervisor, restart_child, [my_sup, z]}}"},
         {"{apply, {supervisor, terminate_child, [my_sup, z]}}", "{apply, {supervisor, delete_child, [my_sup, z]}}",
          "{apply, {supervisor, terminate_child, [my_sup, y]}}", "{apply, {supervisor, delete_child, [my_sup, y]}}", "{update, my_sup, supervisor}",
          "{apply, {supervisor, restart_child, [my_sup, x]}}"}, {}},
        {"child by another module", {{"my_sup", supervisor("[#{id => c, start => {v, start_link, []}}]")}}, {{"my_sup", supervisor("[#{id => c, start => {w, start_link, []}}]")}},
         {"{apply, {supervisor, terminate_child, [my_sup, c]}}", "{update, my_sup, supervisor}", "{apply, {supervisor, restart_child, [my_sup, c]}}"},
         {"{apply, {supervisor, terminate_child, [my_sup, c]}}", "{update, my_sup, supervisor}", "{apply, {supervisor, restart_child, [my_sup, c]}}"},
         {u"warning rules.child-restarted"_s}},
        {"child with other arguments", {{"my_sup", supervisor("[#{id => c, start => {w, start_link, [1]}}]")}}, {{"my_sup", supervisor("[#{id => c, start => {w, start_link, [2]}, restart => transient}]")}},
         {"{update, my_sup, supervisor}"}, {"{update, my_sup, supervisor}"}, {u"hint rules.child-changed"_s}},
        {"children only known in part", {{"my_sup", supervisor("[" + child + " | x:more()]")}}, {{"my_sup", supervisor("x:more() ++ [#{id => v, start => {v, start_link, []}}]")}},
         {"{update, my_sup, supervisor}", "{apply, {supervisor, restart_child, [my_sup, v]}}"},
         {"{update, my_sup, supervisor}", "{apply, {supervisor, restart_child, [my_sup, w]}}"}, {u"warning rules.children-unknown"_s}},
        {"children unknown", {{"my_sup", supervisor("[]")}}, {{"my_sup", "-behaviour(supervisor).\n-export([init/1]).\ninit(_) -> x:specs().\n"}},
         {"{update, my_sup, supervisor}"}, {"{update, my_sup, supervisor}"}, {u"warning rules.children-unknown"_s}},
        {"children with binary ids", {{"my_sup", supervisor("[#{id => <<\"a b\">>, start => {w, start_link, []}}]")}}, {{"my_sup", supervisor("[#{id => <<\"é\"/utf8>>, start => {w, start_link, []}}]")}},
         {"{apply, {supervisor, terminate_child, [my_sup, <<\"a b\">>]}}", "{apply, {supervisor, delete_child, [my_sup, <<\"a b\">>]}}", "{update, my_sup, supervisor}", "{apply, {supervisor, restart_child, [my_sup, <<\"é\"/utf8>>]}}"},
         {"{apply, {supervisor, terminate_child, [my_sup, <<\"é\"/utf8>>]}}", "{apply, {supervisor, delete_child, [my_sup, <<\"é\"/utf8>>]}}", "{update, my_sup, supervisor}", "{apply, {supervisor, restart_child, [my_sup, <<\"a b\">>]}}"}, {}},
        {"child of another type", {{"my_sup", supervisor("[" + child + "]")}}, {{"my_sup", supervisor("[#{id => w, start => {w, start_link, []}, type => supervisor}]")}},
         {"{apply, {supervisor, terminate_child, [my_sup, w]}}", "{update, my_sup, supervisor}", "{apply, {supervisor, restart_child, [my_sup, w]}}"},
         {"{apply, {supervisor, terminate_child, [my_sup, w]}}", "{update, my_sup, supervisor}", "{apply, {supervisor, restart_child, [my_sup, w]}}"}, {u"warning rules.child-restarted"_s}},
        {"child with another behaviour", {{"my_sup", supervisor("[" + child + "]")}, {"w", server("a")}}, {{"my_sup", supervisor("[" + child + "]")}, {"w", machine("state_functions", ", on/3", "on(_, _, D) -> {keep_state, D}.\n")}},
         {"{apply, {supervisor, terminate_child, [my_sup, w]}}", "{load_module, w}", "{apply, {supervisor, restart_child, [my_sup, w]}}"}, {"{apply, {supervisor, terminate_child, [my_sup, w]}}", "{load_module, w}", "{apply, {supervisor, restart_child, [my_sup, w]}}"}, {u"warning rules.child-restarted"_s}},
        {"plain process", {{"my_sup", supervisor("[" + child + "]")}, {"w", loops}}, {{"my_sup", supervisor("[" + child + "]")}, {"w", loopsOn}},
         {"{apply, {supervisor, terminate_child, [my_sup, w]}}", "{load_module, w}", "{apply, {supervisor, restart_child, [my_sup, w]}}"}, {"{apply, {supervisor, terminate_child, [my_sup, w]}}", "{load_module, w}", "{apply, {supervisor, restart_child, [my_sup, w]}}"}, {u"warning rules.plain-process"_s}},
        {"plain process of a changed supervisor", {{"my_sup", supervisor("[" + child + "]")}, {"w", loops}}, {{"my_sup", supervisor("[" + child + "]", {}, "#{strategy => one_for_one, intensity => 2}")}, {"w", loopsOn}},
         {"{apply, {supervisor, terminate_child, [my_sup, w]}}", "{update, my_sup, supervisor}", "{load_module, w}", "{apply, {supervisor, restart_child, [my_sup, w]}}"}, {"{apply, {supervisor, terminate_child, [my_sup, w]}}", "{load_module, w}", "{update, my_sup, supervisor}", "{apply, {supervisor, restart_child, [my_sup, w]}}"}, {u"warning rules.plain-process"_s}},
        {"plain process, temporary", {{"my_sup", supervisor("[#{id => w, start => {w, start_link, []}, restart => temporary}]")}, {"w", loops}}, {{"my_sup", supervisor("[#{id => w, start => {w, start_link, []}, restart => temporary}]")}, {"w", loopsOn}},
         {"{load_module, w}"}, {"{load_module, w}"}, {u"warning rules.plain-process"_s}},
        {"plain process, one for many", {{"my_sup", supervisor("[" + child + "]", {}, "#{strategy => simple_one_for_one}")}, {"w", loops}}, {{"my_sup", supervisor("[" + child + "]", {}, "#{strategy => simple_one_for_one}")}, {"w", loopsOn}},
         {"{load_module, w}"}, {"{load_module, w}"}, {u"warning rules.plain-process"_s}},
        {"spawns, but is no child", {{"my_sup", supervisor("[]")}, {"w", loops}}, {{"my_sup", supervisor("[]")}, {"w", loopsOn}},
         {"{load_module, w}"}, {"{load_module, w}"}, {}},
        {"starts what is another module's", {{"my_sup", supervisor("[" + child + "]")}, {"w", "-export([start_link/0]).\nstart_link() -> gen_server:start_link(s, [], []).\n"}},
         {{"my_sup", supervisor("[" + child + "]")}, {"w", "-export([start_link/0]).\nstart_link() -> gen_server:start_link(s, 1, []).\n"}},
         {"{load_module, w}"}, {"{load_module, w}"}, {}},
        {"not in modules", {{"my_sup", supervisor("[" + child + "]")}, {"s", server("a")}}, {{"my_sup", supervisor("[" + child + "]")}, {"s", server("a", "g() -> 1.\n", ", g/0")}},
         {"{update, s}"}, {"{update, s}"}, {u"warning rules.not-in-modules"_s}},
        {"not in modules, another state", {{"my_sup", supervisor("[" + child + "]")}, {"s", server("a")}},
         {{"my_sup", supervisor("[" + child + "]")}, {"s", server("a, b", "code_change({down, _}, S, _) -> {ok, {state, element(2, S)}};\ncode_change(_, {state, A}, _) -> {ok, #state{a = A}}.\n", ", code_change/3")}},
         {"{update, s, {advanced, []}}"}, {"{update, s, {advanced, []}}"}, {u"hint rules.state-converted"_s, u"error rules.not-in-modules"_s}},
        {"in modules of another child", {{"my_sup", supervisor("[#{id => w, start => {w, start_link, []}, modules => [s]}]")}, {"s", server("a")}},
         {{"my_sup", supervisor("[#{id => w, start => {w, start_link, []}, modules => [s]}]")}, {"s", server("a", "g() -> 1.\n", ", g/0")}},
         {"{update, s}"}, {"{update, s}"}, {}},
        {"modules are dynamic", {{"my_sup", supervisor("[#{id => w, start => {w, start_link, []}, modules => dynamic}]")}, {"s", server("a")}},
         {{"my_sup", supervisor("[#{id => w, start => {w, start_link, []}, modules => dynamic}]")}, {"s", server("a", "g() -> 1.\n", ", g/0")}},
         {"{update, s}"}, {"{update, s}"}, {}},
        {"children added later", {{"my_sup", supervisor("[" + child + "]")}, {"a", plain("supervisor:start_child(my_sup, x:spec())")}, {"s", server("a")}},
         {{"my_sup", supervisor("[" + child + "]")}, {"a", plain("supervisor:start_child(my_sup, x:spec())")}, {"s", server("a", "g() -> 1.\n", ", g/0")}},
         {"{update, s}"}, {"{update, s}"}, {}},
        {"one for many, by another module", {{"my_sup", supervisor("[" + child + "]", {}, "#{strategy => simple_one_for_one}")}},
         {{"my_sup", supervisor("[#{id => w, start => {v, start_link, []}}]", {}, "#{strategy => simple_one_for_one}")}},
         {"{update, my_sup, supervisor}"}, {"{update, my_sup, supervisor}"}, {u"hint rules.child-changed"_s, u"warning rules.child-replaced"_s}},
        {"one for many", {{"my_sup", supervisor("[" + child + "]", {}, "#{strategy => simple_one_for_one}")}},
         {{"my_sup", supervisor("[#{id => w, start => {w, start, [1]}}]", {}, "#{strategy => simple_one_for_one}")}},
         {"{update, my_sup, supervisor}"}, {"{update, my_sup, supervisor}"}, {u"hint rules.child-changed"_s}},
        {"becomes one for many", {{"my_sup", supervisor("[" + child + "]")}}, {{"my_sup", supervisor("[" + child + "]", {}, "#{strategy => simple_one_for_one}")}},
         {"{update, my_sup, supervisor}"}, {"{update, my_sup, supervisor}"}, {u"error rules.strategy"_s}},
        {"supervisor without a name", {{"my_sup", "-behaviour(supervisor).\n-export([init/1]).\ninit(_) -> {ok, {#{}, []}}.\n"}},
         {{"my_sup", "-behaviour(supervisor).\n-export([init/1]).\ninit(_) -> {ok, {#{}, [" + child + "]}}.\n"}},
         {"{update, my_sup, supervisor}"}, {"{update, my_sup, supervisor}"}, {u"warning rules.supervisor-name"_s}},
        {"supervisor started elsewhere", {{"my_sup", "-behaviour(supervisor).\n-export([init/1]).\ninit(one) -> {ok, {#{}, []}}; init(two) -> {ok, {#{}, []}}.\n"},
                                          {"a", plain("supervisor:start_link({global, g}, my_sup, two)")}},
         {{"my_sup", "-behaviour(supervisor).\n-export([init/1]).\ninit(one) -> {ok, {#{}, []}}; init(two) -> {ok, {#{}, [" + child + "]}}.\n"},
          {"a", plain("supervisor:start_link({global, g}, my_sup, two)")}},
         {"{update, my_sup, supervisor}", "{apply, {supervisor, restart_child, [{global, g}, w]}}"},
         {"{apply, {supervisor, terminate_child, [{global, g}, w]}}", "{apply, {supervisor, delete_child, [{global, g}, w]}}", "{update, my_sup, supervisor}"}, {}},
        {"supervisor that needs a new module", {{"my_sup", supervisor("[]")}}, {{"my_sup", supervisor("[w:spec()]")}, {"w", "-export([spec/0]).\nspec() -> " + child + ".\n"}},
         {"{add_module, w}", "{update, my_sup, static, default, {advanced, []}, brutal_purge, brutal_purge, [w]}"},
         {"{update, my_sup, supervisor}", "{delete_module, w}"}, {u"warning rules.children-unknown"_s}},
        {"NIFs", {{"n", "-nifs([f/0]).\n" + plain("1")}}, {{"n", "-nifs([f/0]).\n" + plain("erlang:load_nif(\"n\", 0)")}},
         {"{load_module, n}"}, {"{load_module, n}"}, {u"warning rules.native-code"_s}},
    };
}
// clang-format on

} // namespace handover::test

class TestProposal : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void table_data();
    void table();

private:
    static QByteArray lines(const QList<rules::ProposedInstruction> &instructions);
    test::BuiltApps m_built;
    QList<ProposalCase> m_cases;
};

void TestProposal::initTestCase()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compile with.");
    m_cases = test::proposalCases();
    for (qsizetype i = 0; i < m_cases.size(); ++i) {
        const QString number = QString::number(i);
        m_built.add(number + u"/old"_s, "app", "1.0.0", m_cases[i].older, m_cases[i].options);
        m_built.add(number + u"/new"_s, "app", "1.1.0", m_cases[i].newer, m_cases[i].options);
    }
    QCOMPARE(m_built.build(), QByteArray());
}

QByteArray TestProposal::lines(const QList<rules::ProposedInstruction> &instructions)
{
    QByteArrayList lines;
    for (const auto &instruction : instructions) {
        lines += rules::spaced(instruction.term);
        if (instruction.reason.isEmpty())
            lines += "NO REASON";
    }
    return lines.join('\n');
}

void TestProposal::table_data()
{
    QTest::addColumn<qsizetype>("number");
    for (qsizetype i = 0; i < m_cases.size(); ++i)
        QTest::newRow(m_cases[i].name) << i;
}

void TestProposal::table()
{
    QFETCH(const qsizetype, number);
    const ProposalCase &expected = m_cases[number];
    const auto older = rules::readApplication(m_built.directory(QString::number(number) + u"/old"_s, "app", "1.0.0"));
    const auto newer = rules::readApplication(m_built.directory(QString::number(number) + u"/new"_s, "app", "1.1.0"));
    QVERIFY2(older && newer, qPrintable(older ? QString() : older.error().words()));
    const auto proposal = rules::propose(*older, *newer);
    QVERIFY2(proposal, qPrintable(proposal ? QString() : proposal.error().words()));
    QCOMPARE(lines(proposal->up), expected.up.join('\n'));
    QCOMPARE(lines(proposal->down), expected.down.join('\n'));
    QStringList codes;
    for (const Issue &note : proposal->notes) {
        codes += severityName(note.severity) + u' ' + note.code;
        QVERIFY(!note.message.contains(u"%1"_s) && note.message.size() > 20 && !note.file.isEmpty());
    }
    QCOMPARE(codes.join(u'\n'), expected.codes.join(u'\n'));

    const auto parsed = appup::Appup::parse(proposal->text);
    QVERIFY2(parsed, proposal->text.constData());
    QCOMPARE(parsed->version, u"1.1.0"_s);
    QCOMPARE(parsed->up.size(), 1);
    QCOMPARE(parsed->up[0].instructions.size(), expected.up.size());
    QCOMPARE(parsed->down[0].text, u"1.0.0"_s);
    for (qsizetype i = 0; i < expected.up.size(); ++i)
        QCOMPARE(parsed->up[0].instructions[i], proposal->up[i].term);
    QVERIFY(appup::checkInstructions(parsed->up[0].instructions + parsed->down[0].instructions).isEmpty());
}

QTEST_GUILESS_MAIN(TestProposal)
#include "tst_proposal.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Proposals in OTP's hands: systools makes relups of them, and a running node goes up and down by them.
#include "builtapps.h"
#include "models/rules/releaserules.h"
#include "models/erlang/parser.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace handover;
using test::BuiltApps;

namespace {

constexpr int Pairs = 20;
constexpr int MostModules = 9;

/// Makes pairs of applications with modules of all kinds that call each other at random.
class Generator
{
public:
    explicit Generator(quint32 seed)
        : m_random(seed)
    {
    }

    std::pair<BuiltApps::Modules, BuiltApps::Modules> pair(const QByteArray &prefix)
    {
        BuiltApps::Modules older;
        BuiltApps::Modules newer;
        for (int i = 0; i < MostModules; ++i) {
            const QByteArray name = prefix + QByteArray::number(i);
            const int kind = below(5);
            const int fate = below(10); // added, deleted, in neither, the same, changed
            const QByteArray source = module(prefix, kind);
            if (fate != 0 && fate != 2)
                older.insert(name, source);
            if (fate > 2)
                newer.insert(name, fate < 6 ? source : module(prefix, kind));
            else if (fate == 0)
                newer.insert(name, source);
        }
        return {older, newer};
    }

private:
    int below(int limit) { return static_cast<int>(m_random.bounded(limit)); }

    QByteArray calls(const QByteArray &prefix)
    {
        QByteArrayList calls{QByteArray::number(below(1000))};
        while (below(2) == 0)
            calls += prefix + QByteArray::number(below(MostModules)) + ":f()";
        return "f() -> {" + calls.join(", ") + "}.\n";
    }
    QByteArray children(const QByteArray &prefix)
    {
        QByteArrayList specs;
        for (int i = 0; i < MostModules; ++i) {
            const QByteArray name = prefix + QByteArray::number(i);
            if (below(3) == 0)
                specs += "#{id => " + name + ", start => {" + name + ", start_link, []}}";
        }
        return specs.join(", ");
    }
    QByteArray module(const QByteArray &prefix, int kind)
    {
        const QByteArray call = calls(prefix);
        if (kind == 0)
            return "-behaviour(supervisor).\n-export([f/0, g/0, init/1]).\n" + call +
                   "g() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).\ninit([]) -> {ok, {#{}, [" +
                   children(prefix) + "]}}.\n";
        if (kind == 1)
            return "-behaviour(gen_server).\n-record(state, {a" + QByteArray(below(2) ? ", b" : "") +
                   "}).\n-export([f/0, init/1, handle_call/3, handle_cast/2, code_change/3]).\n" + call +
                   "init(_) -> {ok, #state{a = 1}}.\nhandle_call(_, _, S) -> {reply, S, S}.\nhandle_cast(_, S) -> {noreply, S}.\n"
                   "code_change(_, S, _) -> {ok, S}.\n";
        if (kind == 2)
            return "-behaviour(gen_statem).\n-export([f/0, init/1, callback_mode/0]).\n" + call +
                   "init(_) -> {ok, on, #{}}.\ncallback_mode() -> state_functions.\n";
        return "-export([f/0]).\n" + call;
    }

    QRandomGenerator m_random;
};

} // namespace

class TestProposalErl : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void relups_data();
    void relups();
    void acrossApplications();
    void upAndDownOnANode();

private:
    static QByteArray erl(const QByteArray &code, const QStringList &arguments) { return test::Erl::run(code, arguments); }
};

void TestProposalErl::initTestCase()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here.");
}

void TestProposalErl::relups_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<rules::PurgeChoice>("purge");
    QTest::newRow("brutal") << 17U << rules::PurgeChoice();
    QTest::newRow("soft") << 4711U << rules::PurgeChoice{rules::Purge::Soft, rules::Purge::Soft};
}

// make_relup must take every proposal, and must load and remove what differs, each module once.
void TestProposalErl::relups()
{
    QFETCH(const quint32, seed);
    QFETCH(const rules::PurgeChoice, purge);
    Generator generator(seed);
    BuiltApps built;
    for (int i = 0; i < Pairs; ++i) {
        const QByteArray app = "app" + QByteArray::number(i);
        const auto [older, newer] = generator.pair(app + '_');
        built.add(u"r"_s, app, "1", older);
        built.add(u"r"_s, app, "2", newer);
    }
    const QByteArray said = built.build();
    QVERIFY2(said.isEmpty(), said.constData());
    QByteArray expected;
    int instructions = 0;
    for (int i = 0; i < Pairs; ++i) {
        const QByteArray app = "app" + QByteArray::number(i);
        const auto older = rules::readApplication(built.directory(u"r"_s, app, "1"));
        const auto newer = rules::readApplication(built.directory(u"r"_s, app, "2"));
        QVERIFY(older && newer);
        const auto proposal = rules::propose(*older, *newer, {purge, {}, {}});
        QVERIFY(proposal);
        instructions += static_cast<int>(proposal->up.size());
        BuiltApps::write(newer->appupPath(), proposal->text);
    }
    QVERIFY(instructions > Pairs);
    const QByteArray result = erl(R"(
        [Directory] = init:get_plain_arguments(),
        [ok = application:load(sasl)],
        Vsn = fun(App) -> {ok, V} = application:get_key(App, vsn), V end,
        ok = file:set_cwd(Directory),
        Path = [filename:join([Directory, "r", "lib", "*", "ebin"])],
        Md5 = fun(App, V) ->
            Dir = filename:join([Directory, "r", "lib", App ++ "-" ++ V, "ebin"]),
            maps:from_list([begin {ok, {M, D}} = beam_lib:md5(F), {M, D} end || F <- filelib:wildcard(filename:join(Dir, "*.beam"))])
        end,
        Loads = fun(Script) -> lists:sort([M || {load, {M, _, _}} <- Script]) end,
        Removes = fun(Script) -> lists:sort([M || {remove, {M, _, _}} <- Script]) end,
        Check = fun(Script, From, To) ->
            Wanted = lists:sort([M || {M, D} <- maps:to_list(To), maps:get(M, From, none) =/= D]),
            Gone = lists:sort(maps:keys(maps:without(maps:keys(To), From))),
            {Loads(Script), Removes(Script)} =:= {Wanted, Gone}
        end,
        [begin
            App = "app" ++ integer_to_list(N),
            Rel = fun(V) ->
                Name = App ++ "-" ++ V,
                Term = {release, {"r", V}, {erts, erlang:system_info(version)},
                        [{A, Vsn(A)} || A <- [kernel, stdlib, sasl]] ++ [{list_to_atom(App), V}]},
                ok = file:write_file(Name ++ ".rel", io_lib:format("~p.~n", [Term])),
                Name
            end,
            Top = Rel("2"),
            Base = Rel("1"),
            case systools:make_relup(Top, [Base], [Base], [{path, Path}, silent, noexec]) of
                {ok, {"2", [{"1", _, Up}], [{"1", _, Down}]}, _, []} ->
                    Old = Md5(App, "1"),
                    New = Md5(App, "2"),
                    io:format("~w ~w~n", [Check(Up, Old, New), Check(Down, New, Old)]);
                Other -> io:format("~s: ~tp~n", [App, Other])
            end
         end || N <- lists:seq(0, 19)])",
                                  {built.path({})});
    QCOMPARE(result, QByteArray("true true\n").repeated(Pairs));
}

// What a module calls is loaded before it, though it is another application's and that one comes later.
void TestProposalErl::acrossApplications()
{
    BuiltApps built;
    rules::ReleaseContents releases[2];
    for (const int number : {0, 1}) {
        const QByteArray vsn = QByteArray::number(number + 1);
        built.add(u"r"_s, "caller", vsn, {{"caller", "-export([f/0]).\nf() -> {" + vsn + ", called:f()}.\n"}});
        built.add(u"r"_s, "callee", vsn, {{"called", "-export([f/0]).\nf() -> " + vsn + ".\n"}});
    }
    QCOMPARE(built.build(), QByteArray());
    for (const int number : {0, 1}) {
        const QByteArray vsn = QByteArray::number(number + 1);
        for (const QByteArray &app : {QByteArray("caller"), QByteArray("callee")}) {
            releases[number].versions.insert(app, QString::fromLatin1(vsn));
            releases[number].applications.insert(app, *rules::readApplication(built.directory(u"r"_s, app, vsn)));
        }
    }
    const auto proposals = rules::proposeAll(releases[0], releases[1]);
    QVERIFY(proposals && proposals->size() == 2);
    for (const rules::Proposal &proposal : *proposals)
        BuiltApps::write(releases[1].applications[proposal.application].appupPath(), proposal.text);
    const QByteArray said = erl(R"(
        [Directory] = init:get_plain_arguments(),
        ok = application:load(sasl),
        Vsn = fun(App) -> {ok, V} = application:get_key(App, vsn), V end,
        ok = file:set_cwd(Directory),
        [ok = file:write_file(V ++ ".rel", io_lib:format("~p.~n", [{release, {"r", V}, {erts, erlang:system_info(version)},
            [{A, Vsn(A)} || A <- [kernel, stdlib, sasl]] ++ [{caller, V}, {callee, V}]}])) || V <- ["1", "2"]],
        Path = [filename:join([Directory, "r", "lib", "*", "ebin"])],
        {ok, {"2", [{"1", _, Up}], [{"1", _, Down}]}, _, []} = systools:make_relup("2", ["1"], ["1"], [{path, Path}, silent, noexec]),
        Loads = fun(Script) -> [M || {load, {M, _, _}} <- Script] end,
        io:format("~w ~w", [Loads(Up), Loads(Down)]))",
                               {built.path({})});
    QCOMPARE(said, QByteArray("[called,caller] [caller,called]"));
}

// The application goes up to a version whose code_change is the proposed text, and down again.
void TestProposalErl::upAndDownOnANode()
{
    const QByteArray top = "-behaviour(application).\n-export([start/2, stop/1]).\n"
                           "start(_, _) -> live_sup:start_link().\nstop(_) -> ok.\n";
    const auto supervisor = [](const QByteArray &children) {
        return "-behaviour(supervisor).\n-export([start_link/0, init/1]).\n"
               "start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).\n"
               "init([]) -> {ok, {#{strategy => rest_for_one}, [worker(M) || M <- [" + children + "]]}}.\n"
               "worker(M) -> #{id => M, start => {M, start_link, []}}.\n";
    };
    const auto server = [](const QByteArray &fields, const QByteArray &exports, const QByteArray &more) {
        return "-behaviour(gen_server).\n-export([start_link/0, init/1, handle_call/3, handle_cast/2" + exports + "]).\n-record(state, {" + fields +
               "}).\nstart_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).\n"
               "init([]) -> {ok, #state{}}.\nhandle_call(get, _, S) -> {reply, S, S};\nhandle_call({set, S}, _, _) -> {reply, ok, S}.\n"
               "handle_cast(_, S) -> {noreply, S}.\n" + more;
    };
    const auto loop = [](const QByteArray &answer) {
        return "-export([start_link/0]).\nstart_link() -> P = spawn_link(fun() -> loop() end), register(?MODULE, P), {ok, P}.\n"
               "loop() -> receive {From, get} -> From ! " + answer + " end, loop().\n";
    };
    const QByteArray mod = ",{mod,{live_app,[]}}";
    const QByteArray onlyOld = server("x", {}, {});
    const QByteArray onlyNew = server("y", {}, "% needs a change\n");
    const BuiltApps::Modules older{{"live_app", top}, {"live_sup", supervisor("live_loop, live_a, live_old, live_b")}, {"live_old", onlyOld}, {"live_loop", loop("older")},
                                   {"live_a", server("count = 7, tick", {}, {})}, {"live_b", server("n = 1", {}, {})}};
    const auto newer = [&](const QByteArray &exports, const QByteArray &more) {
        return BuiltApps::Modules{{"live_app", top}, {"live_sup", supervisor("live_loop, live_a, live_b, live_new")}, {"live_new", onlyNew}, {"live_loop", loop("newer")},
                                  {"live_a", server("step = 2, count = 0", exports, more + "step(#state{step = S}) -> S.\n")},
                                  {"live_b", server("n = 1", ", hello/0", "hello() -> live_a:module_info(module).\n")}};
    };
    BuiltApps built;
    built.add(u"old"_s, "live", "1.0", older, "debug_info", {}, mod);
    built.add(u"draft"_s, "live", "2.0", newer(", step/1", {}), "debug_info", {}, mod);
    QCOMPARE(built.build(), QByteArray());
    const auto contents = [&](const QString &release, const QByteArray &vsn) {
        return *rules::readApplication(built.directory(release, "live", vsn));
    };
    const auto draft = rules::propose(contents(u"old"_s, "1.0"), contents(u"draft"_s, "2.0"));
    QVERIFY(draft && draft->hasErrors());
    QCOMPARE(draft->codeChanges.size(), 1);
    QCOMPARE(draft->codeChanges[0].module, QByteArray("live_a"));

    BuiltApps mended;
    mended.add(u"new"_s, "live", "2.0", newer(", step/1, code_change/3", draft->codeChanges[0].text), "debug_info, warnings_as_errors", {}, mod);
    QCOMPARE(mended.build(), QByteArray());
    const auto target = rules::readApplication(mended.directory(u"new"_s, "live", "2.0"));
    QVERIFY(target);
    const auto proposal = rules::propose(contents(u"old"_s, "1.0"), *target);
    QVERIFY2(proposal && !proposal->hasErrors(), proposal ? proposal->text.constData() : "");
    BuiltApps::write(target->appupPath(), proposal->text);

    const QByteArray said = erl(R"(
        [Old, New] = init:get_plain_arguments(),
        logger:set_primary_config(level, none),
        {ok, _} = application:ensure_all_started(sasl),
        code:add_patha(filename:join(Old, "ebin")),
        {ok, _} = application:ensure_all_started(live),
        Children = fun() -> lists:sort([{Id, is_pid(P)} || {Id, P, _, _} <- supervisor:which_children(live_sup)]) end,
        Loop = fun() -> live_loop ! {self(), get}, receive Answer -> Answer end end,
        older = Loop(),
        A = whereis(live_a), B = whereis(live_b),
        gen_server:call(A, {set, {state, 41, tock}}),
        {ok, []} = release_handler:upgrade_app(live, New),
        io:format("~w ~w ~w ~w~n", [Children(), Loop(), gen_server:call(A, get), {whereis(live_a) =:= A, whereis(live_b) =:= B, erlang:function_exported(live_b, hello, 0)}]),
        gen_server:call(A, {set, {state, 3, 42}}),
        {ok, []} = release_handler:downgrade_app(live, "1.0", Old),
        io:format("~w ~w ~w ~w~n", [Children(), Loop(), gen_server:call(A, get), {whereis(live_a) =:= A, whereis(live_b) =:= B, erlang:function_exported(live_b, hello, 0)}]),
        io:format("~w~n", [code:is_loaded(live_new)]))",
                                {built.directory(u"old"_s, "live", "1.0"), target->directory});
    QCOMPARE(said, QByteArray("[{live_a,true},{live_b,true},{live_loop,true},{live_new,true}] newer {state,2,41} {true,true,true}\n"
                              "[{live_a,true},{live_b,true},{live_loop,true},{live_old,true}] older {state,42,undefined} {true,true,false}\n"
                              "false\n"));
}

QTEST_GUILESS_MAIN(TestProposalErl)
#include "tst_proposal_erl.moc"

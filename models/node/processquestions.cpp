// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/processquestions.h"

using namespace Qt::StringLiterals;
using namespace handover::erlang;

namespace handover::node {

namespace {

constexpr int Seconds = 24;

// Any term in at most so many characters; a process in words that stay right when it has ended meanwhile.
constexpr QByteArrayView Words = R"(
    Short = fun(X) -> lists:sublist(lists:flatten(io_lib:format("~0tP", [X, 12])), 160) end,
    Called = fun(P) -> case process_info(P, registered_name) of
        {registered_name, N} -> atom_to_list(N); _ -> "" end end,
    Title = fun(P) when is_pid(P) -> case Called(P) of
            "" -> case catch proc_lib:translate_initial_call(P) of
                {supervisor, M, _} -> atom_to_list(M) ++ " " ++ pid_to_list(P); _ -> pid_to_list(P) end;
            N -> N end;
        (none) -> "" end,
)";

// What release_handler_1:get_supervised_procs/0 does, but for what could hang or do harm. A process that an
// application calls its top supervisor and that is none might end at the unknown call; one that the specification of
// its parent calls a supervisor must answer it (supervisor_bridge does). Accumulated: {Supervisors, Processes,
// Complete, Troubled, Module => {Count, Users}}.
constexpr QByteArrayView TreeText = R"(
    Use = fun(P, Id, Sup, Ms, Users) -> lists:foldl(fun(M, U) -> case U of
        #{M := {C, L}} when C < 200 -> U#{M := {C + 1, [{pid_to_list(P), Called(P), Short(Id), Title(Sup)} | L]}};
        #{M := {C, L}} -> U#{M := {C + 1, L}};
        _ -> U end end, Users, Ms) end,
    Dynamic = fun(P) -> case catch proc_lib:translate_initial_call(P) of
        {gen_event, _, _} -> case catch gen:call(P, self(), get_modules, 2000) of
            {ok, L} when is_list(L) -> L; _ -> unknown end;
        _ -> unknown end end,
    Trouble = fun(Why, P, Id, App, {S, C, D, T, U}) ->
        {S, C, D, [{Why, pid_to_list(P), Short(Id), atom_to_list(App)} | lists:sublist(T, 199)], U} end,
    Walk = fun Walk(App, Sup, Id, {S, C, D, T, U} = A) ->
        Memory = case process_info(Sup, memory) of {memory, B} -> B; _ -> 0 end,
        Now = case Left() of
            L when L < 0 -> late;
            _ when Memory > 67108864 -> too_large;
            _ -> case catch sys:get_status(Sup, 2000) of
                {status, _, _, [_, State | _]} -> State;
                _ -> case is_process_alive(Sup) of true -> no_answer; false -> gone end end end,
        Children = case Now of
            running -> case catch gen_server:call(Sup, which_children, 2000) of
                Cs when is_list(Cs) -> Cs;
                _ -> case is_process_alive(Sup) of true -> no_answer; false -> gone end end;
            _ -> Now end,
        case Children of
            late -> {S, C, false, T, U};
            gone -> A;
            _ when is_atom(Children) -> Trouble(Children, Sup, Id, App, {S + 1, C, D, T, U});
            _ -> lists:foldl(fun
                ({I, P, worker, dynamic}, {S1, C1, D1, T1, U1}) when is_pid(P) ->
                    case Dynamic(P) of
                        unknown -> Trouble(no_modules, P, I, App, {S1, C1 + 1, D1, T1, U1});
                        Ms -> {S1, C1 + 1, D1, T1, Use(P, I, Sup, Ms, U1)} end;
                ({I, P, worker, Ms}, {S1, C1, D1, T1, U1}) when is_pid(P), is_list(Ms) ->
                    {S1, C1 + 1, D1, T1, Use(P, I, Sup, Ms, U1)};
                ({I, P, supervisor, Ms}, {S1, C1, D1, T1, U1}) when is_pid(P) ->
                    Known = case is_list(Ms) of true -> Ms; false -> [] end,
                    Walk(App, P, I, {S1, C1 + 1, D1, T1, Use(P, I, Sup, Known, U1)});
                (_, A1) -> A1 end, {S + 1, C, D, T, U}, Children) end end,
    Root = fun(App, A) -> case application_controller:get_master(App) of
        Master when is_pid(Master) ->
            {Sup, _} = application_master:get_child(Master),
            case catch proc_lib:translate_initial_call(Sup) of
                {Kind, M, _} when Kind =:= supervisor; Kind =:= supervisor_bridge ->
                    {S, C, D, T, U} = A,
                    Walk(App, Sup, Title(Sup), {S, C + 1, D, T, Use(Sup, Title(Sup), none, [M], U)});
                _ -> Trouble(not_supervisor, Sup, Title(Sup), App, A) end;
        _ -> A end end,
    {Supervisors, Processes, Complete, Troubled, Used} = lists:foldl(Root,
        {0, 0, true, [], maps:from_list([{M, {0, []}} || M <- Wanted])},
        [App || {App, _, _} <- application:which_applications()]),
    {tree, erlang:monotonic_time(millisecond) - Since, Supervisors, Processes, Complete, lists:reverse(Troubled),
        [{M, C, lists:reverse(L)} || {M, {C, L}} <- maps:to_list(Used)]}
)";

// Looks at the innermost calls of every process: what is not among them (there are eight) is only known where the
// process was started in the module. Old code is asked about process by process, which the process itself answers.
constexpr QByteArrayView CodeText = R"(
    Modules = maps:from_list([{M, true} || M <- Wanted, erlang:module_loaded(M)]),
    Old = [M || M <- Wanted, erlang:check_old_code(M)],
    Generic = [gen_server, gen_statem, gen_event, gen_fsm, supervisor],
    Beyond = fun(St) -> lists:dropwhile(fun({M, _, _, _}) -> not is_map_key(M, Modules) end, St) end,
    InCurrent = fun(St, IM) -> case Beyond(St) of
            [{M, F, Ar, _} | Outer] ->
                Place = case [1 || {G, _, _, _} <- Outer, lists:member(G, Generic)] of
                    [] -> case erlang:function_exported(M, system_continue, 3) of true -> special; false -> loop end;
                    _ -> callback end,
                {Place, lists:usort([X || {X, _, _, _} <- St, is_map_key(X, Modules)]), {M, F, Ar}};
            [] when length(St) > 7, is_map_key(IM, Modules) -> {unseen, [IM], none};
            [] -> none end end,
    Look = fun(P) ->
        case [M || M <- Old, catch erlang:check_process_code(P, M, [{allow_gc, false}]) =:= true] of
            [] -> case process_info(P, [current_stacktrace, initial_call]) of
                [{_, St}, {_, {IM, _, _}}] ->
                    case map_size(maps:with([IM | [M || {M, _, _, _} <- St]], Modules)) of
                        0 -> none;
                        _ -> InCurrent(St, IM) end;
                _ -> none end;
            Ms -> {old, Ms, none} end end,
    Function = fun(none) -> "";
        ({M, F, Args}) when is_list(Args) -> lists:flatten(io_lib:format("~ts:~ts/~w", [M, F, length(Args)]));
        ({M, F, Arity}) -> lists:flatten(io_lib:format("~ts:~ts/~w", [M, F, Arity])) end,
    Loop = fun Loop([], Found) -> Found;
        Loop([P | Rest], {Seen, Count, Users}) -> case Seen rem 100 =:= 99 andalso Left() < 0 of
            true -> {Seen, Count, Users};
            false -> case Look(P) of
                none -> Loop(Rest, {Seen + 1, Count, Users});
                User when Count < 200 -> Loop(Rest, {Seen + 1, Count + 1, [{P, User} | Users]});
                _ -> Loop(Rest, {Seen + 1, Count + 1, Users}) end end end,
    All = [P || P <- processes(), P =/= self()],
    {Looked, Count, Found} = case Old =:= [] andalso map_size(Modules) =:= 0 of
        true -> {length(All), 0, []};
        false -> Loop(All, {0, 0, []}) end,
    Dictionary = fun(P) -> case process_info(P, dictionary) of {dictionary, D} -> D; _ -> [] end end,
    Parent = fun(D) -> case lists:keyfind('$ancestors', 1, D) of
        {_, [S | _]} when is_pid(S), node(S) =:= node() -> S;
        {_, [S | _]} when is_atom(S) -> whereis(S);
        _ -> undefined end end,
    IsSupervisor = fun(P) -> is_pid(P) andalso
        case catch proc_lib:translate_initial_call(P) of {supervisor, _, _} -> true; _ -> false end end,
    Described = [begin
        D = Dictionary(P),
        S = Parent(D),
        Sup = case IsSupervisor(S) of true -> S; false -> none end,
        Initial = proc_lib:translate_initial_call([{dictionary, D}, case process_info(P, initial_call) of
            undefined -> {initial_call, {gone, gone, 0}}; Raw -> Raw end]),
        {P, Sup, {atom_to_list(Place), Ms, Function(Call)}, Function(Initial)}
        end || {P, {Place, Ms, Call}} <- lists:reverse(Found)],
    Flags = [{S, begin
        Memory = case process_info(S, memory) of {memory, B} -> B; _ -> 0 end,
        Status = case Memory > 67108864 orelse Left() < 0 of
            true -> none; false -> catch sys:get_status(S, 2000) end,
        case Status of
            {status, _, _, [_, running, _, _, Misc]} ->
                Children = case catch gen_server:call(S, which_children, 2000) of Cs when is_list(Cs) -> Cs; _ -> [] end,
                case [State || {data, [{"State", State}]} <- Misc] of
                    [State] when element(1, State) =:= state, tuple_size(State) > 7, is_integer(element(6, State)),
                        is_integer(element(7, State)), is_atom(element(3, State)) ->
                        {atom_to_list(element(3, State)), element(6, State), element(7, State), Children};
                    _ -> {"", 0, 0, Children} end;
            _ -> {"", 0, 0, []} end end}
        || S <- lists:sublist(lists:usort([S || {_, S, _, _} <- Described, is_pid(S)]), 50)],
    Restart = fun(P, S) -> case lists:keyfind(S, 1, Flags) of
        {_, {_, _, _, Children}} when Children =/= [] -> case lists:keyfind(P, 2, Children) of
            {Id, _, _, _} ->
                Key = case Id of undefined -> P; _ -> Id end,
                case catch gen_server:call(S, {get_childspec, Key}, 2000) of
                    {ok, #{restart := R}} -> atom_to_list(R); _ -> "" end;
            false -> "" end;
        _ -> "" end end,
    {code, erlang:monotonic_time(millisecond) - Since, Looked, length(All), Count, Old,
        [{pid_to_list(P), Called(P), Initial, Title(S), Place, Ms, Call, Restart(P, S)}
            || {P, S, {Place, Ms, Call}, Initial} <- Described],
        [{Title(S), Strategy, I, Pd} || {S, {Strategy, I, Pd, _}} <- Flags]}
)";

[[nodiscard]] QByteArray question(QByteArrayView text, const QByteArrayList &modules)
{
    return patientQuestion(QByteArray("Wanted = " + knownAtoms(modules) + ',' + Words.toByteArray() + text.toByteArray()),
                           Seconds);
}

[[nodiscard]] QString textOf(const Term &term) { return term.stringValue().value_or(QString()).left(400); }
[[nodiscard]] QByteArray atomOf(const Term &term) { return term.atomName().value_or(QByteArray()); }
[[nodiscard]] qint64 numberOf(const Term &term) { return term.integerValue().value_or(0); }

[[nodiscard]] QByteArrayList atomsOf(const Term &list)
{
    QByteArrayList atoms;
    for (const Term &atom : list.items())
        atoms += atomOf(atom);
    return atoms;
}

[[nodiscard]] SupervisionTree::Trouble troubleOf(const Term &why)
{
    using enum SupervisionTree::Trouble;
    return why.isAtom("suspended")        ? Suspended
           : why.isAtom("too_large")      ? TooLarge
           : why.isAtom("not_supervisor") ? NotSupervisor
           : why.isAtom("no_modules")     ? NoModules
                                          : NoAnswer;
}

[[nodiscard]] CodeUser::Place placeOf(const QString &place)
{
    using enum CodeUser::Place;
    return place == "old"_L1        ? Old
           : place == "callback"_L1 ? Callback
           : place == "special"_L1  ? Special
           : place == "unseen"_L1   ? Unseen
                                    : Loop;
}

void take(SupervisionTree &tree, const Term &answer)
{
    tree.milliseconds += numberOf(answer.at(1));
    tree.supervisors = numberOf(answer.at(2));
    tree.processes = numberOf(answer.at(3));
    tree.complete = answer.at(4).isAtom("true");
    tree.troubled.clear(); // a later portion finds the same ones
    for (const Term &item : answer.at(5).items())
        tree.troubled += {troubleOf(item.at(0)), textOf(item.at(1)), textOf(item.at(2)), textOf(item.at(3))};
    for (const Term &item : answer.at(6).items()) {
        SupervisionTree::User user{atomOf(item.at(0)), numberOf(item.at(1)), {}};
        for (const Term &process : item.at(2).items())
            user.processes += {textOf(process.at(0)), textOf(process.at(1)), {}, textOf(process.at(3))};
        tree.users += user;
    }
}

void take(CodeUse &use, const Term &answer)
{
    use.milliseconds += numberOf(answer.at(1));
    use.looked = use.all == 0 ? numberOf(answer.at(2)) : std::min(use.looked, numberOf(answer.at(2)));
    use.all = numberOf(answer.at(3));
    use.found += numberOf(answer.at(4));
    use.oldModules += atomsOf(answer.at(5));
    for (const Term &item : answer.at(6).items())
        use.users += {{textOf(item.at(0)), textOf(item.at(1)), textOf(item.at(2)), textOf(item.at(3))},
                      placeOf(textOf(item.at(4))), atomsOf(item.at(5)), textOf(item.at(6)), textOf(item.at(7))};
    for (const Term &item : answer.at(7).items())
        use.supervisors += {textOf(item.at(0)), textOf(item.at(1)), numberOf(item.at(2)), numberOf(item.at(3))};
}

// Asked in portions of the modules; without any the tree is asked all the same.
template<typename Answer>
[[nodiscard]] Result<Answer> askInPortions(const ReleaseScript &script, QByteArrayView text, QByteArrayView tag,
                                           qsizetype size, const QByteArrayList &modules, const JobContext &context)
{
    QList<QByteArrayList> portions = inPortions(modules);
    if (portions.isEmpty())
        portions.emplaceBack();
    Answer all;
    for (const QByteArrayList &portion : std::as_const(portions)) {
        const Result<Term> answer = askUp(script, question(text, portion), context);
        if (!answer)
            return std::unexpected(answer.error());
        if (!answer->isTagged(tag, size))
            return strangeAnswer(script, *answer);
        take(all, *answer);
    }
    return all;
}

} // namespace

QString ProcessName::words() const
{
    QString words = registered.isEmpty() ? pid : QString(registered + u' ' + pid);
    if (!initialCall.isEmpty())
        words += u", started by "_s + initialCall;
    return supervisor.isEmpty() ? words : QString(words + u", under "_s + supervisor);
}

Result<SupervisionTree> askTree(const ReleaseScript &script, const QByteArrayList &modules, const JobContext &context)
{
    return askInPortions<SupervisionTree>(script, TreeText, "tree", 7, modules, context);
}

Result<CodeUse> askCode(const ReleaseScript &script, const QByteArrayList &modules, const JobContext &context)
{
    return askInPortions<CodeUse>(script, CodeText, "code", 8, modules, context);
}

} // namespace handover::node

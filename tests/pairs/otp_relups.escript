#!/usr/bin/env escript
%% SPDX-License-Identifier: GPL-3.0-or-later
%%! -noshell +fnu +pc latin1 +S 1 +SDio 1 +sbwt none +sbwtdio none +sbwtdcpu none
%%
%% otp_relups.escript about                 what this Erlang is
%% otp_relups.escript relups CASES ANSWERS  runs systools:make_relup/4 on each case
%%
%% CASES holds directories with a case.term each, {Top, Up, Down, Options}. of which ANSWERS gets
%% NAME.term   {ok, Warnings, SameOrder}. | {error, Module, Reason}. | {raised, Class, Reason}.
%% NAME.relup   the file, and unless SameOrder
%% NAME.canonical.relup   which is OTP's own work but for the order of strong components that
%%              digraph_utils:topsort/1 gives and that hangs on the numbers of atoms: here the one
%%              that stands first in the merged script is taken of those that may come next.
%%              Of several things that are wrong the order also says which is found first; a failure
%%              is always the one that comes in this order.
-mode(compile).

main(["about"]) ->
    [ok = load(App) || App <- apps()],
    io:format("~tp.~n", [{erlang:system_info(otp_release), path(),
                          [{App, vsn(App)} || App <- apps()]}]);
main(["relups", Cases0, Answers0]) ->
    [Cases, Answers] = [filename:absname(Directory) || Directory <- [Cases0, Answers0]],
    load_translator(),
    true = code:set_path(path()),
    {ok, Names} = file:list_dir(Cases),
    [answer(filename:join(Cases, Name), filename:join(Answers, Name)) || Name <- lists:sort(Names)],
    ok;
main(_) ->
    halt(2).

load(App) ->
    case application:load(App) of
        {error, {already_loaded, App}} -> ok;
        Other -> Other
    end.

vsn(App) ->
    {ok, Vsn} = application:get_key(App, vsn),
    Vsn.

%% The code path without the applications that no case needs: looking through them takes OTP most
%% of its time.
path() ->
    ["." | [filename:join(code:lib_dir(App), "ebin") || App <- apps()]].

apps() ->
    [kernel, stdlib, sasl].

%% ---- one case ---------------------------------------------------------------------------------

answer(Case, Answer) ->
    ok = file:set_cwd(Case),
    {ok, [Call]} = file:consult("case.term"),
    Out = Answer ++ ".out",
    ok = file:make_dir(Out),
    put(same_order, true),
    Term = case run(Call, Out, original) of
               {ok, Warnings} ->
                   ok = take(Out, Answer ++ ".relup"),
                   Same = get(same_order),
                   Same orelse ({ok, Warnings} = run(Call, Out, canonical)),
                   Same orelse (ok = take(Out, Answer ++ ".canonical.relup")),
                   {ok, Warnings, Same};
               Failure ->
                   failure(Failure, Call, Out)
           end,
    ok = file:del_dir(Out),
    Text = io_lib:format("%% coding: utf-8~n~tw.~n", [Term]),
    ok = file:write_file(Answer ++ ".term", unicode:characters_to_binary(Text)).

failure(Failure, Call, Out) ->
    case get(same_order) of
        true -> Failure;
        false -> {_, _, _} = run(Call, Out, canonical)
    end.

run({Top, Up, Down, Options}, Out, Order) ->
    put(order, Order),
    try systools:make_relup(Top, Up, Down, Options ++ [silent, {outdir, Out}]) of
        {ok, _Relup, systools_relup, Warnings} -> {ok, Warnings};
        {error, Module, Reason} -> {error, Module, cut(Reason)}
    catch
        Class:Reason -> {raised, Class, cut(Reason)}
    end.

take(Out, File) ->
    file:rename(filename:join(Out, "relup"), File).

%% Records without what only systools knows, crashes without a stack.
cut(Record) when element(1, Record) =:= application, tuple_size(Record) =:= 17 ->
    {application, element(2, Record), element(4, Record)};
cut(Record) when element(1, Record) =:= release, tuple_size(Record) =:= 6 ->
    {release, element(2, Record), element(3, Record)};
cut({Reason, [_ | _] = Stack} = Tuple) ->
    case is_stack(Stack) of
        true -> {cut(Reason), []};
        false -> list_to_tuple(cut(tuple_to_list(Tuple)))
    end;
cut(Tuple) when is_tuple(Tuple) ->
    list_to_tuple(cut(tuple_to_list(Tuple)));
cut([Head | Tail]) ->
    [cut(Head) | cut(Tail)];
cut(Other) ->
    Other.

is_stack([{Module, Function, Arity, Where} | Rest]) ->
    is_atom(Module) andalso is_atom(Function) andalso (is_integer(Arity) orelse is_list(Arity))
        andalso is_list(Where) andalso is_stack(Rest);
is_stack(Other) ->
    Other =:= [].

%% ---- the order --------------------------------------------------------------------------------

%% systools_rc from its own abstract code; its one call of topsort(S) asks order/2 below instead.
load_translator() ->
    File = filename:join([code:lib_dir(sasl), "ebin", "systools_rc.beam"]),
    {ok, {systools_rc, [{abstract_code, {raw_abstract_v1, Forms}}]}} = beam_lib:chunks(File, [abstract_code]),
    put(calls, 0),
    Changed = replace(Forms),
    1 = get(calls),
    {ok, systools_rc, Code} = compile:forms(Changed, []),
    code:purge(systools_rc),
    {module, systools_rc} = code:load_binary(systools_rc, File, Code),
    put(topsort, fun sort/2),
    ok.

%% H, the graph of modules that S condenses, is bound where the call stands.
replace({call, At, {remote, _, {atom, _, digraph_utils}, {atom, _, topsort}}, [S]}) ->
    put(calls, get(calls) + 1),
    Get = {call, At, {remote, At, {atom, At, erlang}, {atom, At, get}}, [{atom, At, topsort}]},
    {call, At, Get, [S, {var, At, 'H'}]};
replace(Tuple) when is_tuple(Tuple) ->
    list_to_tuple(replace(tuple_to_list(Tuple)));
replace([Head | Tail]) ->
    [replace(Head) | replace(Tail)];
replace(Other) ->
    Other.

sort(Components, Modules) ->
    Original = digraph_utils:topsort(Components),
    Canonical = next(digraph:vertices(Components), Components, Modules),
    Original =:= Canonical orelse put(same_order, false),
    case get(order) of
        original -> Original;
        canonical -> Canonical
    end.

next([], _, _) ->
    [];
next(Left, Components, Modules) ->
    Ready = [C || C <- Left, not lists:any(fun(Before) -> lists:member(Before, Left) end,
                                           digraph:in_neighbours(Components, C))],
    {_, First} = lists:min([{position(C, Modules), C} || C <- Ready]),
    [First | next(lists:delete(First, Left), Components, Modules)].

position(Component, Modules) ->
    lists:min([begin {_, {Number, _}} = digraph:vertex(Modules, Module), Number end || Module <- Component]).

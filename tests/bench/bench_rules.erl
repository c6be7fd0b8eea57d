%% SPDX-License-Identifier: GPL-3.0-or-later
%%
%% Two builds of an application, as two checkouts give them: of every twenty modules one is new, one is
%% gone, five have other code, and the rest differ only in what the compiler says about itself. Then
%% what rebar3's appup plugin begins with: which modules differ.
-module(bench_rules).
-export([main/1]).

main([Directory, Count]) ->
    Old = build(Directory, "1.0.0", [{N, old} || N <- lists:seq(1, list_to_integer(Count)), N rem 20 =/= 0]),
    New = build(Directory, "1.1.0", [{N, kind(N)} || N <- lists:seq(1, list_to_integer(Count)), N rem 20 =/= 1]),
    bench_loop:run(fun() -> beam_lib:cmp_dirs(New, Old) end,
                   fun({Added, Deleted, Changed}) ->
                           Names = Added ++ Deleted ++ [Name || {Name, _} <- Changed],
                           lists:join("\n", lists:sort([filename:basename(Name, ".beam") || Name <- Names]))
                   end).

kind(N) when N rem 20 < 7 -> new;
kind(_) -> old.

build(Directory, Vsn, Modules) ->
    Src = filename:join([Directory, Vsn, "src"]),
    Ebin = filename:join([Directory, Vsn, "lib", "big-" ++ Vsn, "ebin"]),
    ok = filelib:ensure_path(Src),
    ok = filelib:ensure_path(Ebin),
    ok = file:set_cwd(Src),
    Names = [name(N) || {N, _} <- Modules],
    [begin
         File = atom_to_list(name(N)) ++ ".erl",
         ok = file:write_file(File, source(N, Kind)),
         {ok, _} = compile:file(File, [debug_info, {outdir, Ebin}])
     end || {N, Kind} <- Modules],
    App = {application, big, [{description, ""}, {vsn, Vsn}, {modules, Names}, {registered, []},
                              {applications, [kernel, stdlib]}]},
    ok = file:write_file(filename:join(Ebin, "big.app"), io_lib:format("~p.~n", [App])),
    Ebin.

name(N) -> list_to_atom("big_" ++ integer_to_list(N)).

%% Three of ten are servers, one is a supervisor.
source(N, Kind) ->
    ["-module(", atom_to_list(name(N)), ").\n",
     case N rem 10 of
         R when R < 3 -> server(Kind);
         3 -> supervisor(N, Kind);
         _ -> "-export([f0/1]).\n"
     end,
     [function(N, I, Kind) || I <- lists:seq(0, 24)]].

server(Kind) ->
    ["-behaviour(gen_server).\n-export([start_link/0, init/1, handle_call/3, handle_cast/2, code_change/3, f0/1]).\n",
     "-record(state, {count = 0 :: integer(), names = [] :: [atom()]", [", more = #{}" || Kind =:= new], "}).\n",
     "start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).\n",
     "init([]) -> {ok, #state{}}.\n",
     "handle_call(names, _From, #state{names = Names} = State) -> {reply, Names, State}.\n",
     "handle_cast(count, #state{count = Count} = State) -> {noreply, State#state{count = Count + 1}}.\n",
     "code_change(_OldVsn, State, _Extra) -> {ok, State}.\n"].

supervisor(N, Kind) ->
    ["-behaviour(supervisor).\n-export([start_link/0, init/1, f0/1]).\n",
     "start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).\n",
     "init([]) -> {ok, {#{}, [worker(M) || M <- [",
     lists:join(", ", [atom_to_list(name(N + I)) || I <- lists:seq(7, case Kind of new -> 9; _ -> 8 end)]), "]]}}.\n",
     "worker(Module) -> #{id => Module, start => {Module, start_link, []}}.\n"].

function(N, I, Kind) ->
    Next = atom_to_list(name((N * 7 + I) rem 200 + 1)),
    Name = "f" ++ integer_to_list(I),
    After = "f" ++ integer_to_list(I + 1),
    [Name, "({", atom_to_list(Kind), ", X, [Y | Rest]}) when X > ", integer_to_list(I), " ->\n",
     "    case lists:keyfind(X, 1, Rest) of\n        {X, #{key := Value}} -> {ok, Value, <<\"some text\">>};\n",
     "        false when Y =:= undefined -> ", [[After, "({X, Y, Rest})"] || I < 24], ["done" || I =:= 24], ";\n",
     "        _ -> ", [[Next, ":f0(Rest)"] || I rem 8 =:= 0], [["{error, {", integer_to_list(I), ", Y}}"] || I rem 8 =/= 0], "\n    end;\n",
     Name, "(Other) ->\n    io_lib:format(\"~p\", [Other]).\n"].

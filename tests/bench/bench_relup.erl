%% SPDX-License-Identifier: GPL-3.0-or-later
%%
%% systools:make_relup/4 on two releases, without writing. Its order of modules can hang on its atom
%% table, so the applications are such that only one is right.
-module(bench_relup).
-export([main/1]).

main([Top, Base, Path]) ->
    bench_loop:run(fun() ->
                           {ok, Relup, _, []} =
                               systools:make_relup(Top, [Base], [Base], [{path, [Path]}, silent, noexec]),
                           Relup
                   end,
                   fun(Relup) -> unicode:characters_to_binary(io_lib:format("%% coding: utf-8~n~tp.~n", [Relup])) end).

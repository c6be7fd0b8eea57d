%% SPDX-License-Identifier: GPL-3.0-or-later
%%
%% Which rule takes each version: the search of systools_relup and release_handler, only that the
%% patterns are compiled before and once.
-module(bench_match).
-export([main/1]).

main([File]) ->
    {ok, [{Keys, Versions}]} = file:consult(File),
    Compiled = [compiled(Key) || Key <- Keys],
    bench_loop:run(fun() -> [search(Version, Compiled, 1) || Version <- Versions] end,
                   fun(Numbers) -> io_lib:format("~w", [Numbers]) end).

compiled(Key) when is_binary(Key) ->
    {ok, Pattern} = re:compile(Key, [unicode]),
    Pattern;
compiled(Key) ->
    Key.

search(_, [], _) ->
    0;
search(Version, [Version | _], Number) ->
    Number;
search(Version, [Pattern | Rest], Number) when is_tuple(Pattern) ->
    case re:run(Version, Pattern, [{capture, first, list}]) of
        {match, [Version]} -> Number;
        _ -> search(Version, Rest, Number + 1)
    end;
search(Version, [_ | Rest], Number) ->
    search(Version, Rest, Number + 1).

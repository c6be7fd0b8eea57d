%% SPDX-License-Identifier: GPL-3.0-or-later
%%
%% The far end of erlangpeer.h. After a warm-up it says "ready"; then it reads commands, one a line:
%%   round        runs for a moment and says the nanoseconds of one call on average
%%   answer PATH  writes what Words makes of the result of a call, and says "ok"
%% and ends with its input.
-module(bench_loop).
-export([run/2]).

-define(WARM_UP, 500_000_000).
-define(MOMENT, 30_000_000).

run(Call, Words) ->
    _ = time_of(Call, ?WARM_UP),
    io:put_chars("ready\n"),
    loop(Call, Words).

loop(Call, Words) ->
    case io:get_line("") of
        "round\n" ->
            erlang:garbage_collect(),
            io:format("~b~n", [time_of(Call, ?MOMENT)]),
            loop(Call, Words);
        "answer " ++ Line ->
            ok = file:write_file(string:trim(Line), Words(Call())),
            io:put_chars("ok\n"),
            loop(Call, Words);
        _ ->
            halt(0)
    end.

time_of(Call, Least) ->
    time_of(Call, Least, erlang:monotonic_time(nanosecond), 0).

time_of(Call, Least, Begin, Calls) ->
    _ = Call(),
    case erlang:monotonic_time(nanosecond) - Begin of
        Passed when Passed >= Least -> Passed div (Calls + 1);
        _ -> time_of(Call, Least, Begin, Calls + 1)
    end.

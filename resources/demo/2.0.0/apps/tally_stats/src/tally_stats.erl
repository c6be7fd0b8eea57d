%% SPDX-License-Identifier: GPL-3.0-or-later

%% @doc Looks at the counter once a second and remembers the last minute.
%%
%% An upgrade from 1.x starts this application before it replaces the code of tally, and the way
%% back stops it after that. So it may only use what tally has had since 1.0.0: read/0.
-module(tally_stats).
-behaviour(gen_server).

-include_lib("kernel/include/logger.hrl").

-export([start_link/0, summary/0]).
-export([init/1, handle_continue/2, handle_call/3, handle_cast/2, handle_info/2]).

-define(SAMPLE_MS, 1000).
-define(KEPT, 60).

-record(state, {last :: non_neg_integer() | undefined,
                steps = [] :: [non_neg_integer()]}).  % of the last seconds, newest first

-type state() :: #state{}.
-type summary() :: #{per_minute := non_neg_integer(),
                     min := non_neg_integer(),
                     max := non_neg_integer()}.

-export_type([summary/0]).

-spec start_link() -> gen_server:start_ret().
start_link() ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

%% @doc The rate per minute, and the least and the most in a second of the last minute; all are 0
%% in the first second.
-spec summary() -> summary().
summary() ->
    gen_server:call(?MODULE, summary).

-spec init([]) -> {ok, state(), {continue, sample}}.
init([]) ->
    {ok, #state{}, {continue, sample}}.

-spec handle_continue(sample, state()) -> {noreply, state()}.
handle_continue(sample, State) ->
    _ = erlang:send_after(?SAMPLE_MS, self(), sample),
    {Count, _Vsn} = tally_counter:read(),
    {noreply, sample(Count, State)}.

-spec handle_call(term(), gen_server:from(), state()) -> {reply, term(), state()}.
handle_call(summary, _From, State) ->
    {reply, summarize(State#state.steps), State};
handle_call(Request, From, State) ->
    ?LOG_WARNING("tally_stats: unknown call ~tp from ~tp", [Request, From]),
    {reply, {error, unknown_call}, State}.

-spec handle_cast(term(), state()) -> {noreply, state()}.
handle_cast(Request, State) ->
    ?LOG_WARNING("tally_stats: unknown cast ~tp", [Request]),
    {noreply, State}.

-spec handle_info(term(), state()) -> {noreply, state()} | {noreply, state(), {continue, sample}}.
handle_info(sample, State) ->
    {noreply, State, {continue, sample}};
handle_info(Info, State) ->
    ?LOG_WARNING("tally_stats: unknown message ~tp", [Info]),
    {noreply, State}.

%% A count that went back is that of a new counter; nothing before it says anything.
sample(Count, #state{last = Last, steps = Steps}) when is_integer(Last), Count >= Last ->
    #state{last = Count, steps = lists:sublist([Count - Last | Steps], ?KEPT)};
sample(Count, _State) ->
    #state{last = Count}.

summarize([]) ->
    #{per_minute => 0, min => 0, max => 0};
summarize(Steps) ->
    #{per_minute => lists:sum(Steps) * 60 div length(Steps),
      min => lists:min(Steps),
      max => lists:max(Steps)}.

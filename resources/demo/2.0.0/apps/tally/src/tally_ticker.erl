%% SPDX-License-Identifier: GPL-3.0-or-later

%% @doc Tells the counter to count, at every tick. Until 2.0.0 the counter did that by itself.
-module(tally_ticker).
-behaviour(gen_server).

-include_lib("kernel/include/logger.hrl").

-export([start_link/0, configure/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-record(state, {tick :: pos_integer()}).

-type state() :: #state{}.

-spec start_link() -> gen_server:start_ret().
start_link() ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

%% @doc Takes the application's configuration anew.
-spec configure() -> ok.
configure() ->
    gen_server:cast(?MODULE, configure).

-spec init([]) -> {ok, state()}.
init([]) ->
    Tick = tick(),
    _ = erlang:send_after(Tick, self(), tick),
    {ok, #state{tick = Tick}}.

-spec handle_call(term(), gen_server:from(), state()) -> {reply, term(), state()}.
handle_call(Request, From, State) ->
    ?LOG_WARNING("tally_ticker: unknown call ~tp from ~tp", [Request, From]),
    {reply, {error, unknown_call}, State}.

-spec handle_cast(term(), state()) -> {noreply, state()}.
handle_cast(configure, State) ->
    {noreply, State#state{tick = tick()}};
handle_cast(Request, State) ->
    ?LOG_WARNING("tally_ticker: unknown cast ~tp", [Request]),
    {noreply, State}.

-spec handle_info(term(), state()) -> {noreply, state()}.
handle_info(tick, #state{tick = Tick} = State) ->
    _ = erlang:send_after(Tick, self(), tick),
    ok = tally_counter:increment(),
    {noreply, State};
handle_info(Info, State) ->
    ?LOG_WARNING("tally_ticker: unknown message ~tp", [Info]),
    {noreply, State}.

tick() ->
    application:get_env(tally, tick_ms, 20).

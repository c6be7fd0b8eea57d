%% SPDX-License-Identifier: GPL-3.0-or-later

%% @doc The counter. It counts a step further at each tick, by a timer of its own.
%%
%% Its state had no step in 1.0.x: code_change/3 goes from there to here and back.
-module(tally_counter).
-behaviour(gen_server).

-include_lib("kernel/include/logger.hrl").

-export([start_link/0, read/0, configure/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, code_change/3]).

-record(state, {count = 0 :: non_neg_integer(),
                tick :: pos_integer(),
                step :: non_neg_integer()}).

-type state() :: #state{}.

-spec start_link() -> gen_server:start_ret().
start_link() ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

%% @doc The count, and the version of the code that counts.
-spec read() -> {Count :: non_neg_integer(), Vsn :: string()}.
read() ->
    gen_server:call(?MODULE, read).

%% @doc Takes the application's configuration anew.
-spec configure() -> ok.
configure() ->
    gen_server:cast(?MODULE, configure).

-spec init([]) -> {ok, state()}.
init([]) ->
    Tick = tick(),
    _ = erlang:send_after(Tick, self(), tick),
    {ok, #state{tick = Tick, step = step()}}.

-spec handle_call(term(), gen_server:from(), state()) -> {reply, term(), state()}.
handle_call(read, _From, State) ->
    {reply, {State#state.count, vsn()}, State};
handle_call(Request, From, State) ->
    ?LOG_WARNING("tally_counter: unknown call ~tp from ~tp", [Request, From]),
    {reply, {error, unknown_call}, State}.

-spec handle_cast(term(), state()) -> {noreply, state()}.
handle_cast(configure, State) ->
    {noreply, State#state{tick = tick(), step = step()}};
handle_cast(Request, State) ->
    ?LOG_WARNING("tally_counter: unknown cast ~tp", [Request]),
    {noreply, State}.

-spec handle_info(term(), state()) -> {noreply, state()}.
handle_info(tick, #state{count = Count, tick = Tick, step = Step} = State) ->
    _ = erlang:send_after(Tick, self(), tick),
    {noreply, State#state{count = Count + Step}};
handle_info(Info, State) ->
    ?LOG_WARNING("tally_counter: unknown message ~tp", [Info]),
    {noreply, State}.

-spec code_change(term(), tuple(), []) -> {ok, tuple()}.
code_change({down, _Vsn}, #state{count = Count, tick = Tick}, []) ->
    {ok, {state, Count, Tick}};
code_change(_Vsn, {state, Count, Tick}, []) ->
    {ok, #state{count = Count, tick = Tick, step = step()}}.

tick() ->
    application:get_env(tally, tick_ms, 20).

step() ->
    application:get_env(tally, step, 1).

%% The version is taken from the directory this code was loaded from, lib/tally-VSN/ebin: the
%% application's own key says what is installed, and this says what runs.
vsn() ->
    case filename:basename(filename:dirname(filename:dirname(code:which(?MODULE)))) of
        "tally-" ++ Vsn ->
            Vsn;
        _NotInARelease ->
            {ok, Vsn} = application:get_key(tally, vsn),
            Vsn
    end.

%% SPDX-License-Identifier: GPL-3.0-or-later

%% @doc The counter. It counts one further at each tick, by a timer of its own.
-module(tally_counter).
-behaviour(gen_server).

-export([start_link/0, read/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-record(state, {count = 0 :: non_neg_integer(),
                tick :: pos_integer()}).

-type state() :: #state{}.

-spec start_link() -> gen_server:start_ret().
start_link() ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

%% @doc The count, and the version of the code that counts.
-spec read() -> {Count :: non_neg_integer(), Vsn :: string()}.
read() ->
    gen_server:call(?MODULE, read).

-spec init([]) -> {ok, state()}.
init([]) ->
    Tick = application:get_env(tally, tick_ms, 20),
    _ = erlang:send_after(Tick, self(), tick),
    {ok, #state{tick = Tick}}.

-spec handle_call(term(), gen_server:from(), state()) -> {reply, term(), state()}.
handle_call(read, _From, State) ->
    {reply, {State#state.count, vsn()}, State};
handle_call(_Request, _From, State) ->
    {reply, {error, unknown_call}, State}.

-spec handle_cast(term(), state()) -> {noreply, state()}.
handle_cast(_Request, State) ->
    {noreply, State}.

-spec handle_info(term(), state()) -> {noreply, state()}.
handle_info(tick, #state{count = Count, tick = Tick} = State) ->
    _ = erlang:send_after(Tick, self(), tick),
    {noreply, State#state{count = Count + 1}};
handle_info(_Info, State) ->
    {noreply, State}.

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

%% SPDX-License-Identifier: GPL-3.0-or-later

%% @doc The counter. It counts a step further whenever it is told to; see tally_ticker.
%%
%% Its state has had three formats, and the appup says in the Extra term of code_change/3 which
%% one an upgrade comes from or goes back to:
%%
%% <ol>
%% <li>1.0.x: {state, Count, Tick}, with a timer of its own</li>
%% <li>1.1.x: {state, Count, Tick, Step}, the same</li>
%% <li>this one: no timer and no tick</li>
%% </ol>
-module(tally_counter).
-behaviour(gen_server).

-include_lib("kernel/include/logger.hrl").

-export([start_link/0, read/0, increment/0, configure/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, code_change/3]).

-record(state, {count = 0 :: non_neg_integer(),
                step :: non_neg_integer()}).

-type state() :: #state{}.

-spec start_link() -> gen_server:start_ret().
start_link() ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

%% @doc The count, and the version of the code that counts.
-spec read() -> {Count :: non_neg_integer(), Vsn :: string()}.
read() ->
    gen_server:call(?MODULE, read).

%% @doc Counts a step further.
-spec increment() -> ok.
increment() ->
    gen_server:cast(?MODULE, increment).

%% @doc Takes the application's configuration anew.
-spec configure() -> ok.
configure() ->
    gen_server:cast(?MODULE, configure).

-spec init([]) -> {ok, state()}.
init([]) ->
    {ok, #state{step = step()}}.

-spec handle_call(term(), gen_server:from(), state()) -> {reply, term(), state()}.
handle_call(read, _From, State) ->
    {reply, {State#state.count, vsn()}, State};
handle_call(Request, From, State) ->
    ?LOG_WARNING("tally_counter: unknown call ~tp from ~tp", [Request, From]),
    {reply, {error, unknown_call}, State}.

-spec handle_cast(term(), state()) -> {noreply, state()}.
handle_cast(increment, #state{count = Count, step = Step} = State) ->
    {noreply, State#state{count = Count + Step}};
handle_cast(configure, State) ->
    {noreply, State#state{step = step()}};
handle_cast(Request, State) ->
    ?LOG_WARNING("tally_counter: unknown cast ~tp", [Request]),
    {noreply, State}.

-spec handle_info(term(), state()) -> {noreply, state()}.
handle_info(tick, State) ->
    %% The last one of the timer of 1.x; it is not set again.
    {noreply, State};
handle_info(Info, State) ->
    ?LOG_WARNING("tally_counter: unknown message ~tp", [Info]),
    {noreply, State}.

-spec code_change(term(), tuple(), {format, 1 | 2}) -> {ok, tuple()}.
code_change({down, _Vsn}, #state{count = Count, step = Step}, {format, Format}) ->
    Tick = application:get_env(tally, tick_ms, 20),
    _ = erlang:send_after(Tick, self(), tick),
    case Format of
        1 -> {ok, {state, Count, Tick}};
        2 -> {ok, {state, Count, Tick, Step}}
    end;
code_change(_Vsn, {state, Count, _Tick}, {format, 1}) ->
    {ok, #state{count = Count, step = step()}};
code_change(_Vsn, {state, Count, _Tick, Step}, {format, 2}) ->
    {ok, #state{count = Count, step = Step}}.

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

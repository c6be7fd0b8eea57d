%% SPDX-License-Identifier: GPL-3.0-or-later

%% @doc One connected client: sends it a line "COUNT VSN" at every interval, and ignores what it
%% says. The process is the owner of the socket, so the connection lives as long as it does.
-module(tally_tcp_client).
-behaviour(gen_server).

-export([start_link/1, serve/1, stop/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-record(state, {socket :: gen_tcp:socket(),
                interval :: pos_integer()}).

-type state() :: #state{}.

-spec start_link(gen_tcp:socket()) -> gen_server:start_ret().
start_link(Socket) ->
    gen_server:start_link(?MODULE, Socket, []).

%% @doc Begins; to be called when the process has become the owner of its socket.
-spec serve(pid()) -> ok.
serve(Client) ->
    gen_server:cast(Client, serve).

-spec stop(pid()) -> ok.
stop(Client) ->
    gen_server:cast(Client, stop).

-spec init(gen_tcp:socket()) -> {ok, state()}.
init(Socket) ->
    Interval = application:get_env(tally_tcp, interval_ms, 100),
    {ok, #state{socket = Socket, interval = Interval}}.

-spec handle_call(term(), gen_server:from(), state()) -> {reply, term(), state()}.
handle_call(_Request, _From, State) ->
    {reply, {error, unknown_call}, State}.

-spec handle_cast(term(), state()) -> {noreply, state()} | {stop, normal, state()}.
handle_cast(serve, State) ->
    self() ! line,
    listen(State);
handle_cast(stop, State) ->
    {stop, normal, State};
handle_cast(_Request, State) ->
    {noreply, State}.

-spec handle_info(term(), state()) -> {noreply, state()} | {stop, normal, state()}.
handle_info(line, #state{socket = Socket, interval = Interval} = State) ->
    _ = erlang:send_after(Interval, self(), line),
    {Count, Vsn} = tally_counter:read(),
    case gen_tcp:send(Socket, [integer_to_binary(Count), $\s, Vsn, $\n]) of
        ok -> {noreply, State};
        {error, _Gone} -> {stop, normal, State}
    end;
handle_info({tcp, Socket, _Ignored}, #state{socket = Socket} = State) ->
    listen(State);
handle_info({tcp_closed, Socket}, #state{socket = Socket} = State) ->
    {stop, normal, State};
handle_info({tcp_error, Socket, _Reason}, #state{socket = Socket} = State) ->
    {stop, normal, State};
handle_info(_Info, State) ->
    {noreply, State}.

%% Asks for the next packet, or for word that the client is gone.
listen(#state{socket = Socket} = State) ->
    case inet:setopts(Socket, [{active, once}]) of
        ok -> {noreply, State};
        {error, _Gone} -> {stop, normal, State}
    end.

%% SPDX-License-Identifier: GPL-3.0-or-later

%% @doc One connected client: sends it a line "COUNT VSN" at every interval, and a line that begins
%% with "#" when it asks for "stats". The process is the owner of the socket, so the connection
%% lives as long as it does.
%%
%% Formats of the state, for code_change/3 and its Extra term from the appup:
%%
%% <ol>
%% <li>1.0.x: {state, Socket, Interval}; nothing is read line by line</li>
%% <li>1.1.x: as now, with the number of lines sent; nothing is read line by line</li>
%% <li>this one: the socket delivers lines</li>
%% </ol>
-module(tally_tcp_client).
-behaviour(gen_server).

-export([start_link/1, serve/1, stop/1, info/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, code_change/3]).

-record(state, {socket :: gen_tcp:socket(),
                interval :: pos_integer(),
                sent = 0 :: non_neg_integer()}).

-type state() :: #state{}.
-type info() :: #{peer := string(), sent := non_neg_integer()}.

-export_type([info/0]).

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

%% @doc Who the client is, and how many lines it has been sent since it came or since its process
%% has been counting them.
-spec info(pid()) -> info().
info(Client) ->
    gen_server:call(Client, info).

-spec init(gen_tcp:socket()) -> {ok, state()}.
init(Socket) ->
    Interval = application:get_env(tally_tcp, interval_ms, 100),
    {ok, #state{socket = Socket, interval = Interval}}.

-spec handle_call(term(), gen_server:from(), state()) -> {reply, term(), state()}.
handle_call(info, _From, #state{socket = Socket, sent = Sent} = State) ->
    {reply, #{peer => peer(Socket), sent => Sent}, State};
handle_call(_Request, _From, State) ->
    {reply, {error, unknown_call}, State}.

-spec handle_cast(term(), state()) -> {noreply, state()} | {stop, normal, state()}.
handle_cast(serve, State) ->
    self() ! line,
    ok = framing(State, line),
    listen(State);
handle_cast(stop, State) ->
    {stop, normal, State};
handle_cast(_Request, State) ->
    {noreply, State}.

-spec handle_info(term(), state()) -> {noreply, state()} | {stop, normal, state()}.
handle_info(line, #state{interval = Interval} = State) ->
    _ = erlang:send_after(Interval, self(), line),
    {Count, Vsn} = tally_counter:read(),
    send([integer_to_binary(Count), $\s, Vsn, $\n], State);
handle_info({tcp, Socket, Line}, #state{socket = Socket} = State) ->
    case Line of
        <<"stats\n">> -> answer(State);
        <<"stats\r\n">> -> answer(State);
        _Ignored -> listen(State)
    end;
handle_info({tcp_closed, Socket}, #state{socket = Socket} = State) ->
    {stop, normal, State};
handle_info({tcp_error, Socket, _Reason}, #state{socket = Socket} = State) ->
    {stop, normal, State};
handle_info(_Info, State) ->
    {noreply, State}.

-spec code_change(term(), tuple(), {format, 1 | 2}) -> {ok, tuple()}.
code_change({down, _Vsn}, #state{socket = Socket, interval = Interval} = State, {format, Format}) ->
    ok = framing(State, raw),
    case Format of
        1 -> {ok, {state, Socket, Interval}};
        2 -> {ok, State}
    end;
code_change(_Vsn, {state, Socket, Interval}, {format, 1}) ->
    State = #state{socket = Socket, interval = Interval},
    ok = framing(State, line),
    {ok, State};
code_change(_Vsn, #state{} = State, {format, 2}) ->
    ok = framing(State, line),
    {ok, State}.

answer(State) ->
    #{per_minute := Rate, min := Min, max := Max} = tally_stats:summary(),
    Line = io_lib:format("# ~b a minute, ~b to ~b a second~n", [Rate, Min, Max]),
    case send(Line, State) of
        {noreply, Sent} -> listen(Sent);
        Stop -> Stop
    end.

send(Line, #state{socket = Socket, sent = Sent} = State) ->
    case gen_tcp:send(Socket, Line) of
        ok -> {noreply, State#state{sent = Sent + 1}};
        {error, _Gone} -> {stop, normal, State}
    end.

%% A socket that is closed cannot be set; that it is will be heard of elsewhere.
framing(#state{socket = Socket}, Packet) ->
    _ = inet:setopts(Socket, [{packet, Packet}]),
    ok.

%% Asks for the next packet, or for word that the client is gone.
listen(#state{socket = Socket} = State) ->
    case inet:setopts(Socket, [{active, once}]) of
        ok -> {noreply, State};
        {error, _Gone} -> {stop, normal, State}
    end.

peer(Socket) ->
    case inet:peername(Socket) of
        {ok, {Address, Port}} -> lists:concat([inet:ntoa(Address), ":", Port]);
        {error, _Gone} -> "gone"
    end.

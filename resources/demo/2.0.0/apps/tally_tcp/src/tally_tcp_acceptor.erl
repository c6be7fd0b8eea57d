%% SPDX-License-Identifier: GPL-3.0-or-later

%% @doc Listens on the loopback interface and gives each connection to a process of its own.
%%
%% It waits for a connection for a moment only and then goes back to the gen_server's loop, so
%% that it can be suspended and its code replaced at any time.
-module(tally_tcp_acceptor).
-behaviour(gen_server).

-include_lib("kernel/include/logger.hrl").

-export([start_link/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-define(WAIT_MS, 200).
-define(SEND_TIMEOUT_MS, 2000).

-record(state, {listener :: gen_tcp:socket()}).

-type state() :: #state{}.

-spec start_link() -> gen_server:start_ret().
start_link() ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

-spec init([]) -> {ok, state()} | {stop, term()}.
init([]) ->
    Options = [binary, {ip, {127, 0, 0, 1}}, {active, false}, {nodelay, true},
               {reuseaddr, true}, {backlog, 128}],
    case gen_tcp:listen(port(), Options) of
        {ok, Listener} ->
            {ok, Port} = inet:port(Listener),
            ?LOG_NOTICE("tally listens on 127.0.0.1:~b", [Port]),
            self() ! accept,
            {ok, #state{listener = Listener}};
        {error, Reason} ->
            {stop, {listen, port(), Reason}}
    end.

-spec handle_call(term(), gen_server:from(), state()) -> {reply, term(), state()}.
handle_call(_Request, _From, State) ->
    {reply, {error, unknown_call}, State}.

-spec handle_cast(term(), state()) -> {noreply, state()}.
handle_cast(_Request, State) ->
    {noreply, State}.

-spec handle_info(term(), state()) -> {noreply, state()} | {stop, term(), state()}.
handle_info(accept, #state{listener = Listener} = State) ->
    case gen_tcp:accept(Listener, ?WAIT_MS) of
        {ok, Socket} ->
            hand_over(Socket),
            self() ! accept,
            {noreply, State};
        {error, Retry} when Retry =:= timeout; Retry =:= econnaborted ->
            self() ! accept,
            {noreply, State};
        {error, OutOfFiles} when OutOfFiles =:= emfile; OutOfFiles =:= enfile ->
            _ = erlang:send_after(?WAIT_MS, self(), accept),
            {noreply, State};
        {error, Reason} ->
            {stop, {accept, Reason}, State}
    end;
handle_info(_Info, State) ->
    {noreply, State}.

hand_over(Socket) ->
    {ok, Client} = tally_tcp_client_sup:start_client(Socket),
    case prepare(Socket, Client) of
        ok -> tally_tcp_client:serve(Client);
        {error, _Closed} -> tally_tcp_client:stop(Client)
    end.

%% A client that does not read must not block its process for ever: an upgrade could not suspend
%% it. The options are set here and not for the listening socket, so that an upgrade needs no new
%% one.
prepare(Socket, Client) ->
    Options = [{send_timeout, ?SEND_TIMEOUT_MS}, {send_timeout_close, true}],
    case inet:setopts(Socket, Options) of
        ok -> gen_tcp:controlling_process(Socket, Client);
        Error -> Error
    end.

%% The environment variable goes before the application's own configuration.
port() ->
    case os:getenv("TALLY_PORT", "") of
        "" -> application:get_env(tally_tcp, port, 4040);
        Text -> list_to_integer(Text)
    end.

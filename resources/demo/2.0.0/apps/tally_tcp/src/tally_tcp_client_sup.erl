%% SPDX-License-Identifier: GPL-3.0-or-later

%% @doc One process for each connected client. None is started again: its socket is gone.
-module(tally_tcp_client_sup).
-behaviour(supervisor).

-export([start_link/0, start_client/1, clients/0]).
-export([init/1]).

-spec start_link() -> supervisor:startlink_ret().
start_link() ->
    supervisor:start_link({local, ?MODULE}, ?MODULE, []).

-spec start_client(gen_tcp:socket()) -> supervisor:startchild_ret().
start_client(Socket) ->
    supervisor:start_child(?MODULE, [Socket]).

-spec clients() -> [pid()].
clients() ->
    [Pid || {_Id, Pid, _Type, _Modules} <- supervisor:which_children(?MODULE), is_pid(Pid)].

-spec init([]) -> {ok, {supervisor:sup_flags(), [supervisor:child_spec()]}}.
init([]) ->
    Flags = #{strategy => simple_one_for_one, intensity => 3, period => 10},
    Client = #{id => tally_tcp_client,
               start => {tally_tcp_client, start_link, []},
               restart => temporary,
               shutdown => 2000,
               type => worker,
               modules => [tally_tcp_client]},
    {ok, {Flags, [Client]}}.

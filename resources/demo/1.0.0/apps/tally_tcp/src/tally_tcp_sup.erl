%% SPDX-License-Identifier: GPL-3.0-or-later

%% @doc The acceptor, and before it the supervisor of the clients it hands its sockets to.
%% A new acceptor does not touch the clients that are already there.
-module(tally_tcp_sup).
-behaviour(supervisor).

-export([start_link/0]).
-export([init/1]).

-spec start_link() -> supervisor:startlink_ret().
start_link() ->
    supervisor:start_link({local, ?MODULE}, ?MODULE, []).

-spec init([]) -> {ok, {supervisor:sup_flags(), [supervisor:child_spec()]}}.
init([]) ->
    Flags = #{strategy => rest_for_one, intensity => 3, period => 10},
    Clients = #{id => tally_tcp_client_sup,
                start => {tally_tcp_client_sup, start_link, []},
                restart => permanent,
                shutdown => infinity,
                type => supervisor,
                modules => [tally_tcp_client_sup]},
    Acceptor = #{id => tally_tcp_acceptor,
                 start => {tally_tcp_acceptor, start_link, []},
                 restart => permanent,
                 shutdown => 5000,
                 type => worker,
                 modules => [tally_tcp_acceptor]},
    {ok, {Flags, [Clients, Acceptor]}}.

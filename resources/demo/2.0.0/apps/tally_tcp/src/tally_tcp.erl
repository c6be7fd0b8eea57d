%% SPDX-License-Identifier: GPL-3.0-or-later

%% @doc For the operator: who is connected?
%%
%%     bin/tally eval 'tally_tcp:clients().'
-module(tally_tcp).

-export([clients/0]).

-spec clients() -> [tally_tcp_client:info()].
clients() ->
    lists:append([info(Client) || Client <- tally_tcp_client_sup:clients()]).

%% A client may go away while it is asked.
info(Client) ->
    try
        [tally_tcp_client:info(Client)]
    catch
        exit:_ -> []
    end.

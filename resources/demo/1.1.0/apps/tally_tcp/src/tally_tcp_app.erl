%% SPDX-License-Identifier: GPL-3.0-or-later

%% @doc The application: starts the top supervisor.
-module(tally_tcp_app).
-behaviour(application).

-export([start/2, stop/1]).

-spec start(application:start_type(), term()) -> {ok, pid()} | {error, term()}.
start(_Type, _Args) ->
    tally_tcp_sup:start_link().

-spec stop(term()) -> ok.
stop(_State) ->
    ok.

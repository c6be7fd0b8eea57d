%% SPDX-License-Identifier: GPL-3.0-or-later

%% @doc The application: starts the supervisor, and passes a changed configuration on.
-module(tally_app).
-behaviour(application).

-export([start/2, stop/1, config_change/3]).

-spec start(application:start_type(), term()) -> {ok, pid()} | {error, term()}.
start(_Type, _Args) ->
    tally_sup:start_link().

-spec stop(term()) -> ok.
stop(_State) ->
    ok.

%% Called at the end of an upgrade when the new release's configuration differs.
-spec config_change([{atom(), term()}], [{atom(), term()}], [atom()]) -> ok.
config_change(_Changed, _New, _Removed) ->
    tally_counter:configure().

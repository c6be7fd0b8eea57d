// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/node.h"
#include "tests/support/tinyrelease.h"

namespace handover::server {

/// The module 'probe' on a TinyServer's node: processes in a plain loop under a supervisor of their own, which the
/// application's top supervisor starts. Compiled here, loaded there by hand.
class ProbeModule
{
public:
    explicit ProbeModule(TinyServer &server)
        : m_server(server)
    {
    }

    /// Compiles it, with another value of version/0 each time, and loads it; what was current becomes old code.
    [[nodiscard]] bool load(int version)
    {
        TestServer::write(m_server.test().local(QStringLiteral("probe.erl")),
                          "-module(probe).\n-export([start/1, start_link/0, start_loop/0, init/1, version/0, late/0]).\n"
                          "version() -> " + QByteArray::number(version) + ".\n"
                          "late() -> timer:sleep(infinity).\n"
                          "start(Top) -> supervisor:start_child(Top, #{id => probe, type => supervisor, start => "
                          "{?MODULE, start_link, []}}).\n"
                          "start_link() -> supervisor:start_link({local, probe_sup}, ?MODULE, []).\n"
                          "start_loop() -> {ok, proc_lib:spawn_link(fun() -> loop(0) end)}.\n"
                          "loop(N) -> receive stop -> ok; _ -> loop(N + 1) end.\n"
                          "init([]) -> {ok, {#{intensity => 1, period => 5}, [#{id => N, start => {?MODULE, start_loop, "
                          "[]}} || N <- [1, 2, 3]]}}.\n");
        return TinyRelease::run(m_server.test().local(), QStringLiteral("erlc"), {QStringLiteral("+debug_info"),
                                                                                  QStringLiteral("probe.erl")}) &&
               m_server.eval("code:purge(probe), code:load_abs(" +
                             node::erlangString(m_server.test().local(QStringLiteral("probe"))) + ").")
                   .contains("{module, probe}");
    }
    /// Starts the supervisor and its three loops.
    [[nodiscard]] bool start()
    {
        return m_server.eval("{Top, _} = application_master:get_child(application_controller:get_master(tiny)), "
                             "probe:start(Top).").contains("{ok");
    }
    /// From now on the supervisor waits for a child that never comes.
    [[nodiscard]] bool hang()
    {
        return m_server.eval("spawn(fun() -> supervisor:start_child(probe_sup, #{id => late, start => {probe, late, "
                             "[]}}) end), timer:sleep(200), done.").contains("done");
    }

private:
    TinyServer &m_server;
};

} // namespace handover::server

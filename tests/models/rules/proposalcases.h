// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "builtapps.h"

namespace handover::test {

/// Two versions of an application and what has to be proposed for them.
struct ProposalCase
{
    const char *name;
    BuiltApps::Modules older;
    BuiltApps::Modules newer;
    QByteArrayList up;    ///< instructions, spaced
    QByteArrayList down;
    QStringList codes;    ///< of the notes, in order, "severity code"
    QByteArray options = "debug_info";
};

[[nodiscard]] inline QByteArray plain(const QByteArray &body) { return "-export([f/0]).\nf() -> " + body + ".\n"; }

/// A gen_server with a state record of these fields, which `init` fills; `more`: more functions.
[[nodiscard]] inline QByteArray server(const QByteArray &fields, const QByteArray &more = {},
                                       const QByteArray &exports = {}, const QByteArray &result = "#state{}")
{
    return "-behaviour(gen_server).\n-export([init/1, handle_call/3, handle_cast/2" + exports +
           "]).\n-record(state, {" + fields + "}).\ninit(_) -> {ok, " + result +
           "}.\nhandle_call(_, _, S) -> {reply, S, S}.\nhandle_cast(_, S) -> {noreply, S}.\n" + more;
}

/// A supervisor my_sup, registered by its name, with these child specifications.
[[nodiscard]] inline QByteArray supervisor(const QByteArray &children, const QByteArray &more = {},
                                           const QByteArray &flags = "#{strategy => one_for_one}")
{
    return "-behaviour(supervisor).\n-export([start_link/0, init/1]).\n"
           "start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).\n"
           "init([]) -> {ok, {" + flags + ", " + children + "}}.\n" + more;
}

[[nodiscard]] inline QByteArray child(const QByteArray &module)
{
    return "#{id => " + module + ", start => {" + module + ", start_link, []}}";
}

[[nodiscard]] QList<ProposalCase> proposalCases();

} // namespace handover::test

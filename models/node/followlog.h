// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/installation.h"

#include <functional>

namespace handover::node {

/// Something of a node that can be followed.
struct LogSource
{
    enum class Kind {
        Handler, ///< a file that the node's logger writes
        Console, ///< what the node writes to its console, as run_erl keeps it: log/erlang.log.N
        Runner,  ///< run_erl's own: log/run_erl.log
        Journal, ///< of the systemd unit that runs the node
    };
    Kind kind = Kind::Console;
    QString name; ///< short, for choosing: "default", "erlang.log.1", "tally.service"
    QByteArray place; ///< the file's path, or the unit
    [[nodiscard]] QString words() const; ///< "erlang.log.1, the node's console"
};

/// The logs there are, the one to look at first first. The node is asked where its logger writes, if it is up. Errors:
/// node.h's and the session's.
[[nodiscard]] Result<QList<LogSource>> findLogs(server::Session &session, const Installation &installation,
                                                const JobContext &context);

/// Gives the last `lines` lines of a log, and each one that is written from then on, in portions as they come, from the
/// calling thread; a file that is rotated is followed by its name. Comes back when the context is cancelled, which is
/// how it ends, with that outcome and a session that is dead; or with server.log-ended (the file can't be read, or
/// whoever shows it there has ended), and the session's errors.
using LogSink = std::function<void(const QStringList &lines)>;
[[nodiscard]] Result<> followLog(server::Session &session, const LogSource &source, int lines, const LogSink &sink,
                                 const JobContext &context);

/// The systemd unit in the text of a process's /proc/PID/cgroup that is a service of its own; empty for one started by
/// hand, in somebody's session.
[[nodiscard]] QByteArray unitOfCgroup(QByteArrayView text);

} // namespace handover::node

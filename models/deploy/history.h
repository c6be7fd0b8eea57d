// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deploy/deployment.h"

#include <QDateTime>

namespace handover::deploy {

/// What was done to a server once.
struct Deed
{
    QDateTime time;   ///< of its end
    QString who;      ///< USER@HOST of this machine
    QString server;   ///< its name, or its address where it has none
    QString address;
    QString release;
    QString title;    ///< "Deploy tally 1.5.0 to edge-1"
    QString from;     ///< what ran before and afterwards, as the node itself said
    QString to;
    QString error;    ///< empty when all went well
    QList<node::Step> steps;
    QStringList log;

    [[nodiscard]] static Deed of(const QString &server, const server::Address &address, const QString &release,
                                 const QString &title, const DeployReport &report, const QStringList &log);
};

/// The history is a file of one JSON document a line, history.jsonl in the state directory; whole lines are added to
/// its end, so several programs may write it. Errors: history.write.
[[nodiscard]] Result<void> remember(const Deed &deed);
/// The newest first, at most `most`. Lines that are damaged are left out.
[[nodiscard]] QList<Deed> history(qsizetype most = 500);

/// Adds the same line, without the log, to releases/handover-history.jsonl on the server, for who looks there.
[[nodiscard]] Result<void> rememberThere(server::Session &session, const Deed &deed, const JobContext &context);

} // namespace handover::deploy

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/node.h"

#include <QElapsedTimer>

namespace handover::node {

/// What every step begins with: good names, a node that is up, and what it says of itself.
struct StepStart
{
    ReleaseScript script;
    NodeState state;
    QElapsedTimer clock;

    [[nodiscard]] static Result<StepStart> make(server::Session &session, const QString &name, const QString &version,
                                                const JobContext &context);
    [[nodiscard]] const InstalledRelease *release(const QString &version) const
    {
        return state.table.version(version);
    }
    [[nodiscard]] Step done(Step::Kind kind, const QString &detail, const QByteArray &raw) const;
};

[[nodiscard]] std::unexpected<Error> nodeDown(const QString &name, const QString &raw);
[[nodiscard]] std::unexpected<Error> notInstalled(const QString &version);
[[nodiscard]] std::unexpected<Error> noRelup(const QString &from, const QString &to,
                                             const QStringList &offered, const QString &raw);
/// Both streams, for a person to read.
[[nodiscard]] QString rawText(const server::ExecOutcome &outcome);
/// What the script says when its escript can't work, in words; nothing otherwise.
[[nodiscard]] QString escriptTrouble(const server::ExecOutcome &outcome);

} // namespace handover::node

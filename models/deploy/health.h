// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/check.h"
#include "models/node/installation.h"
#include "models/settings/upgradepolicy.h"

namespace handover::deploy {

/// Asks each sign of health once: that the node is up and runs `version`, that it has not started anew since `boot`
/// (empty: not asked), and the probes. A failed one is no error. Errors: the session's.
[[nodiscard]] Result<QList<Check>> askHealth(server::Session &session, const QString &name, const QString &version,
                                             const QByteArray &boot, const QList<settings::HealthProbe> &probes,
                                             const JobContext &context);

/// What became of an installed release while it was watched.
struct Watched
{
    bool healthy = false;
    int seconds = 0;      ///< how long it was watched
    QList<Check> checks;  ///< the last answers
};

/// Asks every few seconds for as long as the policy says. It ends early when the node is gone, runs another release or
/// started anew, or when a probe fails three times in a row; one that fails at the end counts as well.
[[nodiscard]] Result<Watched> watchHealth(server::Session &session, const QString &name, const QString &version,
                                          const settings::UpgradePolicy &policy, const JobContext &context);

} // namespace handover::deploy

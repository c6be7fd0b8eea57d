// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/moduleplan.h"
#include "models/rules/supervision.h"

#include <QSet>

namespace handover::rules {

/// Changed modules whose running processes can't go on with the new code, and what is done about it.
struct ChildRestarts
{
    QSet<QByteArray> modules; ///< children that these start are ended before and started after
    QList<Issue> notes;       ///< rules.child-restarted, rules.plain-process, rules.behaviour-changed
};

/// Looks for the children that run such modules. A child is restarted where instructions can do that:
/// both versions have it, it isn't temporary, and its supervisor has a name and a fixed set of children.
[[nodiscard]] ChildRestarts planRestarts(const QMap<QByteArray, ModulePlan> &plans, const Supervision &older,
                                         const Supervision &newer);

} // namespace handover::rules

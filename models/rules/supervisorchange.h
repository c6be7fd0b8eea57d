// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/proposal.h"
#include "models/rules/supervisorspec.h"

#include <QSet>

namespace handover::rules {

/// What has to be done about a supervisor's children beside updating it, in one direction.
struct ChildInstructions
{
    QList<ProposedInstruction> before; ///< children to end; before any code is changed
    QList<ProposedInstruction> after;  ///< children to start; when all code is there
};

/// The instructions to go from one version of a supervisor's children to another. `update` makes the
/// supervisor read init/1 again and leaves its children alone: a new one is known but not started, one
/// that is gone stays (supervisor:code_change/3, appup cookbook). `restarted`: modules whose children are
/// restarted though their specification is the same. None where canInstruct() says no.
[[nodiscard]] ChildInstructions childInstructions(const SupervisorSpec &from, const SupervisorSpec &to,
                                                  const QSet<QByteArray> &restarted);

/// Whether the supervisor can be told to end and start children: it has a name and a fixed set of them.
[[nodiscard]] bool canInstruct(const SupervisorSpec &from, const SupervisorSpec &to);

/// Whether a child of one specification can't go on as that of the other: another module, another type.
[[nodiscard]] bool isAnother(const ChildSpec &before, const ChildSpec &after);

/// What of a supervisor's change the instructions can't do, or when it takes effect.
[[nodiscard]] QList<Issue> supervisorNotes(const QByteArray &module, const SupervisorSpec &older,
                                           const SupervisorSpec &newer);

} // namespace handover::rules

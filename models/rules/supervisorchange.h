// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/proposal.h"
#include "models/rules/supervisorspec.h"

namespace handover::rules {

/// What has to be done about a supervisor's children beside updating it, in one direction.
struct ChildInstructions
{
    QList<ProposedInstruction> before; ///< children to end; before any code is changed
    QList<ProposedInstruction> after;  ///< children to start; when all code is there
};

/// The instructions to go from one version of a supervisor's children to another. `update` makes the
/// supervisor read init/1 again and leaves its children alone: a new one is known but not started, one
/// that is gone stays (supervisor:code_change/3, appup cookbook). None if the supervisor has no name.
[[nodiscard]] ChildInstructions childInstructions(const SupervisorSpec &from, const SupervisorSpec &to);

/// What of a supervisor's change the instructions can't do, or when it takes effect.
[[nodiscard]] QList<Issue> supervisorNotes(const QByteArray &module, const SupervisorSpec &older,
                                           const SupervisorSpec &newer);

} // namespace handover::rules

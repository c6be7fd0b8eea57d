// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/abstractcode.h"

namespace handover::rules {

/// The states of a state machine that are functions of its module: StateName/3, called by the name of the
/// state a process is in (gen_statem(3), callback_mode/0).
struct StateNames
{
    bool functions = false; ///< callback_mode/0 gives state_functions; if not, there are no names here
    QList<QByteArray> names; ///< sorted; exported, and the code goes into such a state or takes events in it
};

[[nodiscard]] StateNames findStateNames(const AbstractCode &code, const QList<erlang::FunctionName> &exports);

} // namespace handover::rules

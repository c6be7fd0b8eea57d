// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/codechange.h"
#include "models/rules/moduleplan.h"

namespace handover::rules {

/// What is known of a module that processes run, in both versions.
struct ProcessChange
{
    QByteArray module;
    ModuleRole role;                   ///< of the newer
    std::optional<AbstractCode> older; ///< nothing: stripped
    std::optional<AbstractCode> newer;
    QList<erlang::Term> olderStateRecord; ///< the attribute -state_record
    QList<erlang::Term> newerStateRecord;
    QList<erlang::FunctionName> olderExports;
    QList<erlang::FunctionName> newerExports;
};

/// Decides between a soft and an advanced update by what happened to the state and to code_change, and
/// says what a person has to look at: a changed state that nothing converts would crash the process.
void planProcess(ModulePlan &plan, const ProcessChange &change);

} // namespace handover::rules

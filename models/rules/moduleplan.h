// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/modulechange.h"
#include "models/rules/modulerole.h"
#include "models/rules/supervisorspec.h"

namespace handover::rules {

/// How a changed module comes into a running system.
struct ModulePlan
{
    enum class Way {
        Load,       ///< load_module: no process is touched
        Soft,       ///< update: its processes are suspended while the code is replaced
        Advanced,   ///< update, and code_change converts their state
        Supervisor, ///< update of a supervisor: it reads init/1 again
    };
    Way way = Way::Load;
    QString reason;
    QList<Issue> notes;
    std::optional<QByteArray> codeChange; ///< source text to paste
    /// Processes of the older code can't go on with the newer, if there are any.
    enum class Stale {
        No,
        Plain,     ///< it makes processes but is no behaviour; whether a supervisor has them isn't looked at
        Behaviour, ///< it had another one
    };
    Stale stale = Stale::No;
    QByteArray olderBehaviour; ///< Stale::Behaviour: OTP's names of them
    QByteArray newerBehaviour;
    bool stateDiffers = false;            ///< a state of the older version must be converted
    bool noDebugInfo = false;             ///< what its processes hold couldn't be looked at
    bool childrenRead = false;            ///< of a supervisor that is OTP's own
    SupervisorSpec olderChildren;
    SupervisorSpec newerChildren;
};

/// What a module needs from outside of itself to be understood.
struct PlanContext
{
    ModuleLookup behaviours;
    /// Calls of supervisor:start_link for a module, anywhere in the older or the newer application.
    std::function<QList<SupervisorStart>(const QByteArray &module)> olderStarts;
    std::function<QList<SupervisorStart>(const QByteArray &module)> newerStarts;
};

/// Plans for a module that both versions have. Errors: those of reading the module.
[[nodiscard]] Result<ModulePlan> planModule(const ModuleChange &change, const PlanContext &context);

/// A note about a module, filed under the name of its source.
[[nodiscard]] Issue moduleNote(Severity severity, const QString &code, const QByteArray &module, const QString &message);

} // namespace handover::rules

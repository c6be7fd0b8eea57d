// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/beamfile.h"

#include <functional>

namespace handover::rules {

/// Finds a module of the release by name, for behaviours that applications define themselves.
using ModuleLookup = std::function<std::optional<erlang::BeamFile>(const QByteArray &module)>;

/// What processes run a module's code, as its behaviours and exports tell.
struct ModuleRole
{
    enum class Kind {
        Plain,      ///< no process of its own: functions that others call
        Supervisor, ///< init/1 gives child specifications
        Process,    ///< callbacks of a process with a state
    };
    Kind kind = Kind::Plain;
    QByteArray behaviour;  ///< that decides, as the module names it; empty if the exports do
    QByteArray foundation; ///< OTP's behaviour below it: gen_server, gen_statem, …; "sys": a special process
    bool codeChange = false;    ///< exports what converts a state
    bool direct = false;        ///< the behaviour is OTP's own
    bool severalKinds = false;  ///< its behaviours want to be updated in different ways
    QList<QByteArray> unknown;  ///< behaviours that are nowhere to be found

    /// Whether the callbacks hold a state name beside the state: code_change/4.
    [[nodiscard]] bool hasStateName() const { return foundation == "gen_statem" || foundation == "gen_fsm"; }
    [[nodiscard]] qsizetype codeChangeArity() const { return hasStateName() ? 4 : 3; }
};

/// Whether it makes processes itself, with spawn and the like: then they may run code of its own.
[[nodiscard]] bool spawnsProcesses(const erlang::BeamFile &module);

/// Errors: those of reading the module.
[[nodiscard]] Result<ModuleRole> roleOf(const erlang::BeamFile &module, const ModuleLookup &lookup);

} // namespace handover::rules

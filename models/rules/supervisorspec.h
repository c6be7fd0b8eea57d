// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/abstractcode.h"

#include <QString>

namespace handover::rules {

/// A child specification with the defaults of supervisor(3) filled in; parts may be unknownValue().
struct ChildSpec
{
    erlang::Term id;
    erlang::Term module; ///< of start
    erlang::Term function;
    erlang::Term arguments;
    erlang::Term restart;
    erlang::Term shutdown;
    erlang::Term type;
    erlang::Term modules;
};

/// What init/1 of a supervisor gives, as far as it stands in its code; no code is run.
struct SupervisorSpec
{
    bool known = false;    ///< init/1 was understood, at least in part
    bool complete = false; ///< all children are in `children`
    erlang::Term strategy;
    erlang::Term intensity;
    erlang::Term period;
    QList<ChildSpec> children; ///< in start order
    /// What processes call it by: a registered name, {global, Name} or {via, Module, Name}.
    std::optional<erlang::Term> reference;

    [[nodiscard]] bool isSimple() const { return strategy.isAtom("simple_one_for_one"); }
    [[nodiscard]] const ChildSpec *find(const erlang::Term &id) const;
};

/// A call supervisor:start_link(…) for a supervisor module, wherever it stands.
struct SupervisorStart
{
    std::optional<erlang::Term> reference; ///< none: started without a name, or not known with which
    erlang::Term argument;                 ///< of init/1; may be unknownValue()
};

/// The calls in `code` that start the supervisor `module`.
[[nodiscard]] QList<SupervisorStart> supervisorStarts(const AbstractCode &code, const QByteArray &module);

/// Evaluates init/1 with the argument that all of `starts` agree on.
[[nodiscard]] SupervisorSpec readSupervisor(const AbstractCode &code, const QList<SupervisorStart> &starts);

} // namespace handover::rules

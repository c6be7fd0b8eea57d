// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/statechange.h"

namespace handover::rules {

/// What a module's code_change does with the state, as far as it stands in its code.
struct Converter
{
    enum class Kind {
        Missing,
        Trivial, ///< gives the state back as it is
        Own,     ///< converts something
    };
    Kind kind = Kind::Missing;
    bool handlesDown = false;  ///< a clause takes {down, Vsn}
    bool takesNoExtra = false; ///< a clause takes [] as the last argument
};

/// `arity`: 3, or 4 for gen_statem and gen_fsm.
[[nodiscard]] Converter findConverter(const AbstractCode &code, qsizetype arity);
[[nodiscard]] bool sameConverter(const AbstractCode &older, const AbstractCode &newer, qsizetype arity);

/// Source text of code_change for the newer module, that converts the older state record into the newer
/// and, for {down, _}, back; each record that isn't defined in the newer module is written as a tuple.
/// `there`: whether the module has a code_change, before whose clauses the text goes. Nothing for
/// states that are no records. The text compiles; values nobody can know are `undefined`, and said.
[[nodiscard]] std::optional<QByteArray> codeChangeText(const StateChange &change, qsizetype arity, bool there);

} // namespace handover::rules

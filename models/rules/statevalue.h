// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/abstractcode.h"

#include <QSet>

namespace handover::rules {

/// The form of the state that a process of a module keeps, as far as it stands in the code.
struct StateShape
{
    enum class Kind {
        Unknown,
        Record, ///< of that name, with these fields
        Map,    ///< with at least these keys
        Tuple,  ///< {Tag, …} of that many elements
        Other,  ///< an atom, a number, a list: nothing with fields
    };
    Kind kind = Kind::Unknown;
    QByteArray record;         ///< the record's name, or the tuple's tag
    QList<RecordField> fields; ///< of a record
    QList<erlang::Term> keys;  ///< of a map, sorted
    qsizetype elements = 0;    ///< of a tuple
    QSet<QByteArray> records;  ///< that stand in it: in what init/1 makes, in the defaults and types of fields
};

/// Where a behaviour's callbacks hold the state.
struct StatePlace
{
    bool second = false; ///< {ok, StateName, Data}: gen_statem, gen_fsm
};

/// Finds the state in the code: the record that -state_record(Name) names; else what init/1 returns,
/// or enter_loop takes, through variables, branches and local functions; else the record that the
/// callbacks take apart. `attribute`: the value of -state_record, if any.
[[nodiscard]] StateShape findState(const AbstractCode &code, StatePlace place, const QList<erlang::Term> &attribute);

/// The form of what a function gives.
[[nodiscard]] StateShape findResult(const AbstractCode &code, const QByteArray &function, qsizetype arity);

/// The calls of other modules' functions that stand in the state which init/1 makes.
[[nodiscard]] QList<Call> stateMakers(const AbstractCode &code, StatePlace place);

} // namespace handover::rules

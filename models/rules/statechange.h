// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/statevalue.h"

#include <QString>

namespace handover::rules {

/// What happened to one field of a state record.
struct FieldChange
{
    enum class Kind {
        Added,
        Removed,
        Moved,      ///< it stands elsewhere among the fields that both have
        Retyped,    ///< its type in the record definition differs
        NewDefault, ///< its default does; a running process keeps its value
    };
    Kind kind = Kind::Added;
    QByteArray field;
    QByteArray perhaps; ///< Added: the removed field that it might be, under another name; Removed: the reverse

    [[nodiscard]] QString words() const;
};

/// How a state of the older version relates to one of the newer.
struct StateChange
{
    enum class Verdict {
        Unknown, ///< one of them isn't known
        Same,    ///< a process can go on with the state it has
        Differs, ///< the state must be converted
    };
    Verdict verdict = Verdict::Unknown;
    StateShape older;
    StateShape newer;
    QList<FieldChange> fields; ///< of records, in the order of the newer, then the removed ones

    /// "tick is gone; step is new", for the end of a sentence; empty if there is nothing to tell.
    [[nodiscard]] QString words() const;
};

[[nodiscard]] StateChange compareStates(const StateShape &older, const StateShape &newer);

} // namespace handover::rules

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <QList>
#include <QString>

namespace handover::appup {

/// The full form of an instruction, as systools_rc:expand_script/1 makes it; others come back as
/// they are. Only instructions that stand directly in the rule's list are expanded by OTP.
[[nodiscard]] erlang::Term expanded(const erlang::Term &instruction);

/// What is wrong with an instruction, by the rules of systools_rc:check_op/1.
struct InstructionProblem
{
    enum class Kind {
        Unknown,        ///< neither the name nor the number of arguments is one OTP has
        BadArgument,    ///< bad_module, bad_purge_method and so on
        Misplaced,      ///< before or beyond point_of_no_return
        OnlyTranslated, ///< systools takes it, the release handler refuses it
    };
    Kind kind = Kind::Unknown;
    QString message;
    TextRange range;
};

/// Checks the instructions of a rule as written; members of nested lists must be full forms.
[[nodiscard]] QList<InstructionProblem> checkInstructions(const QList<erlang::Term> &instructions);

} // namespace handover::appup

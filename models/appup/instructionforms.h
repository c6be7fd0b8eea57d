// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

namespace handover::appup {

enum class Argument {
    Module,
    Change,
    Purge,
    Application,
    StartType,
    Timeout,
    ModuleType,
    ObjectCode,
    ModuleWithPurges,
    Modules,
    SuspendModules,
    Changes,
    Mode,
    Any,
    Call,
    CallOrNodes,
};

/// An instruction of the appup reference manual in its full form, {name, arguments…}.
struct InstructionForm
{
    const char *name;
    QList<Argument> arguments;
};

[[nodiscard]] const InstructionForm *
formOf(const erlang::Term &instruction); ///< nullptr: none of that name and size
[[nodiscard]] bool argumentFits(const erlang::Term &term, Argument argument);
[[nodiscard]] QString argumentWords(Argument argument); ///< "a module (an atom)"

[[nodiscard]] QByteArrayList instructionNames(); ///< of all of them
/// All ways to write an instruction, short ones too, for people; empty if there is none of the name.
[[nodiscard]] QString writtenForms(QByteArrayView name);
/// The instruction that was probably meant; empty if none is near.
[[nodiscard]] QString similarInstruction(QByteArrayView name);

} // namespace handover::appup

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <QList>
#include <QString>

namespace handover::appup {

/// What should happen to the processes of a module, as a person answers it.
enum class ModuleAnswer {
    Nothing,            ///< the rule leaves it alone
    Load,               ///< no process runs in it
    Suspend,            ///< processes keep their state as it is
    Convert,            ///< processes keep their state, which has another shape: code_change
    Supervisor,         ///< its children changed: it reads init/1 again
    Add,                ///< new in this version
    Delete,             ///< gone from this version
    RestartApplication, ///< the processes may lose their state
    RestartEmulator,
};
[[nodiscard]] QList<ModuleAnswer> moduleAnswers();
[[nodiscard]] QString answerWords(ModuleAnswer answer); ///< for a list to choose from

struct ModuleChoice
{
    QByteArray module;
    ModuleAnswer answer = ModuleAnswer::Nothing;
    friend bool operator==(const ModuleChoice &, const ModuleChoice &) = default;
};

/// What becomes of processes that still run a module's old code when it is loaded a second time.
enum class OldCode {
    End,    ///< brutal_purge, OTP's default
    Refuse, ///< soft_purge: the upgrade is refused
};

/// The instructions of an upgrade: new modules first, removed ones last. A restart of the application,
/// or of the emulator, loads everything, and then is the only instruction. The way back is
/// mirrored() of them.
[[nodiscard]] QList<erlang::Term> chosenInstructions(const QByteArray &application, const QList<ModuleChoice> &choices,
                                                     OldCode oldCode);

} // namespace handover::appup

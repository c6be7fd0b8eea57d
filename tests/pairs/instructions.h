// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/pairs/dice.h"
#include "tests/pairs/world.h"

namespace handover::pairs {

/// What is to be done with a module.
struct Step
{
    enum class Kind { Update, Load, Add, Delete };

    Kind kind = Kind::Update;
    QString module;
    QStringList dependencies;
};

/// An instruction and what it is an example of ("update/3 soft").
struct Instruction
{
    Value value;
    QString form;
    /// A short form is only known at the top of a script, not in a list within it.
    bool isShort = false;
};

/// One of the forms that the step can be written in.
[[nodiscard]] Instruction instructionFor(const Step &step, Dice &dice);

/// Low-level instructions that load, remove or disturb a module; they keep their order.
[[nodiscard]] QList<Instruction> lowLevelFor(const QString &module, bool removed, const QString &app,
                                             const QString &vsn, Dice &dice);

/// An instruction that stands for itself: apply, sync_nodes, restarts of the emulator, …
[[nodiscard]] Instruction aside(Dice &dice);

[[nodiscard]] Instruction applyOf(const QString &module, const QString &function,
                                  const QList<Value> &arguments);
[[nodiscard]] Instruction loadObjectCode(const QString &app, const QString &vsn, const QStringList &modules);
[[nodiscard]] Instruction addApplication(const QString &app, Dice &dice);

} // namespace handover::pairs

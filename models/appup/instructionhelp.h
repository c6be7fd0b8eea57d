// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/textrange.h"

#include <QByteArrayList>
#include <QString>

namespace handover::appup {

/// What a word of an appup means, for people who write one: the instructions of appup(4) and the
/// atoms among their arguments.
struct InstructionHelp
{
    enum class Level {
        High, ///< written in appups, translated by systools
        Low,  ///< what the release handler carries out; may be written, too
        Word, ///< an argument
    };

    QByteArray name;
    Level level = Level::Word;
    QByteArrayList forms; ///< with named arguments: "{load_module, Mod, DepMods}"; none for a Word
    QString does;         ///< to the running system
    QString use;          ///< when to write it
    QString costs;        ///< empty for a Word that costs nothing of its own
    QString address;      ///< of the page in OTP's documentation, with its anchor
};

[[nodiscard]] const QList<InstructionHelp> &instructionHelp();
/// Null: no such word.
[[nodiscard]] const InstructionHelp *helpOn(QByteArrayView name);

/// The word that a place in a text touches, if there is help on it.
struct HelpPlace
{
    const InstructionHelp *help = nullptr;
    TextRange range;
};
/// Words in comments, strings and quoted atoms are none.
[[nodiscard]] HelpPlace helpAt(QByteArrayView text, qsizetype offset);

/// The form as it can be inserted: what has a default is that default, what is to be filled in
/// (Mod, App, …) keeps its name. "{update, Mod, {advanced, []}}".
[[nodiscard]] QByteArray insertable(QByteArrayView form);

} // namespace handover::appup

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/textrange.h"

#include <QByteArrayList>
#include <QString>

namespace handover::appup {

/// What exists in the version gone to, and which versions there are to come from.
struct CompletionContext
{
    QByteArrayList modules;  ///< of the application, sorted
    QStringList versions;    ///< the application's other vsns, newest first
    QByteArrayList applications;
};

/// Something that can stand at the caret.
struct Completion
{
    enum class Kind { Instruction, Module, Application, Word, Version, Pattern, Rule };

    Kind kind = Kind::Word;
    QByteArray filter; ///< what typing is compared with
    QByteArray label;  ///< what the list shows
    QByteArray insert; ///< what replaces the range
    QString about;     ///< what it means, for beside the list; may be empty
    friend bool operator==(const Completion &, const Completion &) = default;
};

/// What can stand at the caret of an appup, and the range that the chosen one replaces.
struct Completions
{
    TextRange replace;
    QByteArray typed; ///< what of it is there already
    QList<Completion> items;
    /// Whether to show them while somebody types, without being asked.
    bool unasked = false;
};

/// A pure function of the text and the caret. Reads the text before the caret only (and the word
/// and the closing bracket that the caret touches), so it works on what is half written. The items
/// are those that fit what is typed: first those that begin with it, then those that contain it.
[[nodiscard]] Completions completionsAt(QByteArrayView text, qsizetype caret, const CompletionContext &context);

/// Where in an inserted form something is left to be filled in: Mod, App, …
[[nodiscard]] QList<TextRange> blanksOf(QByteArrayView inserted);

} // namespace handover::appup

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace handover {

/// A question that is asked before something can't be taken back, and its answer. Whoever asks it says what was
/// really looked at: what could not be looked at is Impossible, never Passed.
struct Check
{
    enum class Outcome {
        Passed,
        Warning,    ///< goes, but somebody should know
        Failed,     ///< would not go, or would do harm
        Impossible, ///< can't be found out here; the words say why
    };
    QString id;    ///< stable, untranslated: "space", "libraries", "purge"
    QString title; ///< two or three words: "Free space"
    Outcome outcome = Outcome::Impossible;
    QString words;       ///< what was found, in a sentence
    QString remedy{};      ///< what to do, in a sentence; empty when Passed
    QStringList details{}; ///< a line each: the processes, the libraries, the keys

    friend bool operator==(const Check &, const Check &) = default;
};
/// Checks as plain text, a line each with a sign of its outcome; below it what to do and the details.
[[nodiscard]] QStringList checkLines(const QList<Check> &checks);
[[nodiscard]] QString outcomeName(Check::Outcome outcome); ///< "passed", "warning", "failed", "impossible"; untranslated
/// Of several: Failed before Warning before Impossible before Passed. Passed for none.
[[nodiscard]] Check::Outcome worstOutcome(const QList<Check> &checks);

} // namespace handover

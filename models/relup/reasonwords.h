// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <QString>

#include <optional>

namespace handover::relup {

/// A reason for people: what is wrong and what to do about it, a sentence each.
struct ReasonWords
{
    QString message;
    QString hint;
};

/// Those of systools_relup and of systools_rc; nothing if it isn't known.
[[nodiscard]] std::optional<ReasonWords> relupReasonWords(const erlang::Term &reason);
[[nodiscard]] std::optional<ReasonWords> scriptReasonWords(const erlang::Term &reason);
/// What it comes to that OTP raises an exception.
[[nodiscard]] ReasonWords raisedWords(const erlang::Term &reason);

/// A term in a sentence, not too long.
[[nodiscard]] QString inWords(const erlang::Term &term);
/// The text of a string, else the term.
[[nodiscard]] QString textOf(const erlang::Term &term);

} // namespace handover::relup

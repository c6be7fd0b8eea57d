// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/reasonwords.h"

namespace handover::relup {

/// The reasons of systools_make for people; nothing for one that isn't known.
[[nodiscard]] std::optional<ReasonWords> makeReasonWords(const erlang::Term &reason);

/// What is wrong with one application of a release, an element of systools_make's list:
/// {error_reading, {Name, What}} or {bad_application_name, {Name, {Found, Vsn}}}.
[[nodiscard]] std::optional<ReasonWords> applicationProblemWords(const erlang::Term &problem);

/// A message of erl_parse for a line of a file: ["syntax error before: ", Token] or "bad term".
[[nodiscard]] ReasonWords syntaxErrorWords(const QString &file, const erlang::Term &line,
                                           const erlang::Term &message);

} // namespace handover::relup

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <optional>

/// How systools_make looks at the values in .rel and .app files.
namespace handover::relup {

/// Of a value where a string must stand. Anything else than a list of characters is refused, but what
/// isn't even text in the wider sense (a list of characters, binaries and such lists) makes OTP crash
/// with badarg.
enum class StringCheck { String, NoString, Crash };
[[nodiscard]] StringCheck checkString(const erlang::Term &value);

/// The names of a proper list of atoms; nothing if it is something else.
[[nodiscard]] std::optional<QList<QByteArray>> atomNames(const erlang::Term &value);
[[nodiscard]] erlang::Term atomList(const QList<QByteArray> &names);

/// {'EXIT', {Error, Stack}}, which stands in a reason where OTP crashed and caught it; the stack is left out.
[[nodiscard]] erlang::Term exitTerm(const erlang::Term &error);

} // namespace handover::relup

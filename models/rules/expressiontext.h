// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <QByteArray>

#include <optional>

namespace handover::rules {

/// The source text of an expression in abstract form, as far as it means the same in another module:
/// literals, tuples, lists, maps, strings in binaries, operators, calls with a module, fun M:F/A. Nothing
/// for the rest, such as local functions, records and variables.
[[nodiscard]] std::optional<QByteArray> expressionText(const erlang::Term &expression);

} // namespace handover::rules

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/textrange.h"

#include <optional>

namespace handover::ui {

/// A bracket and the one that belongs to it.
struct BracketPair
{
    TextRange one;
    TextRange other; ///< empty: there is none, or one of another kind
};

/// The bracket that the caret touches, (), [], {} or <<>>, rather the one behind it than the one
/// before it. Those in strings, atoms and comments are none.
[[nodiscard]] std::optional<BracketPair> bracketAt(QByteArrayView text, qsizetype caret);

/// The columns of white space for the line that begins at the offset, as Erlang's own mode has
/// them: below what stands behind the innermost open bracket, or two more than the line of a bracket
/// that ends its line. A closing bracket stands below its opening one. Nothing inside a string.
[[nodiscard]] std::optional<int> indentationAt(QByteArrayView text, qsizetype lineBegin);

} // namespace handover::ui

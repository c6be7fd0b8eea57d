// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <QByteArrayView>

namespace handover::erlang {

/// Where lines, blanks and comments of a text are. "Blank" is white space on one line; offsets must not
/// lie within strings, quoted atoms or comments.

[[nodiscard]] bool isBlank(QByteArrayView text); ///< no line end either
[[nodiscard]] bool isSpace(QByteArrayView text); ///< nothing but white space, with line ends
[[nodiscard]] qsizetype lineBegin(QByteArrayView text, qsizetype offset);
[[nodiscard]] qsizetype lineEnd(QByteArrayView text, qsizetype offset); ///< of the '\n' or of the text
[[nodiscard]] bool startsLine(QByteArrayView text, qsizetype offset);   ///< only blanks before it
[[nodiscard]] qsizetype skipBlanks(QByteArrayView text, qsizetype offset);
/// The end of the comment that only blanks separate from the offset; the offset if there is none.
[[nodiscard]] qsizetype commentEnd(QByteArrayView text, qsizetype offset);

/// What indents a line to the column of the offset: the tabs of its line, blanks for all else.
[[nodiscard]] QByteArray indentationTo(QByteArrayView text, qsizetype offset);
[[nodiscard]] QByteArray newlineOf(QByteArrayView text);
/// What stands behind the first comma that has something behind it on its line; a blank if there is none.
[[nodiscard]] QByteArray spacingOf(QByteArrayView text);

/// A term for a place in the text whose line begins with that indentation, in the text's encoding.
[[nodiscard]] QByteArray printedFor(QByteArrayView text, const Term &term, const QByteArray &indentation);

} // namespace handover::erlang

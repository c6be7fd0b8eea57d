// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/erlang/term.h"

#include <QByteArrayView>
#include <QList>

namespace handover::erlang {

/// Edits that change one part of a document and leave every other byte alone. All are pure functions;
/// `text` is the very text that the terms were parsed from. The edits of a list don't overlap, stand in
/// the order of the text, and are to be applied together (applyEdits).
///
/// What is new is laid out as ~tp lays it out, from the column where it goes, with the document's line
/// ends, encoding and tabs. Comments stay, except within what goes and behind an element that goes.
///
/// Errors: erlang.edit, for a term that was not parsed from this text, an index out of range, and what
/// isn't written as a plain list or tuple (text, a list with a tail, maps); misuse or refusal.

/// Puts a term in the place of another one. Not for the parts of a fun.
[[nodiscard]] Result<TextEdit> replaceTerm(QByteArrayView text, const Term &old, const Term &replacement);

/// Inserts an element before the one with that index, or at the end. It takes the layout of its
/// neighbours: on the same line, or on one of its own, with the comma before or behind it.
[[nodiscard]] Result<QList<TextEdit>> insertItem(QByteArrayView text, const Term &container, qsizetype index,
                                                 const Term &item);

/// Removes an element with its comma. Where no other element stands on its line, the comment behind it
/// goes, too, and so do lines that hold nothing else.
[[nodiscard]] Result<QList<TextEdit>> removeItem(QByteArrayView text, const Term &container, qsizetype index);

[[nodiscard]] QByteArray applyEdits(QByteArrayView text, const QList<TextEdit> &edits);

} // namespace handover::erlang

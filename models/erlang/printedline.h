// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

namespace handover::erlang {

/// Where a part of a term stands in the line it is printed on, for a printer that breaks that line.
struct Piece
{
    enum class Kind : quint8 {
        Word,    ///< never broken: atoms, numbers, text, [], {}, #{}…
        Numbers, ///< a binary as numbers
        List,
        Tuple,
        TaggedTuple, ///< begins with an atom and has something behind it
        Map,         ///< parts: key, value, key, value…
    };

    Kind kind = Kind::Word;
    bool improper = false; ///< List: the last part is the tail
    qsizetype begin = 0;   ///< bytes of the line
    qsizetype end = 0;
    qsizetype width = 0; ///< columns, as io_lib:chars_length/1 counts them
    qsizetype next = 0;  ///< index of the first piece that is no part of this one
};

/// A term as ~0tp writes it, and its parts: first the whole, each before its own parts.
struct PrintedLine
{
    QByteArray text;
    QList<Piece> pieces;
};

[[nodiscard]] PrintedLine printLine(const Term &term);

} // namespace handover::erlang

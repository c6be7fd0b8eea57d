// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <compare>

namespace handover::erlang {

/// What a term holds; which members count depends on the kind.
struct Term::Data
{
    Kind kind = Kind::List;
    bool improper = false; ///< List: the last of items is the tail
    quint8 lastBits = 0;   ///< Bitstring: bits of the last byte that count, from its top
    TextRange range;
    qint64 integer = 0; ///< Integer, if digits is empty
    double real = 0;
    QByteArray bytes;  ///< Atom: name in UTF-8; Binary, Bitstring: contents; Integer: the
                       ///< decimal digits with sign of one that needs more than 64 bits
    QString text;      ///< String
    QList<Term> items; ///< List, Tuple; Map: key, value, … sorted; Fun: module, function, arity
};

/// Erlang's order of terms where integers stand before floats: that of map keys (erlang reference
/// manual, "Term Comparisons"). Equal means =:=.
[[nodiscard]] std::strong_ordering compareTerms(const Term &left, const Term &right);

/// Turns key, value, key, value… into the items of a map: sorted, of equal keys the last one.
[[nodiscard]] QList<Term> mapItems(QList<Term> pairs);

} // namespace handover::erlang

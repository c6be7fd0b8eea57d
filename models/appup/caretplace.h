// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/textrange.h"

#include <QByteArrayList>

namespace handover::appup {

/// Where a caret stands among the brackets of a text that is being typed, so broken most of the
/// time: only what stands before the caret is read.
struct CaretPlace
{
    enum class Bracket { Tuple, List, Binary, Call };

    /// A bracket that is open at the caret, outermost first.
    struct Level
    {
        Bracket bracket = Bracket::Tuple;
        qsizetype begin = 0;       ///< of the bracket
        int index = 0;             ///< of the element the caret is in: the commas before it
        QByteArrayList beginnings; ///< the first token of each element before that one
    };
    QList<Level> levels;

    TextRange word;          ///< the atom, number or variable that ends at the caret, or nothing
    TextRange string;        ///< from the quote of a string that is open at the caret; or nothing
    bool inComment = false;
    bool elementBegun = false; ///< something of the element stands before the word already
};

[[nodiscard]] CaretPlace placeOfCaret(QByteArrayView text, qsizetype caret);

} // namespace handover::appup

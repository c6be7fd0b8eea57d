// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/erlang/term.h"

#include <QByteArrayView>
#include <QList>

namespace handover::erlang {

/// Where the brackets, elements and commas of a list or tuple stand in the text it was parsed from.
struct Elements
{
    TextRange opening;
    TextRange closing;
    QList<TextRange> items;  ///< with the parentheses that may be around one
    QList<qsizetype> commas; ///< commas[i] stands behind items[i]

    [[nodiscard]] qsizetype size() const noexcept { return items.size(); }
};

/// Errors: erlang.edit (not parsed from this text; not written as a plain list or tuple).
[[nodiscard]] Result<Elements> elementsOf(QByteArrayView text, const Term &container);

/// Errors: erlang.edit if the term can't have been parsed from this text.
[[nodiscard]] Result<> checkRange(QByteArrayView text, const Term &term);

[[nodiscard]] std::unexpected<Error> indexOutOfRange(qsizetype index);

} // namespace handover::erlang

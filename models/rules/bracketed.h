// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <QByteArrayList>

namespace handover::rules {

/// `open`, the items with commas between them, `close`: on one line that begins at `column` (from 0) if it
/// fits into 100 columns, else broken after commas, the lines indented to the first item.
[[nodiscard]] QByteArray bracketed(const QByteArray &open, const QByteArrayList &items, const QByteArray &close,
                                   qsizetype column);

/// A term on one line as people write it: a space after every comma.
[[nodiscard]] QByteArray spaced(const erlang::Term &term);

} // namespace handover::rules

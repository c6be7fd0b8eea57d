// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

namespace handover::erlang {

/// A term as io_lib:format("~tp", [Term]) of OTP 27 writes it, byte for byte, in lines of 80 columns
/// (module io_lib_pretty). What can't be the same is said with printTerm: the order of keys in maps
/// with several atoms as keys or with more than 32 keys, and some funs.
/// `column` is where the first line begins, counted from 1; the other lines are indented to it. Takes
/// time linear in the size of the output.
[[nodiscard]] QByteArray printPretty(const Term &term, qsizetype column = 1);

/// A file that holds one term, as systools writes a relup: a line that tells the encoding, the term
/// and a full stop.
[[nodiscard]] QByteArray printFile(const Term &term);

} // namespace handover::erlang

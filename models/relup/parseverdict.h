// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <QByteArrayView>

namespace handover::relup {

/// What systools_lib:read_term/1 comes to with a text that is no term.
struct ParseVerdict
{
    enum class Kind {
        Parse, ///< {parse, File, {Line, erl_parse, Message}}
        Read,  ///< {read, File}: empty, or erl_scan stumbles over it
        Crash, ///< the first bytes are no UTF-8, which its file server doesn't survive
    };

    Kind kind = Kind::Read;
    int line = 1;
    erlang::Term message;
};

/// For a text that parseFirstTerm() refuses. The line is that of the first token after which no
/// expression of the language can go on, which need not be where a term can't; the message is OTP's in
/// ordinary cases. Expressions that begin with a word (case, fun…) are followed a little way only.
[[nodiscard]] ParseVerdict parseVerdict(QByteArrayView text);

} // namespace handover::relup

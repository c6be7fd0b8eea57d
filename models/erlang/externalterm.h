// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/erlang/term.h"

#include <QByteArrayView>

namespace handover::erlang {

/// Bounds on hostile input, in the external term format.
struct ExternalLimits
{
    int depth = 2000;
    qsizetype terms = 5'000'000;
    qsizetype bytes = 256 * 1024 * 1024; ///< of the data after decompression
};

/// Reads what term_to_binary/1 wrote (ERTS User's Guide, "External Term Format"), compressed or not:
/// everything that can stand in a file. Pids, ports, references and closures can't.
/// Errors: erlang.external-term (what is wrong, at which byte). Reentrant.
[[nodiscard]] Result<Term> readExternalTerm(QByteArrayView bytes, const ExternalLimits &limits = {});

} // namespace handover::erlang

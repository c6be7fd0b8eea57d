// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <QString>

namespace handover::node {

/// Why the release handler, or relx's script that calls it, did not do what it was told: what its error means and what to
/// do about it. The errors are those of release_handler(3) and of the modules behind it in OTP 25 to 28; what a relup's
/// own functions fail with is told by where they failed.
struct HandlerReason
{
    QString cause;  ///< a sentence; empty: not one that is known
    QString remedy; ///< a sentence; may be empty

    [[nodiscard]] QString remedyOr(const QString &other) const { return remedy.isEmpty() ? other : remedy; }
};

/// Of what the script printed, or of what a call answered: the reason in it may go over several lines, and have pids and
/// functions in it, which no Erlang file could have.
[[nodiscard]] HandlerReason handlerReason(const QString &raw);
[[nodiscard]] HandlerReason handlerReason(const erlang::Term &error); ///< {error, Reason}, {'EXIT', Reason} or Reason

} // namespace handover::node

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

namespace handover::relup {

/// An atom's name; empty for what is none.
[[nodiscard]] inline QByteArray nameOf(const erlang::Term &term) { return term.atomName().value_or(QByteArray()); }

} // namespace handover::relup

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/reason.h"

namespace handover::relup {

/// A reason of systools_rc: {Tag, Value}.
[[nodiscard]] std::unexpected<Reason> scriptReason(QByteArrayView tag, const erlang::Term &value);
/// What a crash within the translation comes to; systools_rc catches it.
[[nodiscard]] std::unexpected<Reason> scriptCrash(QByteArrayView error);

/// systools_rc's check of one instruction in its full form: its arguments from left to right.
[[nodiscard]] Answer<void> checkSyntax(const erlang::Term &instruction);

} // namespace handover::relup

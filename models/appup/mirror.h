// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"

namespace handover::appup {

/// The instructions that undo others: in reverse, what adds deletes and what deletes adds. Nothing if
/// one of them has no reverse (apply, and the low-level ones, which only a person can turn round).
[[nodiscard]] std::optional<erlang::Term> mirrored(const QList<erlang::Term> &instructions);

/// The entry for the other list that goes the rule's way back. Nothing for an ignored rule, and as above.
[[nodiscard]] std::optional<erlang::Term> wayBack(const Rule &rule);

} // namespace handover::appup

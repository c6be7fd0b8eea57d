// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/proposal.h"

namespace handover::rules {

/// The text of an appup with the proposal's entries at the head of those lists in which no rule takes its
/// older version; every other byte as it was. The same text if both take it. Errors:
/// rules.appup-unreadable (the text is no appup, or a template with {{vsn}} outside of strings).
[[nodiscard]] Result<QByteArray> withProposal(const QByteArray &text, const Proposal &proposal);

} // namespace handover::rules

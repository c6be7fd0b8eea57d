// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/proposal.h"

namespace handover::rules {

/// An entry {Vsn, Instructions} as people lay it out, one instruction on a line; it begins at `column` (from 0).
[[nodiscard]] QByteArray entryText(const QString &vsn, const QList<ProposedInstruction> &instructions,
                                   qsizetype column);

/// A whole appup file with one entry in each list. UTF-8, which is what OTP reads without being told.
[[nodiscard]] QByteArray appupText(const Proposal &proposal);

} // namespace handover::rules

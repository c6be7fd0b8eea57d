// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/changes/differences.h"
#include "models/rules/proposal.h"

#include <QSet>

namespace handover::workspace {

/// A proposal without what is about the modules left out: their instructions, calls that name them, and
/// what depends on them (DepMods). Its text is empty, since a person would lay it out otherwise.
[[nodiscard]] rules::Proposal without(const rules::Proposal &proposal, const QSet<QByteArray> &leftOut);

/// The differences of the other modules.
[[nodiscard]] changes::AppDifference without(const changes::AppDifference &difference, const QSet<QByteArray> &leftOut);

} // namespace handover::workspace

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/check.h"
#include "models/node/installation.h"

namespace handover::app {

/// Each with its mark and words, and below it what to do and the details.
void printChecks(const QList<Check> &checks);
/// A step that ended, in a line.
[[nodiscard]] QString stepLine(const node::Step &step);

} // namespace handover::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/moduleplan.h"
#include "models/rules/supervision.h"

namespace handover::rules {

/// rules.not-in-modules: updated modules that no child specification names, so that the release handler
/// finds no process to suspend and never calls code_change. Nothing where not all children are known.
/// `elsewhere`: whether another application's supervisors name the module.
[[nodiscard]] QList<Issue> unfoundProcesses(const QMap<QByteArray, ModulePlan> &plans, const Supervision &older,
                                            const Supervision &newer,
                                            const std::function<bool(const QByteArray &module)> &elsewhere);

} // namespace handover::rules

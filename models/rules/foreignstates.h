// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/moduleindex.h"
#include "models/rules/moduleplan.h"

namespace handover::rules {

/// rules.foreign-state: processes whose state a plain module of the application makes, out of a record that has
/// other fields now. The process' own module needn't have changed; then nothing else would tell.
[[nodiscard]] QList<Issue> foreignStates(const QList<ModuleChange> &changes, const QMap<QByteArray, ModulePlan> &plans,
                                         const AppContents &older, const ModuleIndex &index);

} // namespace handover::rules

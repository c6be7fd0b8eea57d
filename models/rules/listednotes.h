// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/modulechange.h"

namespace handover::rules {

/// Where ebin and `modules` of the .app disagree: OTP takes code only of modules that the .app lists, and
/// looks for every one it lists. rules.unlisted-module, rules.missing-module.
[[nodiscard]] QList<Issue> listedNotes(const AppContents &older, const AppContents &newer,
                                       const QList<ModuleChange> &changes);

} // namespace handover::rules

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/instructionchoice.h"
#include "models/changes/differences.h"

namespace handover::changes {

/// An answer for each module that differs, by its behaviour, and then all the others of the version gone
/// to, which are left alone. `modules`: those, where differences aren't known.
[[nodiscard]] QList<appup::ModuleChoice> suggestedChoices(const std::optional<AppDifference> &app,
                                                          const QByteArrayList &modules);

} // namespace handover::changes

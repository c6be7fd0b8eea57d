// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/project.h"

namespace handover::workspace {

/// The modules that an application has at a version, by its sources (src/, what yecc and leex make
/// included), sorted. Empty where they can't be read.
[[nodiscard]] QByteArrayList modulesOf(const Project &project, const versions::Version &version, const QString &app);

} // namespace handover::workspace

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/directories.h"

namespace handover::relup {

/// systools_lib:get_path/1: the directories of a path whose parts may hold '*'.
[[nodiscard]] QStringList expandPath(const QStringList &path, Directories &directories);

} // namespace handover::relup

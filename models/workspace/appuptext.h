// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/project.h"

namespace handover::workspace {

/// The file of an application's appup in the work tree: where the tag has it; if it has none, what the work
/// tree has, or where a new one goes. Empty: nowhere. The file need not be there.
[[nodiscard]] QString appupInWorkTree(const Project &project, const versions::AppSource &app);

/// What the editor would show for an application of a version: the work tree's text, else the tag's.
/// Nothing if there is none. Blocks.
[[nodiscard]] std::optional<QByteArray> appupText(const Project &project, const versions::Version &version,
                                                  const versions::AppSource &app);

} // namespace handover::workspace

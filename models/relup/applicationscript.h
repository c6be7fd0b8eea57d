// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/release.h"

namespace handover::relup {

/// A script with add_application, remove_application and restart_application written out
/// (systools_rc:translate_application_instrs/3). The modules they bring are add_module instructions.
[[nodiscard]] Answer<Steps> writeOutApplications(const Steps &script, const Release &target, const Release &source);

} // namespace handover::relup

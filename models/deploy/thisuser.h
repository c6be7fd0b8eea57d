// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace handover::deploy {

/// USER@HOST of who runs this program, for others to read.
[[nodiscard]] QString thisUser();

} // namespace handover::deploy

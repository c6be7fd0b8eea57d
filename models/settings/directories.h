// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace handover::settings {

/// Where checkouts, builds and tarballs are kept; may be deleted at any time, it only costs
/// building again. HANDOVER_CACHE_DIR, else the user's cache directory.
[[nodiscard]] QString cacheDirectory();

/// Where the settings are kept. HANDOVER_CONFIG_DIR, else the user's configuration directory.
[[nodiscard]] QString configDirectory();

/// Where unsaved text is kept over a crash. HANDOVER_STATE_DIR, else the user's state directory.
[[nodiscard]] QString stateDirectory();

} // namespace handover::settings

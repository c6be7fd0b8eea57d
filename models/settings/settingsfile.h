// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QSettings>

namespace handover::settings {

/// handover.ini in the configuration directory.
[[nodiscard]] QString settingsFile();

/// Writes what was set. Error: settings.write.
[[nodiscard]] Result<void> written(QSettings &ini);

} // namespace handover::settings

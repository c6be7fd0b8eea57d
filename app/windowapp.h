// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

class QApplication;

namespace handover::app {

/// Whether a window can be opened at all. Without a display Qt would end the program at once.
/// Errors: window.no-display.
[[nodiscard]] Result<void> requireDisplay();

/// What every start of the window does after the QApplication was made: theme, names, icon.
void setUpApplication(QApplication &application);

/// Opens the window on the project named on the command line, else on the last one; gives the exit
/// status.
[[nodiscard]] int runWindow(int argc, char **argv);

} // namespace handover::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QApplication;

namespace handover::app {

/// What every start of the window does after the QApplication was made: theme, names, icon.
void setUpApplication(QApplication &application);

/// Opens the window on the project named on the command line, else on the last one; gives the exit
/// status.
[[nodiscard]] int runWindow(int argc, char **argv);

} // namespace handover::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace handover::app {

/// Whether the first argument is a verb of the command line that needs no window.
[[nodiscard]] bool isVerb(const QString &argument);

/// Runs a verb (arguments[1]) with its arguments; gives the exit status. Needs a
/// QCoreApplication. `demo` is not among them: it drives the window (demo.h).
[[nodiscard]] int runVerb(const QStringList &arguments);

} // namespace handover::app

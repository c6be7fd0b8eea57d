// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace handover::app {

/// `handover demo`: the sample project and a local server in a temporary directory. With a window,
/// ready to be deployed to; with --headless the whole main job is driven through the window and
/// written down as a report. Gives the exit status.
[[nodiscard]] int runDemo(int argc, char **argv);

} // namespace handover::app

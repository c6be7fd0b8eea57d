// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <functional>

namespace handover {

/// Calls work(0) … work(count - 1), on all processors at once, and comes back when all is done. The calls
/// come in any order, so each may touch only what is its own. May be called in any thread, a job's too.
void inParallel(qsizetype count, const std::function<void(qsizetype)> &work);

/// How many calls run at once, at least 1.
[[nodiscard]] int processorCount();

} // namespace handover

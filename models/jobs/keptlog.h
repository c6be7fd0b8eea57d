// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/jobcontext.h"

#include <QStringList>

namespace handover {

/// The same context, whose log is kept in `lines` as well. They may be read when the work has ended.
[[nodiscard]] JobContext keepingLog(const JobContext &context, QStringList &lines);

} // namespace handover

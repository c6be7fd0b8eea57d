// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/jobs/jobcontext.h"
#include "models/server/cut.h"

#include <QByteArray>
#include <QDeadlineTimer>

namespace handover::server {

/// A connected socket: looks the name up, tries its addresses in turn. A cancel ends it within
/// 100 ms, even while the system's resolver hangs. Errors: server.unreachable, server.timeout.
[[nodiscard]] Result<FileDescriptor> connectTcp(const QByteArray &host, quint16 port,
                                                const QDeadlineTimer &deadline, const JobContext &context);

} // namespace handover::server

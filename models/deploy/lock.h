// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/session.h"

namespace handover::deploy {

/// While it is there, no other Handover changes the server: a lock on releases/.handover-lock that a program on the
/// server holds (flock(1)). It goes with the connection, so a cut line or a killed program leaves none behind. Nothing,
/// which the log says, where the server has no flock. Errors: deploy.busy, which says who; the session's.
[[nodiscard]] Result<std::optional<server::Hold>> lockServer(server::Session &session, const JobContext &context);

} // namespace handover::deploy

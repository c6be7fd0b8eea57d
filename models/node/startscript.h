// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/session.h"

namespace handover::node {

/// The version that bin/NAME boots, see scriptVersion(); empty for another script.
[[nodiscard]] Result<QString> scriptStarts(server::Session &session, const QString &name, const JobContext &context);

/// Puts bin/NAME-VERSION in bin/NAME's place: relx's script boots the version written in it, whatever the release
/// handler says, and make_permanent leaves it alone. Copied beside and renamed, so that there is a whole one at every
/// moment. Errors: server.start-script, and the session's.
[[nodiscard]] Result<void> replaceScript(server::Session &session, const QString &name, const QString &version,
                                         const JobContext &context);

} // namespace handover::node

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/session.h"

namespace handover::app {

/// Puts in what the desktop's keychain keeps for a server; without one, or while it stays locked for half a minute,
/// nothing, and it is asked for.
void addKeptSecrets(const QString &server, server::ConnectOptions &options);

} // namespace handover::app

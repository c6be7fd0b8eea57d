// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/session.h"
#include "models/settings/secrets.h"
#include "models/settings/usersettings.h"

namespace handover::deploy {

class ServerState;

/// How a server that is kept in the settings is reached; without its secrets.
[[nodiscard]] server::ConnectOptions connectOptions(const settings::ServerEntry &entry);

/// Looks at it, with what the desktop's keychain keeps for it. Where that says nothing, it is asked for as ever.
void lookWithSecrets(ServerState *server, const settings::ServerEntry &entry);

/// Keeps a secret, once the look that is going on has shown that it is the right one; the settings remember that
/// there is one. `failed` gets the words if the keychain takes nothing.
void keepWhenRight(ServerState *server, settings::SecretKind kind, const QString &secret,
                   std::function<void(const Error &)> failed);

/// What the keychain keeps goes with a server that gets another name.
void moveSecrets(const QString &from, const QString &to, QObject *context, std::function<void(const Error &)> failed);
void forgetSecrets(const QString &server, QObject *context, std::function<void(const Error &)> failed);

} // namespace handover::deploy

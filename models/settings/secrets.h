// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <functional>
#include <optional>

class QObject;

namespace handover::settings {

enum class SecretKind { Password, Passphrase };

/// Secrets of a server, by the name that the user gave it, in the desktop's keychain and nowhere else. All of them
/// come back at once and answer in the thread they were called in, which needs an event loop; the keychain may ask to be
/// unlocked meanwhile. Nothing is said to a `context` that is gone. Errors: keychain.unavailable (there is none, or
/// it can't be reached), keychain.denied.
void readSecret(const QString &server, SecretKind kind, QObject *context,
                std::function<void(Result<std::optional<QString>>)> done); ///< nothing: none is kept
void writeSecret(const QString &server, SecretKind kind, const QString &secret, QObject *context,
                 std::function<void(Result<>)> done);
void removeSecret(const QString &server, SecretKind kind, QObject *context,
                  std::function<void(Result<>)> done); ///< well, too, if none is kept

} // namespace handover::settings

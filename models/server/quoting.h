// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace handover::server {

/// The only place where data meets a shell: one word of a POSIX shell that stands for exactly
/// these bytes, whatever they are. Errors: server.unquotable for a NUL byte, which no shell has.
[[nodiscard]] Result<QByteArray> shellQuote(QByteArrayView bytes);

/// "cd DIRECTORY && exec ARGUMENTS…", every part quoted.
[[nodiscard]] Result<QByteArray> shellCommand(QByteArrayView directory, const QList<QByteArray> &arguments);

} // namespace handover::server

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/session.h"

#include <QCommandLineParser>

namespace handover::app {

/// The server that an argument names: in the settings, or by its address.
struct Target
{
    server::Address address;
    server::ConnectOptions options;
};
/// With what the options say of keys. Errors: server.unknown, and Address::parse()'s.
[[nodiscard]] Result<Target> serverTarget(const QCommandLineParser &parser, const QString &text);

} // namespace handover::app

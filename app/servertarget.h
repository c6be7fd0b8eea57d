// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/installation.h"
#include "models/server/session.h"

#include <QCommandLineParser>

namespace handover::app {

/// The server that an argument names: in the settings, or by its address.
struct Target
{
    QString name; ///< the argument; settings and history know the server by it
    server::Address address;
    server::ConnectOptions options;
};
/// With what the options say of keys. Errors: server.unknown, and Address::parse()'s.
[[nodiscard]] Result<Target> serverTarget(const QCommandLineParser &parser, const QString &text);

/// connectOnTerminal(), which says that it does.
[[nodiscard]] Result<server::Session> connectTo(Target &target, const JobContext &context);

/// A server that was connected to and looked at, with which most verbs begin.
struct Reached
{
    Target target;
    server::Session session;
    node::Installation installed;
};
/// Errors: serverTarget()'s, connectOnTerminal()'s, readInstallation()'s.
[[nodiscard]] Result<Reached> reach(const QCommandLineParser &parser, const QString &text, const JobContext &context);

} // namespace handover::app

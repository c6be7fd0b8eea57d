// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/jobs/jobcontext.h"
#include "models/server/session.h"

#include <QMap>
#include <QString>

#include <memory>

namespace handover::server {

/// An OpenSSH sshd of Handover's own on 127.0.0.1: own keys, own config, own directory, a port the
/// system chose; no system service. It is reached by the same code as any server. Stops, with
/// everything it started, when it is destroyed. Start and stop block: not in the window's thread.
class LocalServer
{
public:
    struct Options
    {
        QString directory;                  ///< of its own; made when missing, left in place
        QMap<QString, QString> environment; ///< seen by every command that runs on it
        QByteArray extraConfig;             ///< further sshd_config lines, for tests
    };

    /// Errors: local-server.no-sshd, local-server.start (detail: sshd's log).
    [[nodiscard]] static Result<LocalServer> start(const Options &options, const JobContext &context);
    LocalServer(LocalServer &&) noexcept;
    LocalServer &operator=(LocalServer &&) noexcept;
    ~LocalServer();

    [[nodiscard]] int port() const;
    /// The address of a release directory on it.
    [[nodiscard]] Address address(const RemotePath &directory) const;
    /// What connects to it: its client key and its known_hosts file, nothing of the user's.
    [[nodiscard]] ConnectOptions connectOptions() const;
    void stop();

private:
    struct Private;
    explicit LocalServer(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace handover::server

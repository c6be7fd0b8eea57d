// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/localserver.h"

#include <QDir>

namespace handover::server {

/// What the local server's sshd needs on the disk, all in one directory.
struct SshdFiles
{
    QDir directory;

    [[nodiscard]] QString clientKey() const { return directory.filePath(QStringLiteral("client_key")); }
    [[nodiscard]] QString hostKey() const { return directory.filePath(QStringLiteral("host_key")); }
    [[nodiscard]] QString authorizedKeys() const
    {
        return directory.filePath(QStringLiteral("authorized_keys"));
    }
    [[nodiscard]] QString knownHosts() const { return directory.filePath(QStringLiteral("known_hosts")); }
    [[nodiscard]] QString config() const { return directory.filePath(QStringLiteral("sshd_config")); }
    [[nodiscard]] QString log() const { return directory.filePath(QStringLiteral("sshd.log")); }

    /// The directory and both keys, where they are not there yet.
    [[nodiscard]] Result<void> prepare(const JobContext &context) const;
    /// sshd_config and known_hosts for this port.
    [[nodiscard]] Result<void> write(int port, const LocalServer::Options &options, bool penalties) const;
};

/// The path of sshd, or nothing.
[[nodiscard]] QString findSshd();

} // namespace handover::server

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/server/cut.h"

#include <QByteArray>
#include <QString>

namespace handover::server {

/// An `ssh -W` that carries a connection through the jump hosts of ssh_config. libssh reads
/// ProxyJump, but takes neither keys nor known hosts of that file for the way there. Ends with
/// this object.
class JumpHost
{
public:
    JumpHost() = default;
    JumpHost(JumpHost &&other) noexcept;
    JumpHost &operator=(JumpHost &&other) noexcept;
    ~JumpHost();

    /// What ssh_config says of ProxyJump for this host, by `ssh -G`; empty: none, or there is no ssh.
    [[nodiscard]] static QString forHost(const QString &host, const QString &configFile);
    /// Starts ssh to the last of the comma-separated `jumps`; nothing is asked (BatchMode).
    [[nodiscard]] static Result<JumpHost> start(const QString &jumps, const QString &configFile,
                                                const QByteArray &host, unsigned port);

    /// Our end of the connection, once.
    [[nodiscard]] FileDescriptor takeSocket() { return std::move(m_socket); }
    /// What ssh complained of.
    [[nodiscard]] QString complaint() const;

private:
    int m_pid = -1;
    FileDescriptor m_socket;
    FileDescriptor m_errors;
};

} // namespace handover::server

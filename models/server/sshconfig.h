// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QDir>
#include <QList>
#include <QString>
#include <QStringList>

namespace handover::server {

/// A host that an ssh_config names, with what it says of it, as ssh_config(5) says: the first value counts.
struct SshHost
{
    QString name;              ///< as on the Host line; what ssh is called with
    QString hostName;          ///< where that is; the name itself if nothing else is said
    int port = 0;              ///< 0: not said
    QString user;              ///< empty: not said
    QStringList identityFiles; ///< "~" and %d replaced, else as written
    QString proxyJump;         ///< empty: none

    friend bool operator==(const SshHost &, const SshHost &) = default;
};

struct SshHosts
{
    QList<SshHost> hosts; ///< in the file's order; without patterns
    QStringList notes;    ///< what was left out, in words: files that can't be read, Match blocks, bounds reached
};

/// Reads `file` and what it includes. Nothing is run and no name is looked up; Match blocks are passed over, as what
/// they ask may be a program. At most 1 MiB a file, 200 files, 16 deep, 1000 hosts. Errors: ssh-config.unreadable.
[[nodiscard]] Result<SshHosts> readSshConfig(const QString &file, const QString &home = QDir::homePath());

/// A line in words, as OpenSSH splits it; empty for a comment. For tests as well.
[[nodiscard]] QStringList sshConfigWords(QStringView line);
/// '*' and '?' as in a pattern of ssh_config; linear in each.
[[nodiscard]] bool sshPatternMatches(QStringView pattern, QStringView text);

} // namespace handover::server

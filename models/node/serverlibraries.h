// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/package/needs.h"
#include "models/server/session.h"

#include <QMap>
#include <QSet>

namespace handover::node {

/// What `ldconfig -p` lists for programs of that kind: paths by library name, the first of each. Its lines are
/// "NAME (libc6,x86-64) => PATH"; what stands in the brackets depends on the machine (glibc's elf/cache.c).
[[nodiscard]] QMap<QByteArray, QByteArray> parseLinkerCache(const QByteArray &text, const package::ElfSystem &system);

/// A pattern for grep -E that finds the versions of these symbol sets in a library's string table; nothing if a name
/// has other signs than those that symbol versions have.
[[nodiscard]] std::optional<QByteArray> versionPattern(const QByteArrayList &versionNames);

/// What a server has of what is needed.
struct ServerLibraries
{
    QMap<QByteArray, QByteArray> paths;             ///< by library
    QMap<QByteArray, QSet<QByteArray>> versions;    ///< the symbol versions that stand in it, by library
};

/// Asks the server for those libraries: its linker's cache, the folders where their users look first, and the symbol
/// versions in what was found. Errors: server.no-ldconfig, server.no-grep, the session's.
[[nodiscard]] Result<ServerLibraries> findLibraries(server::Session &session, const QList<package::LibraryNeed> &needs,
                                                    const package::ElfSystem &system, const JobContext &context);

} // namespace handover::node

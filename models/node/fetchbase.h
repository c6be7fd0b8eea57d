// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/build/release.h"
#include "models/server/session.h"

#include <QStringList>

namespace handover::node {

/// A release of a server as a relup's base, on this machine's disk.
struct FetchedBase
{
    build::BuiltRelease release; ///< laid out as relx does: releases/VSN/NAME.rel, lib/APP-VSN/ebin
    qsizetype files = 0;
    qsizetype fetched = 0;       ///< of the files; the others were here already
    qint64 bytes = 0;            ///< fetched
    QStringList missing;         ///< applications of the .rel that the server doesn't keep in lib
};

/// Where a server's release is kept below the cache directory.
[[nodiscard]] QString fetchedDirectory(const QString &cacheDirectory, const server::Address &address,
                                       const QString &version);

/// Fetches what a relup from that release needs, for when its tag can't be built or isn't what is installed: the .rel
/// and the ebin folders of its applications; no configuration, which may hold secrets. Files that `directory` or a
/// release directory of `known` holds with the same check sum aren't fetched again, so it goes on where it was cut off.
/// The directory is a release directory only when all is there. Names that lead elsewhere, and more than a release
/// needs, are refused. Errors: node.not-ours (the directory holds something that wasn't fetched), node.no-such-release,
/// node.fetch, node.too-large, node.bad-name, server.no-tools, and the session's.
[[nodiscard]] Result<FetchedBase> fetchBase(server::Session &session, const QString &version, const QString &directory,
                                            const QStringList &known, const JobContext &context);

} // namespace handover::node

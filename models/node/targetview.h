// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/check.h"
#include "models/node/installation.h"
#include "models/package/contents.h"

namespace handover::node {

/// What the checks of a server look at: the server, and the tarball that is to go there.
struct TargetView
{
    server::Session &session;
    const Installation &installation;
    const package::Manifest &manifest;
    const package::Contents &contents;
    /// SHA-256 of those files of the tarball that lie on the server already, by path; nothing: it can't tell.
    const std::optional<QMap<QString, QByteArray>> &present;
    const QStringList &cleared; ///< folders on the server that will be gone by then
    const JobContext &context;

    [[nodiscard]] Result<server::RemotePath> path(const QString &relative) const
    {
        return session.address().directory.child(relative.toUtf8());
    }
    /// The contents of a file in the release directory; nothing if it isn't there.
    [[nodiscard]] Result<std::optional<QByteArray>> read(const QString &relative, qint64 limit) const;
    /// The release that the node really runs; nothing if it is down or doesn't list it.
    [[nodiscard]] const InstalledRelease *running() const
    {
        return installation.nodeUp ? installation.release(installation.runningVersion) : nullptr;
    }
};

/// The single checks. Their errors are those of asking; checkTarget() makes of them that it was impossible.
[[nodiscard]] Result<Check> checkSpace(const TargetView &view);
[[nodiscard]] Result<Check> checkTarballPlace(const TargetView &view);
[[nodiscard]] Result<Check> checkWay(const TargetView &view);
[[nodiscard]] Result<Check> checkSystem(const TargetView &view);
[[nodiscard]] Result<Check> checkErts(const TargetView &view);
[[nodiscard]] Result<Check> checkLibraries(const TargetView &view);
[[nodiscard]] Result<Check> checkRelup(const TargetView &view);
[[nodiscard]] Result<Check> checkApplications(const TargetView &view);
[[nodiscard]] Result<Check> checkKeptFiles(const TargetView &view);
[[nodiscard]] Result<Check> checkConfig(const TargetView &view);

} // namespace handover::node

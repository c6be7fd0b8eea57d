// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/build/builder.h"
#include "models/versions/version.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace handover::workspace {

/// An opened project: a git repository and its versions.
struct Project
{
    QString path; ///< of the work tree, or of the repository if it is bare
    QString name; ///< for people: the folder's name
    QList<versions::Version> versions; ///< newest first
    repo::Head head;
    repo::WorkTreeState workTree;

    /// The version of that tag or release version. Errors: project.no-such-version.
    [[nodiscard]] Result<versions::Version> find(const QString &tagOrVersion) const;
    /// The next older version by order, if any: what an upgrade to `version` usually comes from.
    [[nodiscard]] const versions::Version *predecessor(const versions::Version &version) const;
    [[nodiscard]] build::BuildRequest buildRequest(const versions::Version &version) const;
    /// The different vsns an application has at all tags, newest first.
    [[nodiscard]] QStringList appVersions(const QString &app) const;
    /// Those of them that are older than `vsn`: what an appup of that vsn should reach.
    [[nodiscard]] QStringList olderAppVersions(const QString &app, const QString &vsn) const;
};

/// Opens a repository and reads its versions; blocks. Errors: those of the repository.
[[nodiscard]] Result<Project> loadProject(const QString &path, const JobContext &context);

/// The .appup or .appup.src of an application as a version's tag has it; nothing if it has none.
[[nodiscard]] Result<std::optional<QByteArray>> appupAt(const Project &project, const versions::Version &version,
                                                        const QString &app);

} // namespace handover::workspace

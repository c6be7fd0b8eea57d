// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/build/builder.h"
#include "models/versions/searchtext.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace handover::workspace {

/// Where HEAD and the work tree are now.
struct WorkPlace
{
    repo::Head head;
    repo::WorkTreeState workTree;

    friend bool operator==(const WorkPlace &, const WorkPlace &) = default;
};

/// An opened project: a git repository and its versions.
struct Project
{
    QString path; ///< of the work tree, or of the repository if it is bare
    QString name; ///< for people: the folder's name
    QList<versions::Version> versions; ///< newest first
    versions::SearchText searchText;   ///< of the versions
    WorkPlace place;
    QString gitDirectory;    ///< see repo::Repository
    QString commonDirectory;

    /// The version of that tag or release version. Errors: project.no-such-version.
    [[nodiscard]] Result<versions::Version> find(const QString &tagOrVersion) const;
    /// The next older version by order, if any: what an upgrade to `version` usually comes from.
    [[nodiscard]] const versions::Version *predecessor(const versions::Version &version) const;
    [[nodiscard]] build::BuildRequest buildRequest(const versions::Version &version) const;
    /// In 40 digits; of no other commit is there anything built in the cache.
    [[nodiscard]] QSet<QByteArray> commitsWithBuilds() const;
    /// The different vsns an application has at all tags, newest first.
    [[nodiscard]] QStringList appVersions(const QString &app) const;
    /// Those of them that are older than `vsn`: what an appup of that vsn should reach.
    [[nodiscard]] QStringList olderAppVersions(const QString &app, const QString &vsn) const;
};

/// Opens a repository and reads its versions; blocks. Errors: those of the repository.
[[nodiscard]] Result<Project> loadProject(const QString &path, const JobContext &context);

/// The same, in the time that the tags alone take: applications are only read at the newest versions.
/// Those that `before` knows at tags that have not changed are taken over.
[[nodiscard]] Result<Project> listProject(const QString &path, const std::optional<Project> &before,
                                          const JobContext &context);

[[nodiscard]] Result<WorkPlace> readWorkPlace(const repo::Repository &repository);

/// The .appup or .appup.src of an application as a version's tag has it; nothing if it has none.
[[nodiscard]] Result<std::optional<QByteArray>> appupAt(const Project &project, const versions::Version &version,
                                                        const QString &app);

} // namespace handover::workspace

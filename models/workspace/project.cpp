// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/project.h"

#include "models/core/versionorder.h"
#include "models/settings/directories.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace handover::workspace {

Result<versions::Version> Project::find(const QString &tagOrVersion) const
{
    for (const versions::Version &version : versions) {
        if (version.tag.text() == tagOrVersion)
            return version;
    }
    for (const versions::Version &version : versions) {
        if (version.version == tagOrVersion)
            return version;
    }
    QStringList some;
    for (const versions::Version &version : versions.first(qMin(versions.size(), qsizetype(5))))
        some += version.tag.text();
    return misuse(u"project.no-such-version"_s, u"%1 has no tag %2."_s.arg(name, tagOrVersion),
                  some.isEmpty() ? u"It has no tags at all; make one with git tag."_s
                                 : u"Its newest tags are %1."_s.arg(some.join(u", "_s)));
}

const versions::Version *Project::predecessor(const versions::Version &version) const
{
    for (const versions::Version &candidate : versions) { // newest first
        if (compareVersions(candidate.version, version.version) < 0 && candidate.tag.commit != version.tag.commit)
            return &candidate;
    }
    return nullptr;
}

build::BuildRequest Project::buildRequest(const versions::Version &version) const
{
    return {path, version, settings::cacheDirectory(), {}};
}

QStringList Project::appVersions(const QString &app) const
{
    QStringList vsns;
    for (const versions::Version &version : versions) {
        const versions::AppSource *source = version.app(app);
        if (source && !source->vsn.isEmpty() && !vsns.contains(source->vsn))
            vsns += source->vsn;
    }
    std::ranges::sort(vsns, [](const QString &a, const QString &b) { return compareVersions(a, b) > 0; });
    return vsns;
}

QStringList Project::olderAppVersions(const QString &app, const QString &vsn) const
{
    QStringList older = appVersions(app);
    older.removeIf([&vsn](const QString &other) { return compareVersions(other, vsn) >= 0; });
    return older;
}

Result<Project> loadProject(const QString &path, const JobContext &context)
{
    context.progress(u"Reading the tags of %1"_s.arg(path));
    const auto repository = repo::Repository::open(path);
    if (!repository)
        return std::unexpected(repository.error());
    Project project;
    project.path = repository->workTree().isEmpty() ? repository->commonDirectory() : repository->workTree();
    project.name = QFileInfo(project.path).fileName();
    const auto head = repository->head();
    if (!head)
        return std::unexpected(head.error());
    project.head = *head;
    if (!repository->workTree().isEmpty()) {
        const auto state = repository->workTreeState();
        if (!state)
            return std::unexpected(state.error());
        project.workTree = *state;
    }
    auto versions = versions::loadVersions(*repository, context);
    if (!versions)
        return std::unexpected(versions.error());
    project.versions = std::move(*versions);
    return project;
}

Result<std::optional<QByteArray>> appupAt(const Project &project, const versions::Version &version, const QString &app)
{
    const versions::AppSource *source = version.app(app);
    if (!source || source->appupPath.isEmpty())
        return std::optional<QByteArray>();
    const auto repository = repo::Repository::open(project.path);
    if (!repository)
        return std::unexpected(repository.error());
    return repository->fileAt(version.tag.commit, source->appupPath);
}

} // namespace handover::workspace

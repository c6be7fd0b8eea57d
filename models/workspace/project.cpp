// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/project.h"

#include "models/core/versionorder.h"
#include "models/settings/directories.h"
#include "models/versions/appsources.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <functional>
#include <vector>

using namespace Qt::StringLiterals;

namespace handover::workspace {

Result<versions::Version> Project::find(const QString &tagOrVersion) const
{
    if (const qsizetype row = versions::rowOfTag(versions, tagOrVersion); row >= 0)
        return versions[row];
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
    const auto isOlder = [&version](const versions::Version &other) {
        return compareVersions(other.version, version.version) < 0;
    };
    auto candidate = std::ranges::partition_point(versions, std::not_fn(isOlder)); // newest first
    while (candidate != versions.end() && candidate->tag.commit == version.tag.commit)
        ++candidate;
    return candidate == versions.end() ? nullptr : &*candidate;
}

build::BuildRequest Project::buildRequest(const versions::Version &version) const
{
    return {path, version, settings::cacheDirectory(), {}};
}

QSet<QByteArray> Project::commitsWithBuilds() const
{
    QSet<QByteArray> commits;
    if (versions.isEmpty())
        return commits;
    // A build's directory begins with the commit: one look at all of them instead of one for each.
    const QDir builds(QFileInfo(buildRequest(versions.first()).directory()).path());
    for (const QString &build : builds.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        commits.insert(build.first(qMin(build.size(), qsizetype(40))).toLatin1());
    return commits;
}

QStringList Project::appVersions(const QString &app) const
{
    QSet<QString> seen;
    std::vector<std::pair<quint64, QString>> ranked;
    for (const versions::Version &version : versions) {
        const versions::AppSource *source = version.app(app);
        if (!source || source->vsn.isEmpty() || seen.contains(source->vsn))
            continue;
        seen.insert(source->vsn);
        ranked.emplace_back(versionRank(source->vsn), source->vsn);
    }
    std::ranges::sort(ranked, [](const auto &left, const auto &right) {
        return left.first != right.first ? left.first > right.first : compareVersions(left.second, right.second) > 0;
    });
    QStringList vsns;
    vsns.reserve(static_cast<qsizetype>(ranked.size()));
    for (auto &[rank, vsn] : ranked)
        vsns += std::move(vsn);
    return vsns;
}

QStringList Project::olderAppVersions(const QString &app, const QString &vsn) const
{
    const QStringList all = appVersions(app);
    const auto isOlder = [&vsn](const QString &other) { return compareVersions(other, vsn) < 0; };
    return all.sliced(std::ranges::partition_point(all, std::not_fn(isOlder)) - all.begin());
}

namespace {

// So many are read at once: more than are seen at first, and still no time to notice.
constexpr qsizetype Newest = 200;

Result<Project> openProject(const repo::Repository &repository)
{
    Project project;
    project.path = repository.workTree().isEmpty() ? repository.commonDirectory() : repository.workTree();
    project.name = QFileInfo(project.path).fileName();
    project.gitDirectory = repository.gitDirectory();
    project.commonDirectory = repository.commonDirectory();
    const auto place = readWorkPlace(repository);
    if (!place)
        return std::unexpected(place.error());
    project.place = *place;
    return project;
}

// What an application's vsn is depends on nothing but the commit and the tag's name.
void takeAppsOver(QList<versions::Version> &versions, const QList<versions::Version> &before)
{
    QHash<QByteArray, const versions::Version *> known;
    known.reserve(before.size());
    for (const versions::Version &version : before) {
        if (version.appsRead)
            known.insert(version.tag.name, &version);
    }
    for (versions::Version &version : versions) {
        const versions::Version *same = known.value(version.tag.name);
        if (!same || same->tag.commit != version.tag.commit)
            continue;
        version.declare(same->declared());
    }
}

void readNewest(const repo::Repository &repository, QList<versions::Version> &versions, const JobContext &context)
{
    versions::AppSources apps(repository);
    for (qsizetype row = 0; row < qMin(versions.size(), Newest) && !context.isCancelled(); ++row) {
        if (!versions.at(row).appsRead)
            apps.readInto(versions[row], context);
    }
}

/// Opens what is the same for all that read a project; `readVersions` fills in the rest.
Result<Project> readProject(const QString &path, const JobContext &context,
                            const std::function<Result<>(const repo::Repository &, Project &)> &readVersions)
{
    context.progress(u"Reading the tags of %1"_s.arg(path));
    const auto repository = repo::Repository::open(path);
    if (!repository)
        return std::unexpected(repository.error());
    auto project = openProject(*repository);
    if (!project)
        return project;
    if (const auto read = readVersions(*repository, *project); !read)
        return std::unexpected(read.error());
    return project;
}

} // namespace

Result<WorkPlace> readWorkPlace(const repo::Repository &repository)
{
    const auto head = repository.head();
    if (!head)
        return std::unexpected(head.error());
    const auto state = repository.workTreeState(); // nothing changed if there is no work tree
    if (!state)
        return std::unexpected(state.error());
    return WorkPlace{*head, *state};
}

Result<Project> loadProject(const QString &path, const JobContext &context)
{
    return readProject(path, context, [&](const repo::Repository &repository, Project &project) -> Result<> {
        auto versions = versions::loadVersions(repository, context);
        if (!versions)
            return std::unexpected(versions.error());
        project.versions = *std::move(versions);
        return {};
    });
}

Result<Project> listProject(const QString &path, const std::optional<Project> &before, const JobContext &context)
{
    return readProject(path, context, [&](const repo::Repository &repository, Project &project) -> Result<> {
        auto versions = versions::listVersions(repository, context);
        if (!versions)
            return std::unexpected(versions.error());
        versions::noteOtherTags(*versions);
        if (before && before->path == project.path)
            takeAppsOver(*versions, before->versions);
        readNewest(repository, *versions, context);
        if (context.isCancelled())
            return cancellation();
        project.versions = *std::move(versions);
        project.searchText = versions::SearchText(project.versions);
        return {};
    });
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

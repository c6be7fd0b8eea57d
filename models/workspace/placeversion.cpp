// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/placeversion.h"

#include "models/versions/appsources.h"

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

using versions::Version;

Result<Version> readAt(const repo::Repository &repository, const repo::ObjectId &commit, Version::Place place)
{
    Version version{{{}, commit, false, {}, {}, {}}, {}, {}};
    auto declared = versions::AppSources(repository).read(version.tag); // without a name: git's vsn stays unknown
    if (!declared)
        return std::unexpected(declared.error());
    version.declare(*declared);
    version.place = place;
    version.tag.name = place == Version::Place::Head ? "HEAD" : "working copy";
    version.version = version.tag.text();
    return version;
}

} // namespace

Result<Version> versionAt(const Project &project, Version::Place place)
{
    if (place == Version::Place::WorkTree) {
        const auto snapshot = repo::snapshotOfWorkTree(project.path);
        if (!snapshot)
            return std::unexpected(snapshot.error());
        return readAt(snapshot->repository, snapshot->commit, place);
    }
    const auto repository = repo::Repository::open(project.path);
    if (!repository)
        return std::unexpected(repository.error());
    const auto head = repository->head();
    if (!head)
        return std::unexpected(head.error());
    if (!head->commit)
        return refusal(u"project.no-commit"_s, u"There is no commit yet."_s, u"Commit something first."_s);
    return readAt(*repository, *head->commit, place);
}

Result<repo::Repository> openAt(const Project &project, Version &version)
{
    if (version.place != Version::Place::WorkTree)
        return repo::Repository::open(project.path);
    auto snapshot = repo::snapshotOfWorkTree(project.path);
    if (!snapshot)
        return std::unexpected(snapshot.error());
    version.tag.commit = snapshot->commit;
    return std::move(snapshot->repository);
}

} // namespace handover::workspace

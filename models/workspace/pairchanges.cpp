// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/pairchanges.h"

#include "models/changes/buildcomparison.h"
#include "models/changes/sourcecomparison.h"
#include "models/workspace/placeversion.h"
#include "models/workspace/releaserules.h"

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

Result<changes::BuiltContents> contentsOf(const build::BuiltRelease &build, const JobContext &context)
{
    auto opened = openRelease(build.directory, context);
    if (!opened)
        return std::unexpected(opened.error());
    return changes::BuiltContents{std::move(opened->contents), build.directory + u"/releases/"_s + build.version};
}

// The source of a module by its name, where a build says nothing of where it comes from.
QByteArray sourcePath(const QList<repo::TreeFile> &files, const versions::AppSource &app, const QByteArray &module)
{
    const QByteArray top = app.directory.isEmpty() ? QByteArray("src/") : app.directory + "/src/";
    const QByteArray name = '/' + module + ".erl";
    for (const repo::TreeFile &file : files) {
        if (file.path.startsWith(top) && file.path.endsWith(name))
            return file.path;
    }
    return {};
}

Result<QByteArray> sourceAt(const repo::Repository &repository, const versions::Version &version, const QByteArray &app,
                            const QByteArray &module, QByteArray path)
{
    const versions::AppSource *source = version.app(QString::fromUtf8(app));
    if (path.isEmpty() && source) {
        const auto files = repository.files(version.tag.commit);
        if (!files)
            return std::unexpected(files.error());
        path = sourcePath(*files, *source, module);
    }
    if (path.isEmpty())
        return QByteArray();
    auto text = repository.fileAt(version.tag.commit, path);
    if (!text)
        return std::unexpected(text.error());
    return text->value_or(QByteArray());
}

} // namespace

Result<changes::Differences> changesBetween(const Project &project, const versions::Version &from,
                                            const versions::Version &to,
                                            const std::optional<build::BuiltRelease> &olderBuild,
                                            const std::optional<build::BuiltRelease> &newerBuild, const JobContext &context)
{
    if (from.tag.name == to.tag.name && from.place == to.place)
        return misuse(u"project.same-version"_s, u"%1 is compared with itself."_s.arg(to.tag.text()),
                      u"Give two different versions: the one that runs, and the one to go to."_s);
    if (olderBuild && newerBuild) {
        const auto older = contentsOf(*olderBuild, context);
        if (!older)
            return std::unexpected(older.error());
        const auto newer = contentsOf(*newerBuild, context);
        if (!newer)
            return std::unexpected(newer.error());
        return changes::compareBuilds(*older, *newer, context);
    }
    versions::Version newer = to;
    const auto repository = openAt(project, newer);
    if (!repository)
        return std::unexpected(repository.error());
    return changes::compareSources(*repository, from, newer, context);
}

Result<changes::Differences> changesBetween(const Project &project, const versions::Version &from,
                                            const versions::Version &to, const JobContext &context)
{
    const auto builtOf = [&project](const versions::Version &version) {
        return version.place == versions::Version::Place::Tag ? build::cachedRelease(project.buildRequest(version)) : std::nullopt;
    };
    return changesBetween(project, from, to, builtOf(from), builtOf(to), context);
}

Result<QList<repo::DiffLine>> sourceChanges(const Project &project, const versions::Version &from,
                                            const versions::Version &to, const QByteArray &app,
                                            const changes::ModuleDifference &module)
{
    versions::Version now = to;
    const auto repository = openAt(project, now);
    if (!repository)
        return std::unexpected(repository.error());
    const auto older = module.change == changes::Change::Added
                           ? Result<QByteArray>(QByteArray())
                           : sourceAt(*repository, from, app, module.name, module.olderPath);
    if (!older)
        return std::unexpected(older.error());
    const auto newer = module.change == changes::Change::Removed
                           ? Result<QByteArray>(QByteArray())
                           : sourceAt(*repository, now, app, module.name, module.newerPath);
    if (!newer)
        return std::unexpected(newer.error());
    return repo::textDiff(*older, *newer);
}

} // namespace handover::workspace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/packaging.h"

#include "models/workspace/pairchecks.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

using Outcome = PackageCheck::Outcome;

bool reaches(const QList<relup::Script> &scripts, const QString &version)
{
    return std::ranges::any_of(scripts, [&](const relup::Script &script) { return script.version == version; });
}

PackageCheck relupCheck(const package::Manifest &manifest, const QString &from)
{
    const QString code = u"package.relup"_s;
    if (from.isEmpty())
        return {code, Outcome::NotChecked, u"No relup: this tarball is for a first installation"_s};
    if (!manifest.relup)
        return {code, Outcome::Failed, u"There is no relup inside"_s};
    if (!reaches(manifest.relup->up, from))
        return {code, Outcome::Failed, u"The relup doesn't come from %1"_s.arg(from)};
    if (!reaches(manifest.relup->down, from))
        return {code, Outcome::Failed, u"The relup has no way back to %1"_s.arg(from)};
    return {code, Outcome::Passed, u"The relup comes from %1 and leads back to it"_s.arg(from)};
}

PackageCheck applicationsCheck(const package::Manifest &manifest)
{
    QSet<QString> present;
    for (const package::Entry &entry : manifest.entries) {
        const QStringList parts = entry.path.split(u'/');
        if (parts.size() == 4 && parts[0] == u"lib" && parts[2] == u"ebin" && parts[3].endsWith(u".app"))
            present.insert(parts[1]);
    }
    QStringList missing;
    for (auto app = manifest.apps.begin(); app != manifest.apps.end(); ++app) {
        const QString name = app.key() + u'-' + app.value();
        if (!present.contains(name))
            missing += name;
    }
    const QString code = u"package.applications"_s;
    if (!missing.isEmpty())
        return {code, Outcome::Failed, u"Applications are missing: %1"_s.arg(missing.join(u", "_s))};
    return {code, Outcome::Passed, u"All %1 applications are inside"_s.arg(manifest.apps.size())};
}

PackageCheck restartCheck(const package::Manifest &manifest)
{
    const QString code = u"package.hot"_s;
    if (!manifest.relup)
        return {code, Outcome::NotChecked, u"Whether the emulator restarts: there is no relup"_s};
    for (const relup::Script &script : manifest.relup->up + manifest.relup->down) {
        if (script.restartsEmulator)
            return {code, Outcome::Failed, u"The relup restarts the emulator; without heart the node would fall back"_s};
    }
    return {code, Outcome::Passed, u"The node keeps running: no emulator restart"_s};
}

PackageCheck ertsCheck(const package::Manifest &manifest)
{
    const QString code = u"package.erts"_s;
    if (manifest.hasErts)
        return {code, Outcome::Passed, u"ERTS %1 is inside"_s.arg(manifest.erts)};
    return {code, Outcome::NotChecked, u"No ERTS inside: the server needs ERTS %1 of its own"_s.arg(manifest.erts)};
}

PackageCheck bumpCheck(const Project &project, const versions::Version &from, const versions::Version &to)
{
    const QString code = u"package.not-bumped"_s;
    const auto apps = changedButNotBumped(project, from, to);
    if (!apps)
        return {code, Outcome::NotChecked, u"Whether changed applications have new versions: %1"_s.arg(apps.error().message)};
    if (!apps->isEmpty())
        return {code, Outcome::Failed, u"Changed, but still of the same version, so the old code would go on running: %1"_s
                                           .arg(apps->join(u", "_s))};
    return {code, Outcome::Passed, u"Every application whose files changed has a new version"_s};
}

// rebar3 says little of a broken appup; we know the place.
Error withPlace(Error error, const Project &project, const versions::Version &from, const versions::Version &to)
{
    const auto issues = checkPair(project, from, to);
    if (!issues)
        return error;
    for (const Issue &issue : *issues) {
        if (issue.severity != Severity::Error)
            continue;
        error.code = u"relup.rules"_s;
        error.message = u"%1, line %2: %3"_s.arg(issue.file).arg(issue.place.line).arg(issue.message);
        error.hint = u"Mend it and tag the mended commit; handover check shows all problems between two versions."_s;
        return error;
    }
    return error;
}

} // namespace

bool Packaged::isSound() const
{
    return std::ranges::none_of(checks, [](const PackageCheck &check) { return check.outcome == Outcome::Failed; });
}

QList<PackageCheck> checkPackage(const package::Manifest &manifest, const QString &fromVersion)
{
    return {relupCheck(manifest, fromVersion), applicationsCheck(manifest), ertsCheck(manifest), restartCheck(manifest)};
}

Result<relup::PreparedRelease> prepareRelease(const Project &project, const std::optional<versions::Version> &from,
                                              const versions::Version &to, const JobContext &context)
{
    auto newer = build::buildRelease(project.buildRequest(to), context);
    if (!newer)
        return std::unexpected(newer.error());
    if (!from)
        return relup::PreparedRelease{*newer, {}, {}, newer->cached, newer->milliseconds};
    const auto older = build::buildRelease(project.buildRequest(*from), context);
    if (!older)
        return std::unexpected(older.error());
    auto prepared = relup::makeRelup(*older, *newer, context);
    if (!prepared && prepared.error().code == u"relup.rebar3")
        return std::unexpected(withPlace(prepared.error(), project, *from, to));
    return prepared;
}

Result<Packaged> packageVersion(const Project &project, const std::optional<versions::Version> &from,
                                const versions::Version &to, const JobContext &context)
{
    const auto prepared = prepareRelease(project, from, to, context);
    if (!prepared)
        return std::unexpected(prepared.error());
    const build::BuiltRelease &release = prepared->release;

    // Beside the checkout: one folder for each release it comes from, so both can be kept.
    const QString folder = u"%1/packages/%2"_s.arg(project.buildRequest(to).directory(),
                                                   from ? from->tag.commit.text() : u"first"_s);
    const QString file = u"%1/%2-%3.tar.gz"_s.arg(folder, release.name, release.version);
    if (!QDir().mkpath(folder))
        return failure(u"build.disk"_s, u"The folder %1 could not be made."_s.arg(folder),
                       u"Check that you may write there and that the disk is not full."_s);

    Result<package::Manifest> manifest = cancellation();
    if (prepared->cached && QFileInfo::exists(file)) {
        context.progress(u"Reading %1"_s.arg(QFileInfo(file).fileName()));
        manifest = package::inspect(file, context);
    }
    if (!manifest && !context.isCancelled()) {
        context.progress(u"Writing %1"_s.arg(QFileInfo(file).fileName()));
        manifest = package::pack({release.directory, release.name, release.version, file}, context);
    }
    if (!manifest)
        return std::unexpected(manifest.error());
    context.log(u"%1, %2 bytes, SHA-256 %3"_s.arg(file).arg(manifest->size).arg(QString::fromLatin1(manifest->sha256)));

    Packaged packaged;
    packaged.to = release;
    if (from) {
        packaged.from = build::cachedRelease(project.buildRequest(*from));
        packaged.relup = prepared->relup;
    }
    packaged.checks = checkPackage(*manifest, prepared->from);
    if (from)
        packaged.checks += bumpCheck(project, *from, to);
    packaged.manifest = std::move(*manifest);
    return packaged;
}

} // namespace handover::workspace

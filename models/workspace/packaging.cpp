// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/packaging.h"

#include "models/jobs/wholefile.h"
#include "models/workspace/pairchecks.h"

#include <QCryptographicHash>
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

PackageCheck relupCheck(const package::Manifest &manifest, const QStringList &from)
{
    const QString code = u"package.relup"_s;
    if (from.isEmpty())
        return {code, Outcome::NotChecked, u"No relup: this tarball is for a first installation"_s};
    if (!manifest.relup)
        return {code, Outcome::Failed, u"There is no relup inside"_s};
    for (const QString &version : from) {
        if (!reaches(manifest.relup->up, version))
            return {code, Outcome::Failed, u"The relup doesn't come from %1"_s.arg(version)};
        if (!reaches(manifest.relup->down, version))
            return {code, Outcome::Failed, u"The relup has no way back to %1"_s.arg(version)};
    }
    return {code, Outcome::Passed, from.size() == 1
                                       ? u"The relup comes from %1 and leads back to it"_s.arg(from.first())
                                       : u"The relup comes from %1 and leads back to each"_s.arg(from.join(u", "_s))};
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

PackageCheck bumpCheck(const Project &project, const QList<versions::Version> &from, const versions::Version &to)
{
    const QString code = u"package.not-bumped"_s;
    for (const versions::Version &version : from) {
        const auto apps = changedButNotBumped(project, version, to);
        if (!apps)
            return {code, Outcome::NotChecked,
                    u"Whether changed applications have new versions: %1"_s.arg(apps.error().message)};
        if (!apps->isEmpty())
            return {code, Outcome::Failed,
                    u"Changed, but still of the same version, so the old code would go on running: %1"_s.arg(
                        apps->join(u", "_s))};
    }
    return {code, Outcome::Passed, u"Every application whose files changed has a new version"_s};
}

// What the rules forget of what really changed: OTP makes a relup all the same, and old code runs on.
PackageCheck rulesCheck(const Project &project, const QList<versions::Version> &from, const versions::Version &to)
{
    const QString code = u"package.rules"_s;
    for (const versions::Version &version : from) {
        const auto issues = checkPair(project, version, to);
        if (!issues)
            return {code, Outcome::NotChecked, u"Whether the rules mention what changed: %1"_s.arg(issues.error().message)};
        for (const Issue &issue : *issues) {
            if (issue.severity == Severity::Error && issue.code.startsWith(u"changes."_s))
                return {code, Outcome::Failed, u"%1, line %2: %3"_s.arg(issue.file).arg(issue.place.line).arg(issue.message)};
        }
    }
    return {code, Outcome::Passed, u"The rules load every module that changed"_s};
}

bool explains(const Issue &issue, const QString &relupCode)
{
    if (issue.severity != Severity::Error)
        return false;
    if (relupCode == u"relup.no-relup"_s)
        return issue.code == u"appup.version-not-taken"_s;
    if (relupCode == u"relup.file-problem"_s)
        return issue.code == u"appup.missing"_s || issue.code == u"appup.syntax"_s || issue.code == u"appup.shape"_s;
    if (relupCode == u"relup.no-such-module"_s)
        return issue.code == u"changes.no-such-module"_s;
    if (relupCode == u"relup.muldef-module"_s || relupCode == u"relup.undef-module"_s)
        return false; // a matter of several applications
    return issue.code.startsWith(u"appup."_s) && issue.code != u"appup.missing"_s;
}

// OTP names the application and the version; the rules' own check knows the place.
Error withPlace(Error error, const Project &project, const QList<versions::Version> &from, const versions::Version &to)
{
    for (const versions::Version &version : from) {
        const auto issues = checkPair(project, version, to);
        if (!issues)
            continue;
        for (const Issue &issue : *issues) {
            if (!explains(issue, error.code))
                continue;
            error.code = u"relup.rules"_s;
            const QString place = issue.range.isEmpty() ? issue.file // about a file that isn't there
                                                        : u"%1, line %2"_s.arg(issue.file).arg(issue.place.line);
            error.message = place + u": "_s + issue.message;
            error.hint = u"Mend it and tag the mended commit; handover check shows all problems between two versions."_s;
            return error;
        }
    }
    return error;
}

// Beside the checkout: a folder for each choice of releases to come from, so that all can be kept.
QString packagesFolder(const Project &project, const versions::Version &to)
{
    return project.buildRequest(to).directory() + u"/packages/"_s;
}

QString packageFolder(const Project &project, const QList<versions::Version> &from, const versions::Version &to)
{
    QByteArray key = "first";
    if (from.size() == 1)
        key = from.first().tag.commit.hex();
    if (from.size() > 1) {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        for (const versions::Version &version : from)
            hash.addData(version.tag.commit.hex());
        key = hash.result().toHex().first(40);
    }
    return packagesFolder(project, to) + QString::fromLatin1(key);
}

QString packageFolder(const Project &project, const build::BuiltRelease &fetched, const versions::Version &to)
{
    const QByteArray hash = QCryptographicHash::hash(fetched.directory.toUtf8(), QCryptographicHash::Sha256).toHex();
    return packagesFolder(project, to) + u"server-"_s + QString::fromLatin1(hash.first(16));
}

// A tarball that was written before, if it is what would be written now.
std::optional<package::Manifest> packedBefore(const package::PackRequest &request,
                                              const relup::PreparedRelease &prepared, const JobContext &context)
{
    if (!prepared.release.cached || !QFileInfo::exists(request.file))
        return std::nullopt;
    context.progress(u"Reading %1"_s.arg(QFileInfo(request.file).fileName()));
    auto manifest = package::inspect(request.file, context);
    const auto relupOf = [](const package::Manifest &packed) {
        return packed.relup ? packed.relup->text : QByteArray();
    };
    if (!manifest || relupOf(*manifest) != prepared.relup.text)
        return std::nullopt;
    return *std::move(manifest);
}

Result<package::Manifest> pack(const package::PackRequest &request, const relup::PreparedRelease &prepared,
                               const JobContext &context)
{
    if (!request.relup.isEmpty()) {
        if (const auto written = writeWhole(request.relup, prepared.relup.text); !written)
            return failure(u"build.disk"_s, u"%1 could not be written."_s.arg(request.relup),
                           u"Check that you may write there and that the disk is not full."_s, written.error());
    }
    context.progress(u"Writing %1"_s.arg(QFileInfo(request.file).fileName()));
    return package::pack(request, context);
}

// The tarball in that folder, written or found there, and what can be told of it alone.
Result<Packaged> writePackage(const relup::PreparedRelease &prepared, const QString &folder, const JobContext &context)
{
    const build::BuiltRelease &release = prepared.release;
    if (!QDir().mkpath(folder))
        return failure(u"build.disk"_s, u"The folder %1 could not be made."_s.arg(folder),
                       u"Check that you may write there and that the disk is not full."_s);
    const package::PackRequest request{
        release.directory, release.name, release.version,
        u"%1/%2-%3.tar.gz"_s.arg(folder, release.name, release.version),
        prepared.from.isEmpty() ? QString() : folder + u"/relup"_s};

    auto manifest = packedBefore(request, prepared, context);
    if (!manifest) {
        auto packed = pack(request, prepared, context);
        if (!packed)
            return std::unexpected(packed.error());
        manifest = *std::move(packed);
    }
    context.log(u"%1, %2 bytes, SHA-256 %3"_s.arg(request.file).arg(manifest->size).arg(
        QString::fromLatin1(manifest->sha256)));

    Packaged packaged;
    packaged.to = release;
    packaged.from = prepared.from;
    if (!prepared.from.isEmpty())
        packaged.relup = prepared.relup;
    packaged.checks = checkPackage(*manifest, prepared.fromVersions());
    packaged.manifest = *std::move(manifest);
    return packaged;
}

} // namespace

bool Packaged::isSound() const
{
    return std::ranges::none_of(checks, [](const PackageCheck &check) { return check.outcome == Outcome::Failed; });
}

QStringList packagedFrom(const Project &project, const versions::Version &version)
{
    const QDir packages(packagesFolder(project, version));
    QStringList from;
    for (const QString &key : packages.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        const QDir folder(packages.filePath(key));
        if (!folder.exists(u"relup"_s) || folder.entryList({u"*.tar.gz"_s}, QDir::Files).isEmpty())
            continue;
        if (key.startsWith(u"server-"_s)) {
            from += u"a server"_s;
            continue;
        }
        const auto older = std::ranges::find(project.versions, key.toLatin1(),
                                             [](const versions::Version &other) { return other.tag.commit.hex(); });
        from += older == project.versions.end() ? u"several"_s : older->tag.text();
    }
    from.removeDuplicates();
    return from;
}

QList<PackageCheck> checkPackage(const package::Manifest &manifest, const QStringList &fromVersions)
{
    return {relupCheck(manifest, fromVersions), applicationsCheck(manifest), ertsCheck(manifest),
            restartCheck(manifest)};
}

Result<relup::PreparedRelease> prepareRelease(const Project &project, const QList<versions::Version> &from,
                                              const versions::Version &to, const JobContext &context)
{
    QList<build::BuiltRelease> older;
    for (const versions::Version &version : from) {
        auto release = build::buildRelease(project.buildRequest(version), context);
        if (!release)
            return std::unexpected(release.error());
        older.append(*std::move(release));
    }
    auto newer = build::buildRelease(project.buildRequest(to), context);
    if (!newer)
        return std::unexpected(newer.error());
    if (older.isEmpty())
        return relup::PreparedRelease{*newer, {}, {}, {}, 0};
    auto prepared = relup::makeRelup(older, *newer, context);
    if (!prepared && prepared.error().kind == ErrorKind::Answer)
        return std::unexpected(withPlace(prepared.error(), project, from, to));
    return prepared;
}

Result<Packaged> packageVersion(const Project &project, const QList<versions::Version> &from,
                                const versions::Version &to, const JobContext &context)
{
    const auto prepared = prepareRelease(project, from, to, context);
    if (!prepared)
        return std::unexpected(prepared.error());
    auto packaged = writePackage(*prepared, packageFolder(project, from, to), context);
    if (packaged && !from.isEmpty())
        packaged->checks += {bumpCheck(project, from, to), rulesCheck(project, from, to)};
    return packaged;
}

Result<Packaged> packageOnto(const Project &project, const build::BuiltRelease &from, const versions::Version &to,
                             const JobContext &context)
{
    const auto newer = build::buildRelease(project.buildRequest(to), context);
    if (!newer)
        return std::unexpected(newer.error());
    const auto prepared = relup::makeRelup({from}, *newer, context);
    if (!prepared)
        return std::unexpected(prepared.error());
    return writePackage(*prepared, packageFolder(project, from, to), context);
}

} // namespace handover::workspace

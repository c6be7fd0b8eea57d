// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/builtmodules.h"

#include "models/build/release.h"
#include "models/erlang/beamfile.h"
#include "models/package/extract.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

constexpr qint64 LargestBeam = 64 * 1024 * 1024;

[[nodiscard]] Result<> readApp(const QString &ebin, const QString &app, BuiltModules &built, const JobContext &context)
{
    const QDir directory(ebin);
    for (const QString &name : directory.entryList({u"*.beam"_s}, QDir::Files, QDir::Name)) {
        if (context.isCancelled())
            return cancellation();
        QFile file(directory.filePath(name));
        if (!file.open(QIODevice::ReadOnly) || file.size() > LargestBeam)
            return failure(u"build.unreadable"_s, u"%1 could not be read."_s.arg(file.fileName()),
                           u"Build the version again."_s, file.errorString());
        BuiltModule module{app, {}, {}, file.readAll()};
        const Result<erlang::BeamFile> beam = erlang::BeamFile::parse(module.file);
        if (!beam) {
            Error error = beam.error();
            error.message = u"%1: %2"_s.arg(file.fileName(), error.message);
            return std::unexpected(error);
        }
        module.sha256 = QCryptographicHash::hash(module.file, QCryptographicHash::Sha256).toHex();
        module.md5 = beam->md5();
        built.modules.insert(QFile::encodeName(name.chopped(5)), std::move(module));
    }
    return {};
}

[[nodiscard]] Result<BuiltModules> readDirectory(const QString &directory, BuiltModules built, const JobContext &context)
{
    context.progress(u"Reading the built modules"_s);
    for (const auto &[app, version] : built.apps.asKeyValueRange()) {
        const QString ebin = u"%1/lib/%2-%3/ebin"_s.arg(directory, app, version);
        if (const Result<> read = readApp(ebin, app, built, context); !read)
            return std::unexpected(read.error());
    }
    if (built.modules.isEmpty())
        return failure(u"build.no-release"_s, u"There are no compiled modules in %1/lib."_s.arg(directory),
                       u"Give a release directory or tarball with its applications inside."_s);
    return built;
}

} // namespace

Result<BuiltModules> BuiltModules::read(const QString &directoryOrTarball, const JobContext &context)
{
    if (QFileInfo(directoryOrTarball).isDir()) {
        const Result<build::BuiltRelease> release = build::readRelease(directoryOrTarball);
        if (!release)
            return std::unexpected(release.error());
        return readDirectory(directoryOrTarball, {release->name, release->version, release->apps, {}}, context);
    }
    const Result<package::Manifest> manifest = package::inspect(directoryOrTarball, context);
    if (!manifest)
        return std::unexpected(manifest.error());
    const QTemporaryDir directory;
    if (!directory.isValid())
        return failure(u"package.write"_s, u"There is no place to unpack the tarball."_s, u"Make room for it."_s,
                       directory.errorString());
    const auto wanted = [](const QString &path) { return path.startsWith(u"lib/") && path.endsWith(u".beam"); };
    if (const Result<> done = package::extract(directoryOrTarball, directory.path(), wanted, context); !done)
        return std::unexpected(done.error());
    return readDirectory(directory.path(), {manifest->name, manifest->version, manifest->apps, {}}, context);
}

} // namespace handover::node

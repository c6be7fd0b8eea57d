// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/appsources.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace handover::versions {

namespace {

// Where a {file, Path} of an application leads; empty if that is not in the tree.
QByteArray pathInTree(const QByteArray &directory, const QString &path)
{
    if (path.isEmpty() || path.startsWith(u'/'))
        return {};
    const QString from = directory.isEmpty() ? path : QString::fromUtf8(directory) + u'/' + path;
    const QByteArray clean = QDir::cleanPath(from).toUtf8();
    return clean == ".." || clean.startsWith("../") ? QByteArray() : clean;
}

} // namespace

AppSources::AppSources(const repo::Repository &repository)
    : m_repository(repository)
    , m_apps(repository)
{
}

Result<Declared> AppSources::read(const repo::Tag &tag)
{
    const auto declared = m_apps.read(tag.commit);
    if (!declared)
        return std::unexpected(declared.error());
    Declared result;
    result.deps = declared->deps;
    result.apps.reserve(declared->apps.size());
    for (const AppDeclaration &app : declared->apps) {
        auto vsn = resolve(app.vsn, app.directory, tag);
        if (!vsn)
            return std::unexpected(vsn.error());
        result.apps.append({app.name, *std::move(vsn), app.directory, app.appup});
    }
    if (declared->release) {
        auto release = resolve(*declared->release, {}, tag);
        if (!release)
            return std::unexpected(release.error());
        result.release = *std::move(release);
    }
    return result;
}

void AppSources::readInto(Version &version, const JobContext &context)
{
    const auto declared = read(version.tag);
    if (!declared)
        context.log(u"The applications at %1 can't be read. %2"_s.arg(version.tag.text(), declared.error().words()));
    version.declare(declared.value_or(Declared{}));
}

Result<QString> AppSources::resolve(const VsnSource &vsn, const QByteArray &directory,
                                    const repo::Tag &tag) const
{
    switch (vsn.kind) {
    case VsnSource::Kind::Text:
        return vsn.text;
    case VsnSource::Kind::GitTag:
        return gitVsn(tag.name);
    case VsnSource::Kind::GitShort:
        return tag.commit.shortText();
    case VsnSource::Kind::GitLong:
        return tag.commit.text();
    case VsnSource::Kind::File: {
        const auto contents = m_repository.fileAt(tag.commit, pathInTree(directory, vsn.text));
        if (!contents)
            return std::unexpected(contents.error());
        return QString::fromUtf8(contents->value_or(QByteArray())).trimmed();
    }
    case VsnSource::Kind::Unknown:
        break;
    }
    return QString();
}

} // namespace handover::versions

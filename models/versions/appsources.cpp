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

Result<QList<AppSource>> AppSources::read(const repo::Tag &tag)
{
    const auto declared = m_apps.read(tag.commit);
    if (!declared)
        return std::unexpected(declared.error());
    QList<AppSource> apps;
    apps.reserve(declared->size());
    for (const AppDeclaration &app : *declared) {
        auto vsn = resolve(app, tag);
        if (!vsn)
            return std::unexpected(vsn.error());
        apps.append({app.name, *std::move(vsn), app.directory, app.appup});
    }
    return apps;
}

void AppSources::readInto(Version &version, const JobContext &context)
{
    auto apps = read(version.tag);
    if (!apps)
        context.log(u"The applications at %1 can't be read. %2"_s.arg(version.tag.text(), apps.error().words()));
    version.apps = std::move(apps).value_or(QList<AppSource>());
    version.appsRead = true;
}

Result<QString> AppSources::resolve(const AppDeclaration &app, const repo::Tag &tag) const
{
    switch (app.vsn.kind) {
    case VsnSource::Kind::Text:
        return app.vsn.text;
    case VsnSource::Kind::GitTag:
        return gitVsn(tag.name);
    case VsnSource::Kind::GitShort:
        return tag.commit.shortText();
    case VsnSource::Kind::GitLong:
        return tag.commit.text();
    case VsnSource::Kind::File: {
        const auto contents = m_repository.fileAt(tag.commit, pathInTree(app.directory, app.vsn.text));
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

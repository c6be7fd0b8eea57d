// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/version.h"

#include "models/core/versionorder.h"
#include "models/versions/appreader.h"

#include <QDir>

#include <algorithm>

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

class Loader
{
public:
    explicit Loader(const repo::Repository &repository)
        : m_repository(repository)
        , m_apps(repository)
    {
    }

    Result<Version> load(const repo::Tag &tag)
    {
        Version version{tag, versionOfTag(tag.name), {}};
        const auto apps = m_apps.read(tag.commit);
        if (!apps)
            return std::unexpected(apps.error());
        version.apps.reserve(apps->size());
        for (const AppDeclaration &app : *apps) {
            auto vsn = resolve(app, tag);
            if (!vsn)
                return std::unexpected(vsn.error());
            version.apps.append({app.name, *std::move(vsn), app.directory, app.appup});
        }
        return version;
    }

private:
    Result<QString> resolve(const AppDeclaration &app, const repo::Tag &tag) const
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

    const repo::Repository &m_repository;
    AppReader m_apps;
};

bool isNewer(const Version &left, const Version &right)
{
    if (const auto order = compareVersions(left.version, right.version); order != 0)
        return order > 0;
    if (left.tag.date != right.tag.date)
        return left.tag.date > right.tag.date;
    return left.tag.name > right.tag.name;
}

} // namespace

const AppSource *Version::app(QStringView name) const
{
    const auto found = std::ranges::find(apps, name, &AppSource::name);
    return found == apps.end() ? nullptr : &*found;
}

Result<QList<Version>> loadVersions(const repo::Repository &repository, const JobContext &context)
{
    const auto tags = repository.tags(context);
    if (!tags)
        return std::unexpected(tags.error());
    Loader loader(repository);
    QList<Version> versions;
    versions.reserve(tags->size());
    for (const repo::Tag &tag : *tags) {
        if (context.isCancelled())
            return cancellation();
        if (versions.size() % 128 == 0)
            context.progress(u"Reading versions"_s, versions.size(), tags->size());
        auto version = loader.load(tag);
        if (!version) {
            // One damaged or missing commit is no reason to hide all other versions.
            context.log(
                u"The applications at %1 can't be read. %2"_s.arg(tag.text(), version.error().words()));
            version = Version{tag, versionOfTag(tag.name), {}};
        }
        versions.append(*std::move(version));
    }
    std::ranges::stable_sort(versions, isNewer);
    return versions;
}

} // namespace handover::versions

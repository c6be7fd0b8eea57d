// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/version.h"

#include "models/core/versionorder.h"
#include "models/versions/appsources.h"

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace handover::versions {

namespace {

constexpr qsizetype FewTags = 3;

struct Place
{
    quint64 rank;
    qsizetype row;
};

bool isNewer(const Version &left, const Version &right)
{
    if (const auto order = compareVersions(left.version, right.version); order != 0)
        return order > 0;
    if (left.tag.date != right.tag.date)
        return left.tag.date > right.tag.date;
    return left.tag.name > right.tag.name;
}

QList<Version> newestFirst(QList<Version> versions)
{
    std::vector<Place> places;
    places.reserve(static_cast<size_t>(versions.size()));
    for (qsizetype row = 0; row < versions.size(); ++row)
        places.push_back({versionRank(versions[row].version), row});
    std::ranges::stable_sort(places, [&versions](const Place &left, const Place &right) {
        return left.rank != right.rank ? left.rank > right.rank
                                       : isNewer(versions.at(left.row), versions.at(right.row));
    });
    QList<Version> sorted;
    sorted.reserve(versions.size());
    for (const Place &place : places)
        sorted.append(std::move(versions[place.row]));
    return sorted;
}

} // namespace

const AppSource *Version::app(QStringView name) const
{
    for (const QList<AppSource> *const list : {&apps, &packages}) {
        if (const auto found = std::ranges::find(*list, name, &AppSource::name); found != list->end())
            return &*found;
    }
    return nullptr;
}

QList<AppSource> Version::appsWithRules() const
{
    QList<AppSource> all = apps;
    std::ranges::copy_if(packages, std::back_inserter(all), [](const AppSource &app) { return !app.appupPath.isEmpty(); });
    return all;
}

void Version::declare(const Declared &declared)
{
    apps = declared.apps;
    release = declared.release;
    deps = declared.deps;
    packages.clear();
    for (const Dependency &dependency : deps) {
        if (dependency.isPackage && !dependency.vsn.isEmpty())
            packages.append({dependency.name, dependency.vsn, {}, dependency.appupPath});
    }
    appsRead = true;
}

QString Version::summary() const { return tag.message.section(u'\n', 0, 0).trimmed(); }

void noteOtherTags(QList<Version> &versions)
{
    std::vector<Version *> byCommit;
    byCommit.reserve(static_cast<size_t>(versions.size()));
    for (Version &version : versions)
        byCommit.push_back(&version);
    std::ranges::sort(byCommit, [](const Version *left, const Version *right) {
        const auto order = left->tag.commit.hex() <=> right->tag.commit.hex();
        return order != 0 ? order < 0 : left->tag.name < right->tag.name;
    });
    for (auto first = byCommit.begin(); first != byCommit.end();) {
        const auto isElsewhere = [&](const Version *version) { return version->tag.commit != (*first)->tag.commit; };
        const auto end = std::find_if(first, byCommit.end(), isElsewhere);
        // Any number of tags may be on one commit: all of them at each would be the square of it.
        QByteArrayList few;
        for (auto one = first; one != end && few.size() <= FewTags; ++one)
            few.append((*one)->tag.name);
        for (auto one = first; one != end && few.size() > 1; ++one) {
            QByteArrayList others = few;
            others.removeOne((*one)->tag.name);
            (*one)->otherTags = others.first(qMin(others.size(), FewTags));
            (*one)->otherTagCount = end - first - 1;
        }
        first = end;
    }
}

qsizetype rowOfTag(const QList<Version> &versions, QStringView tag)
{
    const QByteArray name = tag.toUtf8();
    auto found = std::ranges::find(versions, name, [](const Version &version) { return version.tag.name; });
    if (found == versions.end() && tag.contains(QChar::ReplacementCharacter)) // the name isn't UTF-8
        found = std::ranges::find(versions, tag, [](const Version &version) { return version.tag.text(); });
    return found == versions.end() ? -1 : found - versions.begin();
}

Result<QList<Version>> listVersions(const repo::Repository &repository, const JobContext &context)
{
    auto tags = repository.tags(context);
    if (!tags)
        return std::unexpected(tags.error());
    QList<Version> versions;
    versions.reserve(tags->size());
    for (repo::Tag &tag : *tags) {
        QString version = versionOfTag(tag.name);
        versions.append({std::move(tag), std::move(version), {}});
    }
    return newestFirst(std::move(versions));
}

Result<QList<Version>> loadVersions(const repo::Repository &repository, const JobContext &context)
{
    auto versions = listVersions(repository, context);
    if (!versions)
        return versions;
    noteOtherTags(*versions);
    AppSources apps(repository);
    for (qsizetype row = 0; row < versions->size(); ++row) {
        if (context.isCancelled())
            return cancellation();
        if (row % 128 == 0)
            context.progress(u"Reading versions"_s, row, versions->size());
        apps.readInto((*versions)[row], context);
    }
    return versions;
}

} // namespace handover::versions

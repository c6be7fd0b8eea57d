// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/versionapps.h"

#include "models/versions/appsources.h"

#include <QElapsedTimer>

#include <algorithm>
#include <optional>

namespace handover::workspace {

// One part reads it at a time, each in its turn; what the trees before have told stays known.
struct VersionApps::Reading
{
    QString path;
    QList<versions::Version> versions;
    qsizetype next = 0;
    std::optional<repo::Repository> repository;
    std::optional<versions::AppSources> apps;

    [[nodiscard]] bool open()
    {
        if (apps)
            return true;
        auto opened = repo::Repository::open(path);
        if (!opened)
            return false;
        repository.emplace(std::move(*opened));
        apps.emplace(*repository);
        return true;
    }

    [[nodiscard]] Part part(const JobContext &context);
};

struct VersionApps::Part
{
    qsizetype first = 0;
    QList<versions::Declared> declared;
};

VersionApps::Part VersionApps::Reading::part(const JobContext &context)
{
    constexpr qint64 partMs = 150;
    constexpr qsizetype mostRows = 5000; // so many are taken in without being noticed
    Part part{next, {}};
    if (!open())
        return part;
    QElapsedTimer clock;
    clock.start();
    while (next < versions.size() && part.declared.size() < mostRows && clock.elapsed() < partMs && !context.isCancelled()) {
        versions::Version &version = versions[next++];
        if (!version.appsRead)
            apps->readInto(version, context);
        part.declared.append(version.declared());
    }
    return part;
}

VersionApps::VersionApps(QObject *parent)
    : QObject(parent)
{
}

void VersionApps::read(const QString &path, const QList<versions::Version> &versions)
{
    stop();
    const auto unread = std::ranges::find(versions, false, &versions::Version::appsRead);
    if (unread == versions.end())
        return;
    auto reading = std::make_shared<Reading>();
    reading->path = path;
    reading->versions = versions;
    reading->next = unread - versions.begin();
    m_isBusy = true;
    readPart(reading);
}

void VersionApps::stop()
{
    m_work.cancel();
    m_isBusy = false;
}

void VersionApps::readPart(const std::shared_ptr<Reading> &reading)
{
    m_work.start<Part>([reading](const JobContext &context) { return reading->part(context); },
                       [this, reading](const Part &part) {
                           // Nothing at all: the repository has gone. What is known stays.
                           m_isBusy = !part.declared.isEmpty() && reading->next < reading->versions.size();
                           if (!part.declared.isEmpty())
                               emit partRead(part.first, part.declared);
                           if (m_isBusy)
                               readPart(reading);
                           else
                               emit finished();
                       });
}

} // namespace handover::workspace

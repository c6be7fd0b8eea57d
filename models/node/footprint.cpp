// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/footprint.h"

#include "models/core/namelist.h"
#include "models/node/relupfile.h"

#include <QHash>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

constexpr qsizetype MostRelups = 100; // of which relups are read

[[nodiscard]] QByteArray appFolder(const QString &app, const QString &version)
{
    return QByteArray("lib/" + app.toUtf8() + '-' + version.toUtf8());
}

[[nodiscard]] QByteArray releaseFolder(const QString &version) { return QByteArray("releases/" + version.toUtf8()); }

// Names from RELEASES that would lead out of the release directory are not followed.
[[nodiscard]] bool isName(const QString &name) { return checkName(u"a name"_s, name).has_value(); }

// Lines "NUMBER NAME", with a tab or a space between them, of a program that is given folders and goes on over missing
// ones.
[[nodiscard]] Result<QHash<QByteArray, qint64>> numbersOf(server::Session &session, QList<QByteArray> command,
                                                          const QList<QByteArray> &folders, const JobContext &context)
{
    command += folders;
    const Result<server::ExecOutcome> outcome = session.exec(session.address().directory, command, context);
    if (!outcome)
        return std::unexpected(outcome.error());
    if (outcome->exitStatus == 127 || outcome->exitStatus == 126)
        return failure(u"server.no-du"_s, u"The server can't run %1."_s.arg(QString::fromUtf8(command.first())),
                       u"Install coreutils or busybox there, to see how large releases are."_s,
                       QString::fromUtf8(outcome->errorOutput));
    QHash<QByteArray, qint64> numbers;
    for (const QByteArray &line : outcome->output.split('\n')) {
        const qsizetype end = std::ranges::find_if_not(line, [](char c) { return c >= '0' && c <= '9'; }) - line.begin();
        if (end > 0 && end < line.size())
            numbers.insert(line.sliced(end + 1), line.first(end).toLongLong());
    }
    return numbers;
}

[[nodiscard]] Result<> findWays(server::Session &session, const QString &runs, ReleaseFootprint &footprint,
                                const JobContext &context)
{
    for (const bool back : {false, true}) {
        const Result<RelupPath> path = back ? findRelupPath(session, footprint.version, runs, context)
                                            : findRelupPath(session, runs, footprint.version, context);
        if (!path)
            return std::unexpected(path.error());
        (back ? footprint.andBack : footprint.reachable) = path->found;
        footprint.restartsEmulator = footprint.restartsEmulator || path->restartsEmulator;
    }
    return {};
}

} // namespace

QString ReleaseFootprint::removalWords() const
{
    const auto size = [](qint64 bytes) { return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat); };
    const QString frees = u"Removing it frees %1."_s.arg(size(ownBytes));
    return sharedBytes == 0 ? frees
                            : QString(frees.chopped(1) + u"; %1 more are shared with %2."_s.arg(size(sharedBytes), nameList(sharedWith)));
}

Result<QList<ReleaseFootprint>> readFootprints(server::Session &session, const Installation &installation,
                                               const JobContext &context)
{
    context.progress(u"Looking at the sizes of releases"_s);
    QMap<QByteArray, QStringList> users; // of an application's folder
    QList<QByteArray> places;
    for (const InstalledRelease &release : installation.releases) {
        if (!isName(release.version))
            continue;
        places += releaseFolder(release.version);
        for (const auto &[app, version] : release.apps.asKeyValueRange())
            if (isName(app) && isName(version))
                users[appFolder(app, version)] += release.version;
    }
    if (places.isEmpty())
        return QList<ReleaseFootprint>();
    const auto kibibytes = numbersOf(session, {"du", "-s", "-k", "--"}, places + users.keys(), context);
    if (!kibibytes)
        return std::unexpected(kibibytes.error());
    const auto times = numbersOf(session, {"stat", "-c", "%Y %n", "--"}, places, context);
    if (!times)
        return std::unexpected(times.error());

    const auto permanent = std::ranges::find(installation.releases, ReleaseStatus::Permanent, &InstalledRelease::status);
    const QString runs = !installation.runningVersion.isEmpty()          ? installation.runningVersion
                         : permanent != installation.releases.end() ? permanent->version
                                                                    : QString();
    QList<ReleaseFootprint> footprints;
    for (const InstalledRelease &release : installation.releases) {
        ReleaseFootprint footprint;
        footprint.version = release.version;
        footprint.ownBytes = kibibytes->value(releaseFolder(release.version)) * 1024;
        for (const auto &[app, version] : release.apps.asKeyValueRange()) {
            const QByteArray folder = appFolder(app, version);
            const QStringList usedBy = users.value(folder);
            (usedBy.size() > 1 ? footprint.sharedBytes : footprint.ownBytes) += kibibytes->value(folder) * 1024;
            for (const QString &other : usedBy)
                if (other != release.version && !footprint.sharedWith.contains(other))
                    footprint.sharedWith += other;
        }
        if (const auto time = times->constFind(releaseFolder(release.version)); time != times->cend())
            footprint.unpacked = QDateTime::fromSecsSinceEpoch(*time);
        if (!runs.isEmpty() && runs != release.version && isName(release.version) &&
            footprints.size() < MostRelups) {
            if (const Result<> found = findWays(session, runs, footprint, context); !found)
                return std::unexpected(found.error());
        }
        footprints += footprint;
    }
    return footprints;
}

} // namespace handover::node

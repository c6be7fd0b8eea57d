// SPDX-License-Identifier: GPL-3.0-or-later
// Where a tarball goes: free space, what lies there already.
#include "models/core/counted.h"
#include "models/erlang/beamfile.h"
#include "models/node/remotefiles.h"
#include "models/node/targetview.h"

#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

using Outcome = Check::Outcome;

QString sizeWords(qint64 bytes) { return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat); }

// POSIX's df -P: the line below the heading, "FILESYSTEM BLOCKS USED AVAILABLE CAPACITY% PLACE", of 1024 bytes with -k.
std::optional<qint64> freeBytes(const QByteArray &df)
{
    static const QRegularExpression line(u"^.*\\s\\d+\\s+\\d+\\s+(-?\\d+)\\s+(?:\\d+%|-)\\s"_s, QRegularExpression::MultilineOption);
    const auto match = line.match(QString::fromUtf8(df));
    if (!match.hasMatch())
        return std::nullopt;
    return std::max(match.captured(1).toLongLong(), qint64{0}) * 1024;
}

qint64 unpackedBytes(const TargetView &view)
{
    qint64 bytes = 0;
    for (const package::Entry &entry : view.manifest.entries) {
        if (!view.present || !view.present->contains(entry.path))
            bytes += entry.size;
    }
    return bytes;
}

struct Place
{
    server::RemotePath path;
    QString relative;
    QByteArray sum; ///< of what lies there; empty: nothing, or the server can't tell
    bool isTaken = false;
};

Result<Place> tarballOn(const TargetView &view)
{
    const server::RemotePath &directory = view.session.address().directory;
    const auto path = tarballPlace(directory, view.manifest.name, view.manifest.version);
    if (!path)
        return std::unexpected(path.error());
    const auto taken = view.session.exists(*path, view.context);
    if (!taken)
        return std::unexpected(taken.error());
    Place place{*path, path->text().sliced(directory.text().size() + 1), {}, *taken};
    if (*taken) {
        auto sum = view.session.sha256(*path, view.context);
        if (!sum)
            return std::unexpected(sum.error());
        place.sum = *std::move(sum);
    }
    return place;
}

// Unpacking moves some files of releases; those that lie where they lay in the tarball count.
bool isUnpackedAlike(const TargetView &view)
{
    if (!view.present)
        return false;
    for (const auto &[path, sum] : view.present->asKeyValueRange()) {
        if ((path.startsWith(u"lib/"_s) || path.startsWith(u"releases/%1/"_s.arg(view.manifest.version))) &&
            view.contents.sums.value(path) != sum)
            return false;
    }
    return true;
}

/// The files that lie on the server and are not what the tarball holds, as OTP would keep them.
struct Kept
{
    QStringList code;  ///< of applications that change, and the release's own: the upgrade would go wrong
    QStringList other; ///< of what stays as it is, and configuration
};

// A module compiled in another folder has other bytes and the same code.
Result<QSet<QString>> sameCode(const TargetView &view, const QStringList &modules)
{
    QSet<QString> same;
    if (modules.isEmpty())
        return same;
    const auto there = RemoteFiles(view.session, view.session.address().directory, view.context).read(modules);
    if (!there)
        return std::unexpected(there.error());
    if (!*there)
        return same;
    const QSet<QString> wanted(modules.begin(), modules.end());
    const auto ours = package::readContents(
        view.manifest, [&](const QString &path) { return wanted.contains(path); }, view.context,
        {.relBytes = RemoteFiles::LargestFile});
    if (!ours)
        return std::unexpected(ours.error());
    for (const auto &[path, bytes] : (*there)->asKeyValueRange()) {
        const auto left = erlang::BeamFile::parse(bytes);
        const auto right = erlang::BeamFile::parse(ours->texts.value(path));
        if (left && right && left->md5() == right->md5())
            same.insert(path);
    }
    return same;
}

// Whether the upgrade takes that file. Configuration is often changed on a server on purpose.
bool isTaken(const TargetView &view, const QString &path)
{
    if (path.endsWith(u".config"_s) || path.endsWith(u"/vm.args"_s))
        return false;
    if (path.startsWith(u"releases/%1/"_s.arg(view.manifest.version)))
        return true;
    const InstalledRelease *running = view.running();
    const QString folder = path.section(u'/', 1, 1); // lib/APP-VSN
    const QString app = folder.section(u'-', 0, 0);
    const QString version = view.manifest.apps.value(app);
    return running && path.startsWith(u"lib/"_s) && folder == app + u'-' + version && running->apps.value(app) != version;
}

Result<Kept> keptFiles(const TargetView &view)
{
    QStringList differing;
    QStringList modules;
    for (const auto &[path, sum] : view.present->asKeyValueRange()) {
        const bool stays = path.startsWith(u"lib/"_s) || path.startsWith(u"erts-"_s) ||
                           path.startsWith(u"releases/%1/"_s.arg(view.manifest.version));
        if (!stays || view.contents.sums.value(path) == sum)
            continue;
        differing += path;
        if (path.endsWith(u".beam"_s))
            modules += path;
    }
    const auto same = sameCode(view, modules);
    if (!same)
        return std::unexpected(same.error());
    Kept kept;
    for (const QString &path : std::as_const(differing)) {
        if (!same->contains(path))
            (isTaken(view, path) ? kept.code : kept.other).append(path);
    }
    return kept;
}

} // namespace

Result<Check> checkSpace(const TargetView &view)
{
    const auto place = tarballOn(view);
    if (!place)
        return std::unexpected(place.error());
    const auto df = view.session.exec(view.session.address().directory, {"env", "LC_ALL=C", "df", "-P", "-k", "."},
                                      view.context, {}, 30);
    if (!df)
        return std::unexpected(df.error());
    const auto free = freeBytes(df->output);
    if (!free)
        return Check{{}, {}, Outcome::Impossible, u"The server doesn't say how much space is free: df gave no answer."_s,
                     u"Look at the disk of %1 yourself."_s.arg(view.session.address().directory.text()),
                     {QString::fromUtf8(df->errorOutput.left(500)).trimmed()}};
    const qint64 send = place->sum == view.manifest.sha256 ? 0 : view.manifest.size;
    const qint64 need = send + unpackedBytes(view);
    const QStringList details{u"%1 to send, %2 to unpack besides what is there"_s.arg(sizeWords(send), sizeWords(need - send))};
    const QString words = u"%1 are needed with a reserve of a tenth, %2 are free."_s.arg(sizeWords(need + need / 10), sizeWords(*free));
    if (*free < need + need / 10)
        return Check{{}, {}, Outcome::Failed, words, u"Free some space, for instance by removing old releases and their tarballs."_s, details};
    return Check{{}, {}, Outcome::Passed, words, {}, details};
}

Result<Check> checkTarballPlace(const TargetView &view)
{
    const auto place = tarballOn(view);
    if (!place)
        return std::unexpected(place.error());
    const QString &version = view.manifest.version;
    // release_handler's unpack makes this link, and fails on one that an unsuccessful try left.
    const QString link = u"releases/%1/%2.tar.gz"_s.arg(version, view.manifest.name);
    const auto linkPath = view.path(link);
    const auto left = linkPath ? view.session.list(*view.path(u"releases"_s), view.context) : std::unexpected(linkPath.error());
    if (!left)
        return std::unexpected(left.error());
    if (!view.installation.release(version) && left->contains(version.toUtf8()) && !view.cleared.contains(u"releases/"_s + version)) {
        const auto names = view.session.list(*view.path(u"releases/"_s + version), view.context);
        if (names && names->contains(view.manifest.name.toUtf8() + ".tar.gz"))
            return Check{{}, {}, Outcome::Failed, u"An unpack that went wrong left %1; the next one would fail because of it."_s.arg(link),
                         u"Have what is there replaced."_s, {}};
    }
    if (view.installation.release(version) && isUnpackedAlike(view))
        return Check{{}, {}, Outcome::Passed, u"%1 is unpacked on the server already, and is the same."_s.arg(version), {}, {}};
    if (view.installation.release(version))
        return Check{{}, {}, Outcome::Warning, u"%1 is unpacked on the server already: what is there will be used, not this tarball."_s.arg(version),
                     u"If the tarball was made anew, remove the release on the server first, or give it a new version."_s, {}};
    if (!place->isTaken)
        return Check{{}, {}, Outcome::Passed, u"It will go to %1, where nothing lies."_s.arg(place->relative), {}, {}};
    if (place->sum == view.manifest.sha256)
        return Check{{}, {}, Outcome::Passed, u"It lies at %1 already, and is the same."_s.arg(place->relative), {}, {}};
    if (place->sum.isEmpty())
        return Check{{}, {}, Outcome::Impossible, u"A file lies at %1 already; whether it is the same can't be told, as the server has no sha256sum."_s.arg(place->relative),
                     u"Sending it replaces that file."_s, {}};
    return Check{{}, {}, Outcome::Warning, u"Another file lies at %1; it will be replaced."_s.arg(place->relative),
                 u"Make sure that nobody else deploys the same version."_s, {u"there: SHA-256 %1"_s.arg(QString::fromLatin1(place->sum))}};
}

Result<Check> checkKeptFiles(const TargetView &view)
{
    if (!view.present)
        return Check{{}, {}, Outcome::Impossible, u"The files on the server can't be compared: it has no sha256sum or no xargs."_s,
                     u"Install coreutils and findutils there."_s, {}};
    const auto kept = keptFiles(view);
    if (!kept)
        return std::unexpected(kept.error());
    if (!kept->code.isEmpty())
        return Check{{}, {}, Outcome::Failed,
                     u"%1 of this version on the server with other contents, and unpacking keeps what is there: the upgrade "
                     "would load that."_s.arg(counted(kept->code.size(), u"file lies"_s, u"files lie"_s)),
                     u"Have what is there replaced, or build it under a new version."_s, kept->code + kept->other};
    if (!kept->other.isEmpty())
        return Check{{}, {}, Outcome::Warning,
                     u"%1 where the server keeps what it has."_s.arg(counted(kept->other.size(), u"file differs"_s, u"files differ"_s)),
                     u"If what the tarball has is meant to arrive, give the applications new versions; configuration is changed on the server."_s, kept->other};
    return Check{{}, {}, Outcome::Passed, u"What lies there already is the same as in the tarball."_s, {}, {}};
}

} // namespace handover::node

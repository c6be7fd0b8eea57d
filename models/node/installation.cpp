// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/installation.h"

#include "models/node/disagreements.h"
#include "models/node/handler.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

constexpr qint64 MaximumScript = 1024 * 1024;
constexpr qint64 MaximumReleasesFile = 16 * 1024 * 1024;
constexpr qsizetype MaximumVersions = 200;

// The contents, or nothing where there is no such file.
[[nodiscard]] Result<std::optional<QByteArray>> readIfThere(server::Session &session, QByteArrayView relative,
                                                            qint64 limit, const JobContext &context)
{
    const Result<server::RemotePath> path = session.address().directory.child(relative);
    if (!path)
        return std::unexpected(path.error());
    Result<QByteArray> contents = session.readFile(*path, context, limit);
    if (contents)
        return std::optional(std::move(*contents));
    if (contents.error().code == "server.file-missing"_L1)
        return std::optional<QByteArray>();
    return std::unexpected(contents.error());
}

[[nodiscard]] std::unexpected<Error> noRelease(const server::Session &session, const QString &why)
{
    return failure(
        u"server.no-release"_s,
        u"There is no release in %1: %2."_s.arg(session.address().directory.text(), why),
        u"Give the directory that holds bin, lib and releases; a first release has to be put there by hand."_s);
}

// Without RELEASES the name is that of a releases/VERSION/NAME.rel for which there is a bin/NAME.
[[nodiscard]] Result<QString> nameFromFiles(server::Session &session, const QList<QByteArray> &versions,
                                            const JobContext &context)
{
    for (const QByteArray &version : versions.first(std::min(versions.size(), MaximumVersions))) {
        const Result<server::RemotePath> directory =
            session.address().directory.child(QByteArray("releases/" + version));
        const Result<QList<QByteArray>> names =
            directory ? session.list(*directory, context) : std::unexpected(directory.error());
        if (!names) {
            if (!session.isAlive() || names.error().isCancelled())
                return std::unexpected(names.error());
            continue; // a file, as RELEASES and tarballs
        }
        for (const QByteArray &file : *names) {
            if (!file.endsWith(".rel"))
                continue;
            const QByteArray name = file.chopped(4);
            const Result<server::RemotePath> script = session.address().directory.child(QByteArray("bin/" + name));
            if (script && checkName(u"a release's name"_s, QString::fromUtf8(name)) &&
                session.exists(*script, context).value_or(false))
                return QString::fromUtf8(name);
        }
    }
    return noRelease(session, u"neither releases/RELEASES nor a .rel file names one"_s);
}

void takeNode(Installation &installation, const NodeState &node)
{
    installation.nodeUp = true;
    installation.runningVersion = node.runningVersion();
    installation.runningApps = node.apps;
    installation.otp = node.otp;
    installation.erts = node.erts;
    installation.boot = node.boot;
    installation.facts = node.facts;
    installation.releases = node.table.releases;
}

[[nodiscard]] Result<void> takeWay(Installation &installation, const ReleaseScript &script, const JobContext &context)
{
    const Result<ScriptSkills> skills = script.skills(context);
    if (!skills)
        return std::unexpected(skills.error());
    const Result<HandlerWay> way = findWay(script, context);
    if (!way)
        return std::unexpected(way.error());
    installation.way = *way;
    installation.wayWords = wayWords(*way, installation.name, *skills);
    installation.wayRemark = wayRemark(*way, *skills);
    return {};
}

// Why a node can be down although it was started: its programs don't run here. Silent otherwise.
[[nodiscard]] QString brokenPrograms(server::Session &session, const QString &erts, const JobContext &context)
{
    if (erts.isEmpty() || !checkName(u"a version"_s, erts))
        return {};
    const server::RemotePath &directory = session.address().directory;
    const Result<server::RemotePath> program = directory.child(QByteArray("erts-" + erts.toUtf8() + "/bin/run_erl"));
    if (!program)
        return {};
    const Result<server::ExecOutcome> outcome = session.exec(directory, {program->bytes()}, context, {}, 10);
    if (!outcome)
        return {};
    for (const QByteArray &line : outcome->errorOutput.split('\n'))
        if (line.contains("not found (required by") ||
            line.contains("error while loading shared libraries") || line.contains("Exec format error"))
            return QString::fromUtf8(line);
    return {};
}

} // namespace

QString statusWords(ReleaseStatus status)
{
    switch (status) {
    case ReleaseStatus::Permanent:
        return u"permanent"_s;
    case ReleaseStatus::Current:
        return u"current"_s;
    case ReleaseStatus::Old:
        return u"old"_s;
    case ReleaseStatus::Unpacked:
        return u"unpacked"_s;
    }
    return {};
}

const InstalledRelease *Installation::release(QStringView version) const
{
    const auto found = std::ranges::find(releases, version, &InstalledRelease::version);
    return found == releases.end() ? nullptr : &*found;
}

Result<server::RemotePath> tarballPlace(const server::RemotePath &directory, const QString &name, const QString &version)
{
    if (const Result<void> good = checkName(u"a release's name"_s, name); !good)
        return std::unexpected(good.error());
    if (const Result<void> good = checkName(u"a release's version"_s, version); !good)
        return std::unexpected(good.error());
    return directory.child(QByteArray("releases/" + name.toUtf8() + '-' + version.toUtf8() + ".tar.gz"));
}

Result<Installation> readInstallation(server::Session &session, const JobContext &context)
{
    context.progress(u"Reading what is installed"_s);
    const Result<server::RemotePath> place = session.address().directory.child("releases");
    if (!place)
        return std::unexpected(place.error());
    const Result<QList<QByteArray>> listed = session.list(*place, context);
    if (!listed) {
        if (listed.error().code == "server.file-missing"_L1)
            return noRelease(session, u"the folder releases is missing"_s);
        return std::unexpected(listed.error());
    }
    const auto releasesText = readIfThere(session, "releases/RELEASES", MaximumReleasesFile, context);
    if (!releasesText)
        return std::unexpected(releasesText.error());
    const auto startErl = readIfThere(session, "releases/start_erl.data", 4096, context);
    if (!startErl)
        return std::unexpected(startErl.error());

    Evidence evidence;
    evidence.releaseFolders = *listed;
    evidence.startErl = startErlVersion(startErl->value_or(QByteArray()));
    evidence.file = *releasesText ? parseReleasesFile(**releasesText) : std::nullopt;
    evidence.fileIsThere = releasesText->has_value();

    Installation installation;
    if (evidence.file && !evidence.file->name.isEmpty()) {
        installation.name = evidence.file->name;
        if (const Result<void> good = checkName(u"a release's name"_s, installation.name); !good)
            return std::unexpected(good.error());
    } else {
        Result<QString> name = nameFromFiles(session, *listed, context);
        if (!name)
            return std::unexpected(name.error());
        installation.name = *name;
    }
    const auto script =
        readIfThere(session, QByteArray("bin/" + installation.name.toUtf8()), MaximumScript, context);
    if (!script)
        return std::unexpected(script.error());
    if (!*script)
        return noRelease(session, u"its script bin/%1 is missing"_s.arg(installation.name));
    evidence.scriptVersion = scriptVersion(**script);
    installation.bootVersion = evidence.scriptVersion.isEmpty() ? evidence.startErl : evidence.scriptVersion;

    if (evidence.file) {
        installation.releases = evidence.file->releases;
        installation.erts = evidence.file->erts;
    }
    const ReleaseScript bin(session, installation.name, ScriptSkills::of(**script));
    if (const Result<void> found = takeWay(installation, bin, context); !found)
        return std::unexpected(found.error());
    evidence.way = installation.way;
    if (installation.way != HandlerWay::None) {
        const Result<std::optional<NodeState>> node = askState(bin, context);
        if (!node)
            return std::unexpected(node.error());
        if (*node) {
            takeNode(installation, **node);
            evidence.node = (*node)->table;
        } else {
            evidence.brokenPrograms = brokenPrograms(session, installation.erts, context);
        }
    }
    if (context.isCancelled())
        return cancellation();
    installation.disagreements = findDisagreements(installation, evidence);
    return installation;
}

} // namespace handover::node

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/disagreements.h"

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

// Applications of a release that the node runs in another version: "tally 1.1.0 instead of 1.0.0".
[[nodiscard]] QStringList otherApps(const InstalledRelease &release, const QMap<QString, QString> &running)
{
    QStringList differing;
    for (const auto &[app, version] : running.asKeyValueRange()) {
        const QString expected = release.apps.value(app);
        if (!expected.isEmpty() && expected != version)
            differing += u"%1 %2 instead of %3"_s.arg(app, version, expected);
    }
    return differing;
}

void compareRunning(const Installation &installation, QStringList &found)
{
    const InstalledRelease *reported = installation.release(installation.runningVersion);
    if (!reported)
        return;
    const QStringList differing = otherApps(*reported, installation.runningApps);
    if (differing.isEmpty())
        return;
    QStringList fitting;
    for (const InstalledRelease &release : installation.releases)
        if (!release.apps.isEmpty() && otherApps(release, installation.runningApps).isEmpty())
            fitting += release.version;
    const QString really =
        fitting.size() == 1
            ? u" What runs is %1: the node was started with that version's script. Repair: stop the node and "
              u"start it with "
              "bin/%2, or make %1 the installed version."_s.arg(fitting.first(), installation.name)
            : u" Repair: restart the node, so that it runs one release as a whole."_s;
    found += u"The node says that %1 runs, but it runs %2.%3"_s.arg(installation.runningVersion,
                                                                    differing.join(u", "_s), really);
}

void comparePermanent(const Installation &installation, const Evidence &evidence, const QString &permanent,
                      QStringList &found)
{
    if (!evidence.scriptVersion.isEmpty() && evidence.scriptVersion != permanent)
        found += u"%1 is permanent, but bin/%2 starts %3: after a reboot %3 would come back. Repair: make %1 "
                 u"permanent "
                 "once more; Handover then copies bin/%2-%1 to bin/%2."_s.arg(permanent, installation.name,
                                                                              evidence.scriptVersion);
    if (!evidence.startErl.isEmpty() && evidence.startErl != permanent)
        found += u"%1 is permanent, but releases/start_erl.data names %2. bin/%3 does not read it, others "
                 u"may. Repair: "
                 "make %1 permanent once more."_s.arg(permanent, evidence.startErl, installation.name);
}

void compareTables(const ReleaseTable &file, const ReleaseTable &node, QStringList &found)
{
    QStringList differing;
    for (const InstalledRelease &release : node.releases)
        if (!file.version(release.version))
            differing += u"%1 is known to the node only"_s.arg(release.version);
    for (const InstalledRelease &release : file.releases)
        if (!node.version(release.version))
            differing += u"%1 is in the file only"_s.arg(release.version);
    const InstalledRelease *inFile = file.withStatus(ReleaseStatus::Permanent);
    const InstalledRelease *inNode = node.withStatus(ReleaseStatus::Permanent);
    if (inFile && inNode && inFile->version != inNode->version)
        differing += u"%1 is permanent in the file, %2 in the node"_s.arg(inFile->version, inNode->version);
    if (!differing.isEmpty())
        found += u"releases/RELEASES and the node disagree: %1. A tarball unpacked over the release "
                 u"directory does this. "
                 "Repair: the node rewrites the file at the next unpack, install or make-permanent; do not "
                 "restart it "
                 "before."_s.arg(differing.join(u"; "_s));
}

} // namespace

QStringList findDisagreements(const Installation &installation, const Evidence &evidence)
{
    QStringList found;
    if (evidence.way == HandlerWay::None)
        found += u"%1 The node can't be upgraded. Repair: build the release with relx's {extended_start_script, true}."_s
                     .arg(installation.wayWords);
    if (!evidence.brokenPrograms.isEmpty())
        found += u"The release's own programs do not run on this server: %1. It was built on a newer system. "
                 u"Repair: "
                 "build it on this server's system, or upgrade the server."_s.arg(evidence.brokenPrograms);
    if (!evidence.fileIsThere)
        found +=
            u"releases/RELEASES is missing: a downgrade to the first version will fail. Repair: make it with "
            "release_handler:create_RELEASES/4 while the node is down."_s;
    else if (!evidence.file)
        found += u"releases/RELEASES can't be understood: the node will not start from it. Repair: restore "
                 u"it from the "
                 "tarball of the permanent version while the node is down."_s;

    for (const InstalledRelease &release : installation.releases)
        if (!evidence.releaseFolders.contains(release.version.toUtf8()))
            found += u"%1 is listed as %2, but its folder releases/%1 is missing. Repair: remove that "
                     u"release, or unpack its tarball again."_s.arg(release.version, statusWords(release.status));

    const ReleaseTable *table = evidence.node ? &*evidence.node : evidence.file ? &*evidence.file : nullptr;
    const InstalledRelease *permanent = table ? table->withStatus(ReleaseStatus::Permanent) : nullptr;
    if (permanent)
        comparePermanent(installation, evidence, permanent->version, found);
    if (evidence.node && evidence.file)
        compareTables(*evidence.file, *evidence.node, found);
    if (installation.nodeUp)
        compareRunning(installation, found);
    return found;
}

} // namespace handover::node

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/leftovers.h"

#include "models/node/loglines.h"
#include "models/node/node.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

[[nodiscard]] bool isUsed(const Installation &installed, const QString &app, const QString &version)
{
    return installed.runningApps.value(app) == version ||
           std::ranges::any_of(installed.releases, [&](const InstalledRelease &release) { return release.apps.value(app) == version; });
}

[[nodiscard]] Result<QList<QByteArray>> listed(server::Session &session, const QByteArray &folder, const JobContext &context)
{
    const Result<server::RemotePath> path = session.address().directory.child(folder);
    return path ? session.list(*path, context) : Result<QList<QByteArray>>(std::unexpected(path.error()));
}

} // namespace

Result<QStringList> findLeftovers(server::Session &session, const Installation &installed, const package::Manifest &tarball,
                                  const JobContext &context)
{
    const auto isSilent = [](const InstalledRelease &release) { return release.apps.isEmpty(); };
    if (!installed.nodeUp || installed.releases.isEmpty() || installed.release(tarball.version) ||
        installed.bootVersion == tarball.version || std::ranges::any_of(installed.releases, isSilent) ||
        !checkName(u"a release's version"_s, tarball.version))
        return QStringList();
    const auto releases = listed(session, "releases", context);
    if (!releases)
        return std::unexpected(releases.error());
    const auto libraries = listed(session, "lib", context);
    if (!libraries)
        return std::unexpected(libraries.error());
    QStringList found;
    if (releases->contains(tarball.version.toUtf8()))
        found += u"releases/"_s + tarball.version;
    for (const auto &[app, version] : tarball.apps.asKeyValueRange()) {
        const QString folder = app + u'-' + version;
        if (!isUsed(installed, app, version) && libraries->contains(folder.toUtf8()) && checkName(u"an application's folder"_s, folder))
            found += u"lib/"_s + folder;
    }
    return found;
}

Result<Step> removeLeftovers(server::Session &session, const package::Manifest &tarball, const JobContext &context)
{
    QElapsedTimer clock;
    clock.start();
    context.progress(u"Removing what is left of %1"_s.arg(tarball.version));
    const auto installed = readInstallation(session, context);
    if (!installed)
        return std::unexpected(installed.error());
    const auto found = findLeftovers(session, *installed, tarball, context);
    if (!found)
        return std::unexpected(found.error());
    if (found->isEmpty())
        return refusal(u"server.nothing-left"_s, u"Nothing is left of %1 that could be removed safely."_s.arg(tarball.version),
                       u"Look again: the server is not as it was."_s);
    QList<QByteArray> command{"rm", "-r", "-f", "--"};
    for (const QString &folder : *found)
        command += folder.toUtf8();
    const auto removed = session.exec(session.address().directory, command, context);
    if (!removed)
        return std::unexpected(removed.error());
    if (removed->exitStatus != 0)
        return refusal(u"server.remove-failed"_s, u"What is left of %1 could not be removed."_s.arg(tarball.version),
                       u"Look at the server's words; perhaps this user may not delete there."_s,
                       spokenText(removed->errorOutput));
    return Step{Step::Kind::Remove, true, clock.elapsed(), u"Removed, as no release uses it: %1."_s.arg(found->join(u", "_s)), {}};
}

} // namespace handover::node

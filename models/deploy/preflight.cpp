// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/preflight.h"

#include "models/node/processchecks.h"
#include "models/node/relupfile.h"
#include "models/node/targetchecks.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::deploy {

namespace {

using Outcome = Check::Outcome;

QString appsText(const QMap<QString, QString> &apps)
{
    QStringList words;
    for (const auto &[app, version] : apps.asKeyValueRange())
        words += app + u'-' + version;
    return words.join(u' ');
}

Check releaseCheck(const node::Installation &installed, const package::Manifest &tarball)
{
    Check check{u"release"_s, u"Release"_s, Outcome::Passed, u"The server has the release %1."_s.arg(installed.name)};
    if (installed.name != tarball.name) {
        check.outcome = Outcome::Failed;
        check.words = u"The server has the release %1, the tarball is of %2."_s.arg(installed.name, tarball.name);
        check.remedy = u"Choose the release directory of %1, or another server."_s.arg(tarball.name);
    }
    return check;
}

Check nodeCheck(const node::Installation &installed)
{
    if (installed.nodeUp)
        return {u"node"_s, u"Node"_s, Outcome::Passed,
                u"It is up and runs %1 (OTP %2, ERTS %3)."_s.arg(installed.runningVersion, installed.otp, installed.erts)};
    if (installed.way == node::HandlerWay::None && !installed.wayWords.isEmpty())
        return {u"node"_s, u"Node"_s, Outcome::Failed, installed.wayWords,
                node::wayRemedy()};
    return {u"node"_s, u"Node"_s, Outcome::Failed, u"It is down, and only a running node can be upgraded."_s,
            u"Start it: bin/%1 daemon."_s.arg(installed.name)};
}

Check agreementCheck(const node::Installation &installed)
{
    if (installed.disagreements.isEmpty())
        return {u"agreement"_s, u"One truth"_s, Outcome::Passed,
                u"The node, RELEASES, start_erl.data, the start script and the folders agree."_s};
    return {u"agreement"_s, u"One truth"_s, Outcome::Warning,
            u"%1 of what the server says of itself contradict each other."_s.arg(installed.disagreements.size()),
            u"Repair that first, so that a reboot brings what you expect."_s, installed.disagreements};
}

Check thereCheck(const node::Installation &installed, const QString &version)
{
    const node::InstalledRelease *release = installed.release(version);
    if (release)
        return {u"release"_s, u"Release"_s, Outcome::Passed,
                u"%1 is on the server (%2)."_s.arg(version, node::statusWords(release->status))};
    return {u"release"_s, u"Release"_s, Outcome::Failed, u"%1 is not on the server."_s.arg(version), u"Deploy its tarball."_s};
}

Check wayCheck(const node::Installation &installed, const QString &version, const node::RelupPath &way)
{
    const QString from = installed.runningVersion;
    if (way.found)
        return {u"relup"_s, u"Relup"_s, Outcome::Passed, u"A relup leads from %1 to %2."_s.arg(from, version)};
    return {u"relup"_s, u"Relup"_s, Outcome::Failed, u"No relup on the server leads from %1 to %2."_s.arg(from, version),
            u"Only stopping the node and starting it with %1 leads there; connections and state are lost."_s.arg(version), way.offered};
}

// Upwards the way is in the tarball; downwards it is in what runs, on the server.
Result<std::optional<relup::Script>> scriptFor(server::Session &session, const node::Installation &installed,
                                               const package::Manifest &tarball, const JobContext &context)
{
    if (tarball.relup) {
        for (const relup::Script &script : tarball.relup->up) {
            if (script.version == installed.runningVersion)
                return script;
        }
    }
    return node::relupScript(session, installed.runningVersion, tarball.version, context);
}

// Without a way there is nothing to ask the processes about; that there is none is said already.
Result<QList<Check>> askProcesses(server::Session &session, const node::Installation &installed, const QString &to,
                                  const std::optional<relup::Script> &script, const JobContext &context)
{
    if (!script || installed.runningVersion == to)
        return QList<Check>();
    return node::checkProcesses(session, installed, to, *script, context);
}

} // namespace

Basis Basis::of(const package::Manifest *tarball, const node::Installation &installed)
{
    Basis basis;
    if (tarball)
        basis.tarball = tarball->sha256;
    basis.server += installed.nodeUp ? u"the node runs %1 (OTP %2, ERTS %3, start %4)"_s.arg(
                                           installed.runningVersion, installed.otp, installed.erts, QString::fromUtf8(installed.boot))
                                     : u"the node is down"_s;
    basis.server += u"a reboot starts %1"_s.arg(installed.bootVersion);
    if (installed.nodeUp)
        basis.server += u"running: "_s + appsText(installed.runningApps);
    for (const node::InstalledRelease &release : installed.releases)
        basis.server += u"%1 %2: %3"_s.arg(release.version, node::statusWords(release.status), appsText(release.apps));
    return basis;
}

QStringList Basis::differences(const Basis &now) const
{
    QStringList lines;
    if (tarball != now.tarball)
        lines += {u"- tarball %1"_s.arg(QString::fromLatin1(tarball)), u"+ tarball %1"_s.arg(QString::fromLatin1(now.tarball))};
    for (const QString &line : server) {
        if (!now.server.contains(line))
            lines += u"- "_s + line;
    }
    for (const QString &line : now.server) {
        if (!server.contains(line))
            lines += u"+ "_s + line;
    }
    return lines;
}

const Check *Preflight::obstacle(bool restarts) const
{
    static const QStringList ofTheWay{u"relup"_s, u"applications"_s, u"purge"_s, u"suspend"_s, u"supervisors"_s, u"release_handler"_s};
    const auto found = std::ranges::find_if(checks, [restarts](const Check &check) {
        return check.outcome == Check::Outcome::Failed && !(restarts && ofTheWay.contains(check.id));
    });
    return found == checks.end() ? nullptr : &*found;
}

Result<Preflight> examine(server::Session &session, const package::Manifest &tarball, const JobContext &context, bool replaces)
{
    context.progress(u"Looking before the upgrade"_s);
    auto installed = node::readInstallation(session, context);
    if (!installed)
        return std::unexpected(installed.error());
    Preflight preflight{tarball.version, {}, Basis::of(&tarball, *installed), *installed, QDateTime::currentDateTime()};
    preflight.checks += releaseCheck(*installed, tarball);
    preflight.checks += nodeCheck(*installed);
    preflight.checks += agreementCheck(*installed);
    if (!preflight.allows())
        return preflight; // another release, or nobody to ask
    const auto byFiles = node::checkTarget(session, *installed, tarball, context, replaces);
    if (!byFiles)
        return std::unexpected(byFiles.error());
    preflight.checks += *byFiles;
    const auto script = scriptFor(session, *installed, tarball, context);
    if (!script)
        return std::unexpected(script.error());
    if (const auto asked = askProcesses(session, *installed, tarball.version, *script, context); asked)
        preflight.checks += *asked;
    else
        return std::unexpected(asked.error());
    return preflight;
}

Result<Preflight> examineSwitch(server::Session &session, const QString &version, const JobContext &context)
{
    context.progress(u"Looking before the switch"_s);
    auto installed = node::readInstallation(session, context);
    if (!installed)
        return std::unexpected(installed.error());
    Preflight preflight{version, {}, Basis::of(nullptr, *installed), *installed, QDateTime::currentDateTime()};
    preflight.checks += nodeCheck(*installed);
    preflight.checks += agreementCheck(*installed);
    if (!preflight.allows())
        return preflight;
    preflight.checks += thereCheck(*installed, version);
    if (!preflight.allows() || installed->runningVersion == version)
        return preflight;
    const auto script = node::relupScript(session, installed->runningVersion, version, context);
    if (!script)
        return std::unexpected(script.error());
    // None may be one that isn't understood here.
    const auto way = *script ? node::RelupPath{.found = true, .file = {}, .offered = {}}
                             : node::findRelupPath(session, installed->runningVersion, version, context);
    if (!way)
        return std::unexpected(way.error());
    preflight.checks += wayCheck(*installed, version, *way);
    const auto asked = askProcesses(session, *installed, version, *script, context);
    if (!asked)
        return std::unexpected(asked.error());
    preflight.checks += *asked;
    return preflight;
}

} // namespace handover::deploy

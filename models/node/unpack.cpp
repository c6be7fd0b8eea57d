// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/handler.h"
#include "models/node/handlerreason.h"

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

// A failed try leaves a link behind that makes every later one fail. A real file of that name is
// somebody's tarball and stays.
[[nodiscard]] Result<void> removeStaleLink(server::Session &session, const QString &name, const QString &version,
                                           const JobContext &context)
{
    const server::RemotePath &directory = session.address().directory;
    const Result<server::RemotePath> link =
        directory.child(QByteArray("releases/" + version.toUtf8() + '/' + name.toUtf8() + ".tar.gz"));
    if (!link)
        return std::unexpected(link.error());
    const Result<server::ExecOutcome> isLink = session.exec(directory, {"test", "-L", link->bytes()}, context);
    if (!isLink)
        return std::unexpected(isLink.error());
    if (isLink->exitStatus != 0)
        return {};
    context.log(u"Removing %1, a link that a failed unpack left behind"_s.arg(link->text()));
    return session.removeFile(*link, context);
}

// Unpacking never replaces a file that is there, so the rest of a failed try would stay unnoticed.
// Compares what only this release uses; other libraries are shared, and theirs stay by design.
[[nodiscard]] Result<QStringList> differingFiles(server::Session &session, const server::RemotePath &tarball,
                                                 const ReleaseTable &table, const InstalledRelease &release,
                                                 const JobContext &context)
{
    QList<QByteArray> command{"tar", "-dzf", tarball.bytes(),
                              QByteArray("releases/" + release.version.toUtf8())};
    for (const auto &[app, version] : release.apps.asKeyValueRange()) {
        bool shared = false;
        for (const InstalledRelease &other : table.releases)
            shared = shared || (other.version != release.version && other.apps.value(app) == version);
        if (!shared)
            command += QByteArray("lib/" + app.toUtf8() + '-' + version.toUtf8());
    }
    const Result<server::ExecOutcome> outcome = session.exec(session.address().directory, command, context);
    if (!outcome)
        return std::unexpected(outcome.error());
    QStringList files;
    for (const QByteArray &line : outcome->output.split('\n') + outcome->errorOutput.split('\n'))
        if (line.contains(": Contents differ") || line.contains(": Size differs"))
            files += QString::fromUtf8(line.first(line.lastIndexOf(':')));
    return files;
}

[[nodiscard]] std::unexpected<Error> unpackFailed(const QString &name, const QString &version,
                                                  const HandlerAnswer &answer)
{
    const QString &raw = answer.raw;
    if (!answer.trouble.isEmpty())
        return refusal(u"server.unpack-failed"_s, u"%1 could not be unpacked."_s.arg(version), answer.trouble, raw);
    if (raw.contains(u"release_package_not_found"_s))
        return refusal(u"server.unpack-failed"_s, u"%1 could not be unpacked: its tarball is not there."_s.arg(version),
                       u"Upload it as releases/%1-%2.tar.gz."_s.arg(name, version), raw);
    const HandlerReason reason = handlerReason(raw);
    return refusal(u"server.unpack-failed"_s, u"%1 could not be unpacked. %2"_s.arg(version, reason.cause).trimmed(),
                   reason.remedyOr(u"Look at the node's own words below, and at log/erlang.log.1 on the server."_s),
                   raw);
}

} // namespace

Result<Step> unpackRelease(server::Session &session, const QString &name, const QString &version,
                           const JobContext &context)
{
    context.progress(u"Unpacking %1"_s.arg(version));
    const Result<StepStart> start = StepStart::make(session, name, version, context);
    if (!start)
        return std::unexpected(start.error());
    if (const InstalledRelease *known = start->release(version))
        return refusal(
            u"server.already-installed"_s,
            u"%1 is on this server already: it is %2."_s.arg(version, statusWords(known->status)),
            u"A tarball of the same version is not unpacked again. If it was built anew, give it a new version."_s);
    if (const Result<void> removed = removeStaleLink(session, name, version, context); !removed)
        return std::unexpected(removed.error());

    const Result<HandlerAnswer> answer = handlerUnpacks(start->script, version, context);
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->outcome == HandlerAnswer::Outcome::NodeDown)
        return nodeDown(name, answer->raw);
    const bool isUnknown = answer->outcome == HandlerAnswer::Outcome::Unknown;
    if (!isUnknown && answer->outcome != HandlerAnswer::Outcome::Done) {
        const Result<void> removed = removeStaleLink(session, name, version, context);
        if (!removed && !session.isAlive())
            return std::unexpected(removed.error());
        return unpackFailed(name, version, *answer);
    }

    if (isUnknown)
        context.progress(u"The node did not answer in time; asking it what it has"_s);
    const Result<std::optional<NodeState>> after =
        isUnknown ? stateAfterSilence(start->script, context)
                  : askState(start->script, context);
    if (!after)
        return std::unexpected(after.error());
    const InstalledRelease *release = *after ? (*after)->table.version(version) : nullptr;
    if (isUnknown && !release)
        return unpackFailed(name, version, *answer);
    const Result<server::RemotePath> tarball = tarballPlace(session.address().directory, name, version);
    if (release && tarball) {
        const Result<QStringList> differing =
            differingFiles(session, *tarball, (*after)->table, *release, context);
        if (!differing)
            return std::unexpected(differing.error());
        if (!differing->isEmpty())
            return refusal(
                u"server.unpack-failed"_s,
                u"%1 was unpacked over files of an earlier try, which stayed as they were."_s.arg(version),
                u"Remove the release %1 from the server, then deliver it again."_s.arg(version),
                differing->join(u'\n'));
    }
    return start->done(Step::Kind::Unpack,
                       u"%1 is unpacked; %2 still runs."_s.arg(version, start->state.runningVersion()),
                       answer->raw.toUtf8());
}

} // namespace handover::node

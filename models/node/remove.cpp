// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/handler.h"
#include "models/node/handlerreason.h"
#include "models/node/startscript.h"
#include "models/node/steps.h"

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

constexpr int RemoveSeconds = 120; // for a slow disk

[[nodiscard]] std::unexpected<Error> inUse(const QString &version, const QString &why, const QString &remedy)
{
    return refusal(u"server.in-use"_s, u"%1 can't be removed: %2."_s.arg(version, why), remedy);
}

// release_handler:remove_release has no guard for what runs.
[[nodiscard]] Result<void> checkUnused(const StepStart &start, const InstalledRelease &release, const JobContext &context)
{
    if (start.state.runningVersion() == release.version || release.status == ReleaseStatus::Current)
        return inUse(release.version, u"the node runs it"_s, u"Switch the node to another release first."_s);
    if (release.status == ReleaseStatus::Permanent)
        return inUse(release.version, u"it is permanent"_s, u"Make another release permanent first."_s);
    const Result<QString> starts = scriptStarts(start.script.session(), start.script.name(), context);
    if (!starts)
        return std::unexpected(starts.error());
    if (*starts == release.version)
        return inUse(release.version, u"bin/%1 starts it after a reboot"_s.arg(start.script.name()),
                     u"Make what runs permanent first."_s);
    return {};
}

// What remove_release leaves: the tarball and the version's own start script.
[[nodiscard]] QStringList removeRest(server::Session &session, const QString &name, const QString &version,
                                     const JobContext &context)
{
    QStringList removed;
    const server::RemotePath &directory = session.address().directory;
    for (const QString &file : {u"releases/%1-%2.tar.gz"_s.arg(name, version), u"bin/%1-%2"_s.arg(name, version)}) {
        const Result<server::RemotePath> path = directory.child(file.toUtf8());
        if (path && session.removeFile(*path, context))
            removed += file;
    }
    return removed;
}

} // namespace

Result<Step> removeRelease(server::Session &session, const QString &name, const QString &version, const JobContext &context)
{
    context.progress(u"Removing %1"_s.arg(version));
    const Result<StepStart> start = StepStart::make(session, name, version, context);
    if (!start)
        return std::unexpected(start.error());
    const InstalledRelease *release = start->release(version);
    if (!release)
        return notInstalled(version);
    if (const Result<void> unused = checkUnused(*start, *release, context); !unused)
        return std::unexpected(unused.error());
    const Result<std::optional<erlang::Term>> answer =
        askHandler(start->script, "remove_release(" + erlangString(version) + ")", RemoveSeconds,
                   [&](const NodeState &state) { return !state.table.version(version); }, context);
    if (!answer)
        return std::unexpected(answer.error());
    if (!*answer)
        return nodeDown(name, {});
    const QByteArray raw = (*answer)->print();
    if (!(*answer)->isAtom("ok")) {
        const HandlerReason reason = handlerReason(**answer);
        return refusal(u"server.remove-failed"_s, u"The node did not remove %1. %2"_s.arg(version, reason.cause).trimmed(),
                       reason.remedyOr(u"Look at its reason below; perhaps its user may not delete in lib and releases."_s),
                       QString::fromUtf8(raw));
    }
    const QStringList rest = removeRest(session, name, version, context);
    QString detail = u"releases/%1 is gone, and of lib what no other release uses"_s.arg(version);
    detail += rest.isEmpty() ? u"."_s : u"; also %1."_s.arg(rest.join(u", "_s));
    return start->done(Step::Kind::Remove, detail, raw);
}

} // namespace handover::node

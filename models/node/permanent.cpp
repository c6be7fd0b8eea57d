// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/handler.h"
#include "models/node/handlerreason.h"
#include "models/node/startscript.h"
#include "models/node/steps.h"

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

constexpr int AnswerSeconds = 120; // it purges old code

} // namespace

Result<Step> makePermanent(server::Session &session, const QString &name, const QString &version,
                           const JobContext &context)
{
    context.progress(u"Making %1 permanent"_s.arg(version));
    const Result<StepStart> start = StepStart::make(session, name, version, context);
    if (!start)
        return std::unexpected(start.error());
    const InstalledRelease *release = start->release(version);
    if (!release)
        return notInstalled(version);
    if (start->state.runningVersion() != version)
        return refusal(u"server.not-installed"_s,
                       u"%1 is %2, but it does not run; %3 does."_s.arg(version, statusWords(release->status),
                                                                        start->state.runningVersion()),
                       u"Install it first: only what runs can be made permanent."_s);
    const Result<QString> starts = scriptStarts(session, name, context);
    if (!starts)
        return std::unexpected(starts.error());
    const bool wasPermanent = release->status == ReleaseStatus::Permanent;
    // A script that names no version, as relx's do, starts what releases/start_erl.data says, or leaves that to others.
    const bool namesOther = !starts->isEmpty() && *starts != version;
    if (wasPermanent && !namesOther)
        return refusal(u"server.already-installed"_s, u"%1 is permanent already."_s.arg(version),
                       u"There is nothing to do."_s);

    const Result<std::optional<erlang::Term>> answer =
        askHandler(start->script, "make_permanent(" + erlangString(version) + ")", AnswerSeconds, [&](const NodeState &state) {
            const InstalledRelease *known = state.table.version(version);
            return known && known->status == ReleaseStatus::Permanent;
        }, context);
    if (!answer)
        return std::unexpected(answer.error());
    if (!*answer)
        return nodeDown(name, {});
    const QString raw = QString::fromUtf8((*answer)->print());
    if (!(*answer)->isAtom("ok")) {
        const HandlerReason reason = handlerReason(**answer);
        return refusal(u"server.install-failed"_s,
                       u"The node did not make %1 permanent; it still runs %2. %3"_s
                           .arg(version, start->state.runningVersion(), reason.cause).trimmed(),
                       reason.remedyOr(u"The node's reason is below."_s), raw);
    }
    if (namesOther) {
        if (Result<void> replaced = replaceScript(session, name, version, context); !replaced) {
            if (replaced.error().code == "server.start-script"_L1)
                replaced.error().message = u"The node has made %1 permanent, but bin/%2 still starts another version after a "
                                           u"reboot."_s.arg(version, name);
            return std::unexpected(replaced.error());
        }
    }
    const QString detail = starts->isEmpty()
                               ? u"%1 is permanent, and releases/start_erl.data names it; bin/%2 names no version itself."_s
                               : u"%1 is permanent: a reboot starts it, and bin/%2 does."_s;
    return start->done(Step::Kind::MakePermanent, detail.arg(version, name), raw.toUtf8());
}

} // namespace handover::node

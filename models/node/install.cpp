// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/handler.h"
#include "models/node/handlerreason.h"
#include "models/node/relupfile.h"

#include <QDeadlineTimer>

#include <chrono>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace handover::node {

namespace {

using Told = HandlerAnswer::Outcome;

constexpr auto RestartTime = 30s;
constexpr auto EmulatorTime = 120s;
constexpr auto NoRestartTime = 5s;

// A failure behind the point of no return makes the node restart its applications. Waits for that
// and says what runs then; without one it is told after a few seconds that nothing happened.
[[nodiscard]] QString stateAfterFailure(const StepStart &start, const JobContext &context)
{
    const QDeadlineTimer restarted(RestartTime);
    QDeadlineTimer unchanged(NoRestartTime);
    while (!restarted.hasExpired() && !context.isCancelled() && start.script.session().isAlive()) {
        const Result<std::optional<NodeState>> state = askState(start.script, context);
        if (state && *state) {
            const QString runs = (*state)->runningVersion();
            if ((*state)->boot != start.state.boot)
                return u"The node restarted its applications and runs %1 now; their state and connections are lost."_s
                    .arg(runs);
            if (unchanged.hasExpired())
                return u"The node did not restart and still runs %1."_s.arg(runs);
        } else {
            unchanged = QDeadlineTimer(NoRestartTime);
        }
        std::this_thread::sleep_for(300ms);
    }
    return u"The node does not answer any more: look at log/erlang.log.1 on the server, and start it with bin/%1 daemon."_s
        .arg(start.script.name());
}

[[nodiscard]] std::unexpected<Error> installFailed(const StepStart &start, const QString &version,
                                                   const HandlerAnswer &answer, const JobContext &context)
{
    const QString &raw = answer.raw;
    const QString from = start.state.runningVersion();
    if (answer.outcome == Told::NodeDown)
        return nodeDown(start.script.name(), raw);
    if (raw.contains(u"no_matching_relup"_s) || (raw.contains(u"enoent"_s) && raw.contains(u"/relup\""_s)))
        return noRelup(from, version, {}, raw);
    const HandlerReason reason = handlerReason(raw);
    QString message = u"%1 could not be installed. %2"_s.arg(version, reason.cause).trimmed();
    if (answer.outcome == Told::Refused)
        return refusal(u"server.install-failed"_s,
                       message + u" Nothing was changed: %1 still runs."_s.arg(from),
                       answer.trouble.isEmpty() ? reason.remedyOr(u"The node's reason is below."_s) : answer.trouble, raw);
    context.progress(u"The upgrade failed; waiting for the node"_s);
    message += u' ' + stateAfterFailure(start, context);
    return refusal(
        u"server.install-failed"_s, message,
        reason.remedyOr(u"The node's reason is below. Repair the upgrade, give it a new version, and deliver that."_s), raw);
}

// What runs after an answer that was no plain failure.
[[nodiscard]] Result<std::optional<NodeState>> stateAfter(const StepStart &start, const HandlerAnswer &answer,
                                                          bool restartsEmulator, const JobContext &context)
{
    if (answer.outcome == Told::Unknown) {
        context.progress(u"The node did not answer in time; asking it what it runs"_s);
        return stateAfterSilence(start.script, context);
    }
    if (answer.outcome == Told::Restarts || restartsEmulator) {
        context.progress(u"The emulator restarts; waiting for the node"_s);
        return waitForState(start.script, EmulatorTime, context, [&](const NodeState &state) {
            return state.boot != start.state.boot && !state.runningVersion().startsWith(u"__new_emulator__"_s);
        });
    }
    return askState(start.script, context);
}

} // namespace

Result<Step> installRelease(server::Session &session, const QString &name, const QString &version,
                            const JobContext &context)
{
    context.progress(u"Installing %1"_s.arg(version));
    const Result<StepStart> start = StepStart::make(session, name, version, context);
    if (!start)
        return std::unexpected(start.error());
    const QString from = start->state.runningVersion();
    if (!start->release(version))
        return notInstalled(version); // the script would unpack it, which is a step of its own
    if (from == version)
        return refusal(u"server.already-installed"_s, u"%1 runs already."_s.arg(version),
                       start->release(version)->status == ReleaseStatus::Permanent
                           ? u"There is nothing to install."_s
                           : u"It can be made permanent."_s);
    const Result<RelupPath> path = findRelupPath(session, from, version, context);
    if (!path)
        return std::unexpected(path.error());
    if (!path->found)
        return noRelup(from, version, path->offered, {});

    const Result<HandlerAnswer> answer = handlerInstalls(start->script, version, context);
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->outcome == Told::NodeDown || answer->outcome == Told::Refused || answer->outcome == Told::Failed)
        return installFailed(*start, version, *answer, context);
    const Result<std::optional<NodeState>> after = stateAfter(*start, *answer, path->restartsEmulator, context);
    if (!after)
        return std::unexpected(after.error());
    if (!*after || (*after)->runningVersion() != version)
        return installFailed(*start, version, *answer, context);
    const QString rest = (*after)->table.version(version)->status == ReleaseStatus::Permanent
                             ? u"It is permanent."_s
                             : u"It is not permanent: after a reboot the permanent version comes back."_s;
    return start->done(Step::Kind::Install, u"%1 runs now, before it %2. %3"_s.arg(version, from, rest),
                       answer->raw.toUtf8());
}

} // namespace handover::node

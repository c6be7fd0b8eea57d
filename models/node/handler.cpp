// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/handler.h"

#include <QDeadlineTimer>

#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace handover::node {

namespace {

constexpr qint64 LongestEscript = 1024 * 1024;
constexpr auto GoneTime = 60s; // a node that does not come back within it is not waited for

} // namespace

Result<HandlerWay> findWay(const ReleaseScript &script, const JobContext &context)
{
    const Result<ScriptSkills> skills = script.skills(context);
    if (!skills)
        return std::unexpected(skills.error());
    if (skills->talk == ScriptSkills::Talk::None)
        return HandlerWay::None;
    if (!skills->callsEscript)
        return HandlerWay::Calls;
    const auto place = script.session().address().directory.child("bin/install_upgrade.escript");
    if (!place)
        return std::unexpected(place.error());
    const auto escript = script.session().readFile(*place, context, LongestEscript);
    if (escript)
        return isUsableEscript(*escript) ? HandlerWay::Verbs : HandlerWay::Calls;
    if (!script.session().isAlive() || escript.error().isCancelled())
        return std::unexpected(escript.error());
    return HandlerWay::Calls;
}

QString wayName(HandlerWay way)
{
    switch (way) {
    case HandlerWay::None: return u"none"_s;
    case HandlerWay::Verbs: return u"verbs"_s;
    case HandlerWay::Calls: return u"calls"_s;
    }
    return {};
}

QString wayRemedy() { return u"Build the release with relx's {extended_start_script, true}."_s; }

QString wayWords(HandlerWay way, const QString &name, const ScriptSkills &skills)
{
    switch (way) {
    case HandlerWay::None:
        return skills.isElixirs
                   ? u"bin/%1 was made by mix, whose nodes can't be asked yet."_s.arg(name)
                   : u"bin/%1 has neither eval nor rpc, so the node's release_handler can't be reached."_s.arg(name);
    case HandlerWay::Verbs:
        return u"Releases are unpacked and installed by bin/%1 unpack and install (relx's install_upgrade.escript)."_s.arg(name);
    case HandlerWay::Calls:
        return (skills.callsEscript
                    ? u"Releases are unpacked and installed by calls of release_handler, through bin/%1 %2: "
                      "bin/install_upgrade.escript is missing, or too old."_s
                    : u"Releases are unpacked and installed by calls of release_handler, through bin/%1 %2."_s)
            .arg(name, skills.word());
    }
    return {};
}

QString wayRemark(HandlerWay way, const ScriptSkills &skills)
{
    return way == HandlerWay::Calls && skills.hasInstallHooks
               ? u"The script's own hooks before an upgrade (PRE_INSTALL_UPGRADE_HOOKS) are not run."_s
               : QString();
}

Result<HandlerAnswer> handlerUnpacks(const ReleaseScript &script, const QString &version, const JobContext &context)
{
    const Result<HandlerWay> way = findWay(script, context);
    if (!way)
        return std::unexpected(way.error());
    return (*way == HandlerWay::Verbs ? verbs::unpack : calls::unpack)(script, version, context);
}

Result<HandlerAnswer> handlerInstalls(const ReleaseScript &script, const QString &version, const JobContext &context)
{
    const Result<HandlerWay> way = findWay(script, context);
    if (!way)
        return std::unexpected(way.error());
    return (*way == HandlerWay::Verbs ? verbs::install : calls::install)(script, version, context);
}

Result<std::optional<NodeState>> waitForState(const ReleaseScript &script, std::chrono::seconds time, const JobContext &context,
                                              const std::function<bool(const NodeState &)> &isEnough)
{
    const QDeadlineTimer deadline(time);
    QDeadlineTimer gone(GoneTime);
    while (true) {
        Result<std::optional<NodeState>> state = askState(script, context);
        if (context.isCancelled())
            return cancellation();
        if (state ? state->has_value() : state.error().code == "server.timeout"_L1)
            gone = QDeadlineTimer(GoneTime);
        if (!script.session().isAlive() || deadline.hasExpired() || gone.hasExpired() || (state && *state && isEnough(**state)))
            return state;
        std::this_thread::sleep_for(500ms);
    }
}

Result<std::optional<NodeState>> stateAfterSilence(const ReleaseScript &script, const JobContext &context)
{
    return waitForState(script, 600s, context, [](const NodeState &) { return true; });
}

bool isUnknown(const Error &error) { return error.code == "server.timeout"_L1 || error.code == "server.node-answer"_L1; }

Result<std::optional<erlang::Term>> askHandler(const ReleaseScript &script, const QByteArray &call, int seconds,
                                               const std::function<bool(const NodeState &)> &isDone, const JobContext &context)
{
    auto answer = script.ask("release_handler:" + call, context, seconds);
    if (answer || !isUnknown(answer.error()) || context.isCancelled())
        return answer;
    context.progress(u"The node did not answer in time; asking it what it did"_s);
    const auto state = stateAfterSilence(script, context);
    if (!state)
        return std::unexpected(state.error());
    return *state && isDone(**state) ? std::optional(erlang::Term::atom("ok")) : answer;
}

} // namespace handover::node

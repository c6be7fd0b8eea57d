// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/handlerreason.h"
#include "models/node/loglines.h"
#include "models/node/relupfile.h"
#include "models/node/steps.h"

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

[[nodiscard]] std::unexpected<Error> checkFailed(const QString &from, const QString &to,
                                                 const erlang::Term &reason)
{
    const QString raw = QString::fromUtf8(reason.print());
    if (reason.isTagged("no_matching_relup", 3) || (reason.isTagged("enoent", 2) && raw.contains(u"relup"_s)))
        return noRelup(from, to, {}, raw);
    if (reason.isTagged("no_such_release", 2))
        return notInstalled(to);
    const HandlerReason why = handlerReason(reason);
    return refusal(u"server.check-failed"_s, u"The node refuses to go from %1 to %2. %3"_s.arg(from, to, why.cause).trimmed(),
                   why.remedyOr(u"Nothing was changed. Its reason is below, in release_handler's words."_s), raw);
}

// Under heart release_handler names the program that starts the emulator again, and nobody looks whether it is there
// (sasl's start_prg, else bin/start, which relx does not make).
[[nodiscard]] Result<void> checkStartProgram(const StepStart &start, const QString &version, const JobContext &context)
{
    const auto answer = start.script.ask("Program = case application:get_env(sasl, start_prg) of {ok, Set} -> Set; "
                                         "_ -> filename:join([code:root_dir(), bin, start]) end, "
                                         "{program, filelib:is_regular(Program), Program}", context);
    if (!answer)
        return std::unexpected(answer.error());
    if (!*answer)
        return nodeDown(start.script.name(), {});
    if (!(*answer)->isTagged("program", 3) || !(*answer)->at(1).isAtom("false"))
        return {};
    return refusal(u"server.check-failed"_s,
                   u"The relup to %1 restarts the Erlang runtime, and the program that heart would start it with is not there."_s.arg(version),
                   u"Put it there (OTP's bin/start; see start_prg of sasl), or stop the node and start the new version instead."_s,
                   spokenText((*answer)->at(2).print()));
}

} // namespace

Result<Step> checkRelease(server::Session &session, const QString &name, const QString &version,
                          const JobContext &context)
{
    context.progress(u"Checking %1"_s.arg(version));
    const Result<StepStart> start = StepStart::make(session, name, version, context);
    if (!start)
        return std::unexpected(start.error());
    const QString from = start->state.runningVersion();
    if (!start->release(version))
        return notInstalled(version);
    if (from == version)
        return refusal(u"server.already-installed"_s, u"%1 runs already."_s.arg(version),
                       u"There is nothing to install."_s);

    // Without a relup file release_handler says ok to everything, so that is looked at first.
    const Result<RelupPath> path = findRelupPath(session, from, version, context);
    if (!path)
        return std::unexpected(path.error());
    if (!path->found)
        return noRelup(from, version, path->offered, {});
    if (path->restartsEmulator && !start->state.facts.heart)
        return refusal(
            u"server.check-failed"_s,
            u"The relup from %1 to %2 restarts the Erlang runtime, which only works under heart; this node has none."_s
                .arg(from, version),
            u"This is not a hot upgrade: stop the node and start the new version, or leave Erlang/OTP as it is."_s);

    if (path->restartsEmulator) {
        if (const Result<void> startable = checkStartProgram(*start, version, context); !startable)
            return std::unexpected(startable.error());
    }

    const Result<std::optional<erlang::Term>> answer =
        start->script.ask("release_handler:check_install_release(" + erlangString(version) + ")", context);
    if (!answer)
        return std::unexpected(answer.error());
    if (!*answer)
        return nodeDown(name, {});
    const erlang::Term &term = **answer;
    if (!term.isTagged("ok", 3))
        return checkFailed(from, version, term.isTagged("error", 2) ? term.at(1) : term);
    QString detail = u"The node would go from %1 to %2 (%3)."_s.arg(from, version, path->file);
    if (path->restartsEmulator)
        detail += u" It restarts the Erlang runtime: connections and state are lost."_s;
    return start->done(Step::Kind::Check, detail, term.print());
}

} // namespace handover::node

// SPDX-License-Identifier: GPL-3.0-or-later
// The release handler by the verbs of relx's extended start script.
#include "models/node/handler.h"

using namespace Qt::StringLiterals;

namespace handover::node::verbs {

namespace {

using Outcome = HandlerAnswer::Outcome;

constexpr int NothingChanged = 3;   // the escript's status for what the check refused

[[nodiscard]] Result<HandlerAnswer> tell(const ReleaseScript &script, const QList<QByteArray> &verb, QByteArrayView success,
                                         int seconds, const JobContext &context)
{
    const Result<server::ExecOutcome> outcome = script.run(verb, context, seconds);
    if (!outcome && outcome.error().code == "server.timeout"_L1)
        return HandlerAnswer{Outcome::Unknown, outcome.error().words(), {}};
    if (!outcome)
        return std::unexpected(outcome.error());
    HandlerAnswer answer{Outcome::Failed, rawText(*outcome), escriptTrouble(*outcome)};
    if (outcome->exitStatus == 1 && outcome->output.contains("not running"))
        answer.outcome = Outcome::NodeDown;
    else if (outcome->exitStatus == 0 && outcome->output.contains(success))
        answer.outcome = Outcome::Done;
    else if (outcome->errorOutput.contains("{badrpc,timeout}"))
        answer.outcome = Outcome::Unknown;
    else if (outcome->exitStatus == NothingChanged || !answer.trouble.isEmpty())
        answer.outcome = Outcome::Refused;
    return answer;
}

} // namespace

Result<HandlerAnswer> unpack(const ReleaseScript &script, const QString &version, const JobContext &context)
{
    return tell(script, {"unpack", version.toUtf8()}, "Unpacked successfully", UnpackSeconds, context);
}

Result<HandlerAnswer> install(const ReleaseScript &script, const QString &version, const JobContext &context)
{
    return tell(script, {"install", "--no-permanent", version.toUtf8()}, "Installed Release: ", InstallSeconds, context);
}

} // namespace handover::node::verbs

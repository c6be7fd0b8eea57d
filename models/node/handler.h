// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/steps.h"

#include <chrono>
#include <functional>

namespace handover::node {

/// What came of telling the release handler to do something, whichever way it was told.
struct HandlerAnswer
{
    enum class Outcome {
        Done,
        Restarts, ///< done so far: the emulator restarts and goes on by itself
        NodeDown,
        Refused,  ///< nothing was changed
        Failed,   ///< perhaps behind the point of no return
        Unknown,  ///< no answer came in time; the release handler may still be at it
    };
    Outcome outcome = Outcome::Failed;
    QString raw;     ///< the node's own words, with release_handler's reason in them
    QString trouble; ///< why the way itself could not work, in words; empty mostly
};

/// What this release's script can do decides. Errors: the session's.
[[nodiscard]] Result<HandlerWay> findWay(const ReleaseScript &script, const JobContext &context);
[[nodiscard]] QString wayWords(HandlerWay way, const QString &name, const ScriptSkills &skills);
/// What calls leave out of what the script would do; empty: nothing.
[[nodiscard]] QString wayRemark(HandlerWay way, const ScriptSkills &skills);

/// Unpacks the tarball that lies at tarballPlace(); it stays.
[[nodiscard]] Result<HandlerAnswer> handlerUnpacks(const ReleaseScript &script, const QString &version,
                                                   const JobContext &context);
/// Checks and installs an unpacked or old release, without making it permanent.
[[nodiscard]] Result<HandlerAnswer> handlerInstalls(const ReleaseScript &script, const QString &version,
                                                    const JobContext &context);

/// Asks again and again until the node answers what is enough, or the time is over: while release_handler is at something
/// it answers nobody, and while the emulator restarts nobody is there. One that stays away is given up after a minute.
/// Gives what was heard last.
[[nodiscard]] Result<std::optional<NodeState>> waitForState(const ReleaseScript &script, std::chrono::seconds time,
                                                            const JobContext &context,
                                                            const std::function<bool(const NodeState &)> &isEnough);
/// After an answer that came too late: what the node says as soon as release_handler is not at it any more.
[[nodiscard]] Result<std::optional<NodeState>> stateAfterSilence(const ReleaseScript &script, const JobContext &context);
/// Whether a call's failure says nothing of what the node does: no answer in time, or one that its end cut short.
[[nodiscard]] bool isUnknown(const Error &error);
/// Calls a function of release_handler that comes back at once. Where the answer doesn't come, the node is asked whether
/// it is done; `ok` then. Nothing if the node is down. Errors: the session's.
[[nodiscard]] Result<std::optional<erlang::Term>> askHandler(const ReleaseScript &script, const QByteArray &call, int seconds,
                                                             const std::function<bool(const NodeState &)> &isDone,
                                                             const JobContext &context);
/// How long an answer is waited for: relx's script gives the node 300 s for each call, and to install are two.
constexpr int UnpackSeconds = 320;
constexpr int InstallSeconds = 620;

/// The ways, for handlerUnpacks() and handlerInstalls().
namespace verbs {
[[nodiscard]] Result<HandlerAnswer> unpack(const ReleaseScript &script, const QString &version, const JobContext &context);
[[nodiscard]] Result<HandlerAnswer> install(const ReleaseScript &script, const QString &version, const JobContext &context);
}
namespace calls {
[[nodiscard]] Result<HandlerAnswer> unpack(const ReleaseScript &script, const QString &version, const JobContext &context);
[[nodiscard]] Result<HandlerAnswer> install(const ReleaseScript &script, const QString &version, const JobContext &context);
}

} // namespace handover::node

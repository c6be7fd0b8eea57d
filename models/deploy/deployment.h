// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deploy/preflight.h"
#include "models/settings/upgradepolicy.h"

#include <functional>
#include <optional>

namespace handover::deploy {

/// How far a deployment goes.
enum class Goal {
    Upload,    ///< the tarball lies where the release's script looks; nothing runs differently
    Install,   ///< …unpacked, checked, and the node runs it; a reboot would bring the old one back
    Permanent, ///< …and a reboot brings the new one
};

/// What was asked for, and what it was asked for on.
struct Plan
{
    Goal goal = Goal::Upload;
    std::optional<Basis> shown{};     ///< when anything else is there by now, nothing is done
    settings::UpgradePolicy policy{}; ///< how what is installed is confirmed
    bool replaceUnpacked = false;     ///< what is only unpacked of that version, or left of a try, is taken away first
    bool reboot = false;              ///< the node is stopped and started instead of upgraded while it runs
};

/// The steps that lead there, in order. `present`: the version is unpacked on the server already, so nothing is sent.
[[nodiscard]] QList<node::Step::Kind> stepsFor(const Plan &plan, bool present = false);

/// What happened, step by step; the last step is the failed one if `error` is set.
struct DeployReport
{
    QList<node::Step> steps;
    std::optional<Error> error;
    std::optional<server::Session::Uploaded> uploaded;
    QString versionBefore; ///< as the node itself reported
    QString versionAfter;
    QList<Check> health; ///< the last answers, where it was watched
    std::optional<node::Installation> installed{}; ///< as it was read last; nothing when that failed

    [[nodiscard]] bool did(node::Step::Kind kind) const;
};

/// Told when a step begins (ok false, no time) and when it ended.
using StepListener = std::function<void(const node::Step &step, bool finished)>;

/// Uploads a tarball and upgrades the node as far as asked. Each step's result is said before the next begins; the
/// first failure ends it. The installed releases are read before and after. Before anything is sent it is looked
/// whether all is as it was shown, the node runs and the relup comes from what it runs. What an earlier deployment of
/// the same tarball has done is left out; another tarball of a version that is there is refused, unless the plan
/// replaces what is only unpacked. What turns out unhealthy while it is watched is not made permanent; if the policy
/// says so, the node goes back to what it ran. Meanwhile no other Handover may change the server (lockServer()). Errors:
/// deploy.busy, deploy.changed (the detail says what), server.node-down, server.not-askable,
/// server.no-relup, server.already-installed, deploy.other-release, deploy.unhealthy, and the steps'.
[[nodiscard]] DeployReport carryOut(server::Session &session, const package::Manifest &tarball, const Plan &plan,
                                    const JobContext &context, const StepListener &listener = {});

/// Switches the node to a release that is on the server already: a downgrade, or what was installed before. One that
/// runs is only watched and made permanent.
[[nodiscard]] DeployReport switchTo(server::Session &session, const QString &name, const QString &version, const Plan &plan,
                                    const JobContext &context, const StepListener &listener = {});

/// Takes an old or unpacked release away; see node::removeRelease().
[[nodiscard]] DeployReport removeVersion(server::Session &session, const QString &name, const QString &version, const Plan &plan,
                                         const JobContext &context, const StepListener &listener = {});

} // namespace handover::deploy

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/package/tarball.h"
#include "models/node/installation.h"

#include <functional>
#include <optional>

namespace handover::deploy {

/// How far a deployment goes.
enum class Goal {
    Upload,    ///< the tarball lies where the release's script looks; nothing runs differently
    Install,   ///< …unpacked, checked, and the node runs it; a reboot would bring the old one back
    Permanent, ///< …and a reboot brings the new one
};

/// The steps that lead there, in order. `present`: the version is unpacked on the server already,
/// so nothing is sent.
[[nodiscard]] QList<node::Step::Kind> stepsFor(Goal goal, bool present = false);

/// What happened, step by step; the last step is the failed one if `error` is set.
struct DeployReport
{
    QList<node::Step> steps;
    std::optional<Error> error;
    std::optional<server::Session::Uploaded> uploaded;
    QString versionBefore; ///< as the node itself reported
    QString versionAfter;

    [[nodiscard]] bool did(node::Step::Kind kind) const;
};

/// Told when a step begins (ok false, no time) and when it ended.
using StepListener = std::function<void(const node::Step &step, bool finished)>;

/// Uploads a tarball and upgrades the node as far as asked. Each step's result is said before the
/// next begins; the first failure ends it. The installed releases are read before and after. Before
/// anything is sent it is looked whether the node runs and the relup comes from what it runs. What
/// an earlier deployment of the same tarball has done is left out; another tarball of a version that
/// is there is refused. Errors: server.node-down, server.no-relup, server.already-installed,
/// deploy.other-release, and the steps'.
[[nodiscard]] DeployReport carryOut(server::Session &session, const package::Manifest &tarball, Goal goal,
                                  const JobContext &context, const StepListener &listener = {});

/// Switches the node to a release that is on the server already (a downgrade, usually).
[[nodiscard]] DeployReport switchTo(server::Session &session, const QString &name, const QString &version, Goal goal,
                                    const JobContext &context, const StepListener &listener = {});

} // namespace handover::deploy

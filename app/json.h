// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/changes/differences.h"
#include "models/core/check.h"
#include "models/core/issue.h"
#include "models/relup/otp.h"
#include "models/node/footprint.h"
#include "models/node/verifymodules.h"
#include "models/deploy/deployment.h"
#include "models/workspace/packaging.h"
#include "models/workspace/project.h"

#include <QJsonArray>
#include <QJsonObject>

namespace handover::app {

// The command line's JSON documents, one function each; their shapes are promised in the README.

[[nodiscard]] QJsonArray toJson(const QList<Issue> &issues);
[[nodiscard]] QJsonArray versionsJson(const workspace::Project &project);
[[nodiscard]] QJsonObject changesJson(const changes::Differences &differences);
[[nodiscard]] QJsonObject matchJson(const QString &version, int up, int down);
[[nodiscard]] QJsonObject relupJson(const relup::GeneratedRelup &relup,
                                    const std::optional<Result<relup::Verification>> &verified);
[[nodiscard]] QJsonObject reasonJson(const relup::Reason &reason);
[[nodiscard]] QJsonObject buildJson(const build::BuiltRelease &release);
[[nodiscard]] QJsonObject packageJson(const workspace::Packaged &packaged);
[[nodiscard]] QJsonObject manifestJson(const package::Manifest &manifest);
[[nodiscard]] QJsonObject installationJson(const node::Installation &installation,
                                           const QList<node::ReleaseFootprint> &footprints = {});
[[nodiscard]] QJsonArray checksJson(const QList<Check> &checks);
[[nodiscard]] QJsonObject verificationJson(const node::ModuleVerification &verification);
[[nodiscard]] QJsonArray stepsJson(const QList<node::Step> &steps);
[[nodiscard]] QJsonObject deployJson(const deploy::DeployReport &report);

} // namespace handover::app

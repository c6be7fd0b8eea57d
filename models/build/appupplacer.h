// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/build/release.h"
#include "models/jobs/jobcontext.h"
#include "models/versions/version.h"

#include <QString>

namespace handover::build {

/// Puts each application's appup where rebar3 takes it from: src/X.appup and src/X.appup.src become
/// ebin/X.appup, {{vsn}} rendered. rebar3 itself only copies ebin/X.appup (rebar3 3.24); its appup
/// plugin, where a project uses it, does the same at compile time. An .appup.src that is Erlang
/// code rather than a term is left to the plugin, said in the log.
[[nodiscard]] Result<void> placeAppups(const QString &checkout, const QList<versions::AppSource> &apps,
                                       const JobContext &context);

/// Puts the appups that a project keeps for dependencies into the release that was built of it, where OTP looks for
/// them; {{vsn}} is the version that the release has. What isn't in the release is passed over.
[[nodiscard]] Result<void> placeDependencyAppups(const QString &checkout, const BuiltRelease &release,
                                                 const QList<versions::Dependency> &dependencies, const JobContext &context);

} // namespace handover::build

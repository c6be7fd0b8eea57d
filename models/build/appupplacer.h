// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

} // namespace handover::build

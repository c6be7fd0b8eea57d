// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/build/release.h"
#include "models/jobs/jobcontext.h"
#include "models/relup/relup.h"

namespace handover::relup {

/// A release directory that has a relup in it, ready to be packed.
struct PreparedRelease
{
    build::BuiltRelease release; ///< directory: a copy in which the relup lies; the build is untouched
    Relup relup;
    QString from;             ///< release version; empty: there is no relup, a first installation
    bool cached = false;
    qint64 milliseconds = 0;
};

/// Makes the relup between two built releases, both directions, with `rebar3 relup`, in a copy of
/// the newer build's output into which the older release is put (rebar3 finds it nowhere else).
/// Errors: relup.same-version, relup.other-release, relup.missing-appup, relup.no-entry (no rule
/// takes the version), relup.rebar3, relup.unreadable, build.disk.
[[nodiscard]] Result<PreparedRelease> makeRelup(const build::BuiltRelease &from, const build::BuiltRelease &to,
                                                const JobContext &context);

/// What makeRelup() would answer at once, if anything.
[[nodiscard]] std::optional<PreparedRelease> cachedRelup(const build::BuiltRelease &from, const build::BuiltRelease &to);

/// OTP's words for a failed relup, in ours: what is missing, where, and what to do.
[[nodiscard]] Error explainRelupFailure(const QString &plainOutput);

} // namespace handover::relup

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/build/release.h"
#include "models/jobs/jobcontext.h"
#include "models/versions/version.h"

#include <QString>

#include <optional>

namespace handover::build {

/// What is to be built. The same request is answered from the cache the second time.
struct BuildRequest
{
    QString repository;        ///< a path inside the user's repository, which is only read
    versions::Version version;
    QString cacheDirectory;    ///< settings::cacheDirectory()
    QString profile;           ///< rebar3's; empty: prod if rebar.config has one, else default

    /// The directory that belongs to this request alone.
    [[nodiscard]] QString directory() const;
};

/// Builds the release of a tag with rebar3 in a checkout of its own below the cache directory:
/// the user's work tree, index, HEAD, stash and branches are not touched. Appups in src/ (.appup,
/// .appup.src with {{vsn}}) are put where rebar3 takes them from, ebin/. Only a build that ended
/// well is kept. Two builds of one tag at once: the second waits for the first. Errors: those of
/// repo::Repository, build.no-rebar3, build.no-erl, build.compile (detail: the output),
/// build.rebar3, build.no-release, build.tag-name (rebar3 can't be shown it), build.disk.
[[nodiscard]] Result<BuiltRelease> buildRelease(const BuildRequest &request, const JobContext &context);

/// What buildRelease() would answer at once, if anything.
[[nodiscard]] std::optional<BuiltRelease> cachedRelease(const BuildRequest &request);

} // namespace handover::build

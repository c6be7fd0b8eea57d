// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/versions/appreader.h"
#include "models/versions/version.h"

namespace handover::versions {

/// Reads what is declared at tags: the release of rebar.config, the dependencies of rebar.lock, and the
/// applications from the .app.src files in their trees (src/, apps/*/src/, lib/*/src/). A vsn that git makes (git, semver, {git, short}, …) is resolved as rebar3 does at the
/// tag itself; {cmd, …} and the like stay empty. Trees that don't change between tags are read once.
/// The repository must live as long.
class AppSources
{
public:
    explicit AppSources(const repo::Repository &repository);

    /// Errors: repo.object-missing.
    [[nodiscard]] Result<Declared> read(const repo::Tag &tag);
    /// What can't be read is logged, and the version declares nothing: one damaged or missing
    /// commit is no reason to hide the rest.
    void readInto(Version &version, const JobContext &context);

private:
    [[nodiscard]] Result<QString> resolve(const VsnSource &vsn, const QByteArray &directory,
                                          const repo::Tag &tag) const;

    const repo::Repository &m_repository;
    AppReader m_apps;
};

} // namespace handover::versions

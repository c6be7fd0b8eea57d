// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/package/tarball.h"
#include "models/relup/maker.h"
#include "models/workspace/project.h"

namespace handover::workspace {

/// One thing looked at before a tarball leaves the house.
struct PackageCheck
{
    enum class Outcome { Passed, Failed, NotChecked };
    QString code;
    Outcome outcome = Outcome::NotChecked;
    QString words;
};

/// A tarball that was written and read back.
struct Packaged
{
    package::Manifest manifest;
    QList<build::BuiltRelease> from; ///< that the relup comes from; empty: a first installation
    build::BuiltRelease to;
    std::optional<relup::Relup> relup;
    QList<PackageCheck> checks;

    [[nodiscard]] bool isSound() const; ///< no check failed
};

/// Builds what is missing and makes the relup from the older versions and back. With no `from`, a
/// release without relup: a first installation. Blocks.
[[nodiscard]] Result<relup::PreparedRelease> prepareRelease(const Project &project,
                                                            const QList<versions::Version> &from,
                                                            const versions::Version &to, const JobContext &context);

/// prepareRelease(), then the tarball NAME-VSN.tar.gz below the cache directory, then the checks.
[[nodiscard]] Result<Packaged> packageVersion(const Project &project, const QList<versions::Version> &from,
                                              const versions::Version &to, const JobContext &context);

/// The same with the relup from a release that was fetched from a server; what changed since isn't checked against
/// the sources, as no tag says what they were.
[[nodiscard]] Result<Packaged> packageOnto(const Project &project, const build::BuiltRelease &from,
                                           const versions::Version &to, const JobContext &context);

/// The versions that a relup comes from in a tarball that was written of this version before: their tags, or
/// their commits where those have none now, "several" for a tarball of more than one, and "a server". Empty if
/// there is no tarball with a relup.
[[nodiscard]] QStringList packagedFrom(const Project &project, const versions::Version &version);

/// What is looked at: the relup reaches both ways, every application of the .rel is inside, the
/// release's scripts and ERTS are there.
[[nodiscard]] QList<PackageCheck> checkPackage(const package::Manifest &manifest,
                                               const QStringList &fromVersions);

} // namespace handover::workspace

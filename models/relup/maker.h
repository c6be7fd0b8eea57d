// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/build/release.h"
#include "models/jobs/jobcontext.h"
#include "models/relup/generator.h"
#include "models/relup/relup.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace handover::relup {

/// A built release with the relup that leads to it and back, ready to be packed.
struct PreparedRelease
{
    build::BuiltRelease release; ///< untouched: the relup isn't written into it
    Relup relup;
    QList<build::BuiltRelease> from; ///< empty: there is no relup, a first installation
    QList<RelupWarning> warnings;
    qint64 microseconds = 0; ///< that making the relup took

    [[nodiscard]] QStringList fromVersions() const; ///< of the releases
};

/// The input for a relup between built releases, both ways: applications come from the newer one's
/// lib, then from the older ones'.
[[nodiscard]] RelupInput inputFor(const QList<build::BuiltRelease> &from, const build::BuiltRelease &to);

/// Makes the relup between built releases, from their files alone. Errors: relup.same-version,
/// relup.other-release, and those of Reason::toError().
[[nodiscard]] Result<PreparedRelease> makeRelup(const QList<build::BuiltRelease> &from, const build::BuiltRelease &to,
                                                const JobContext &context);

} // namespace handover::relup

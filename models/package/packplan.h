// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/package/tarball.h"

#include <QDateTime>

namespace handover::package {

/// One entry of a tarball to be written.
struct PackItem
{
    Entry entry;
    QString source; ///< the file on disk
    QDateTime modified;
};

/// What goes into a tarball and in which order: nothing has been read but folders and the .rel.
/// Errors: package.incomplete, package.unreadable.
[[nodiscard]] Result<QList<PackItem>> planPack(const PackRequest &request, const JobContext &context);

} // namespace handover::package

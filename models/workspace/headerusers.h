// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/repo/repository.h"
#include "models/versions/version.h"

#include <QMap>
#include <QSet>

namespace handover::workspace {

/// Applications that a changed header of another one changes: a source of theirs includes it, or a header
/// that does. Headers are told by their file names alone, so there may be one too many. `headers` are
/// paths in the tree of `version`. By name of the application, the header's name.
[[nodiscard]] Result<QMap<QString, QString>> headerUsers(const repo::Repository &repository, const versions::Version &version,
                                                         const QByteArrayList &headers, const JobContext &context);

} // namespace handover::workspace

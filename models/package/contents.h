// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/package/tarball.h"

#include <functional>

namespace handover::package {

/// What the files of a tarball hold, for comparing them with those of a server.
struct Contents
{
    QMap<QString, QByteArray> sums;  ///< SHA-256 of every ordinary file by path, 64 hexadecimal digits
    QMap<QString, QByteArray> texts; ///< those that were wanted
};

/// Reads a tarball again that inspect() has let pass. Wanted files of more than `relBytes`, or `keptBytes` together, are
/// package.too-large. Errors: package.changed (it is another file by now), and those of inspect().
[[nodiscard]] Result<Contents> readContents(const Manifest &manifest,
                                            const std::function<bool(const QString &path)> &wanted,
                                            const JobContext &context, const Limits &limits = {});

} // namespace handover::package

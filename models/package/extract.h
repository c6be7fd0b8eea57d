// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/package/tarball.h"

#include <functional>

namespace handover::package {

/// Unpacks those entries of a release tarball whose path is wanted into a directory that is there and
/// empty: files, folders on the way, links within the release. Everything inspect() refuses is refused;
/// what was unpacked before the error stays. Owner and times aren't restored, of the mode only whether a
/// file is executable. Errors: package.write, and those of inspect().
[[nodiscard]] Result<> extract(const QString &file, const QString &directory,
                               const std::function<bool(const QString &path)> &wanted, const JobContext &context,
                               const Limits &limits = {});

} // namespace handover::package

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QByteArrayView>
#include <QString>
#include <QStringList>

namespace handover::versions {

/// What could come after a version, the smallest step first: 1.4.2 gives 1.4.3, 1.5.0, 2.0.0, and
/// 2.0.0-rc.1 gives 2.0.0-rc.2, 2.0.0. Without a last one, or of what is no version, first ones.
[[nodiscard]] QStringList nextVersions(QStringView last);

/// What stands before the version in a tag's name: "v", "release/", mostly nothing.
[[nodiscard]] QByteArray tagPrefix(QByteArrayView tag);

/// Whether that can be the name of a version: it becomes part of shell commands of rebar3 (as a tag), and
/// of names of directories and files. Error: versions.name.
[[nodiscard]] Result<> checkVersionName(QStringView version);

} // namespace handover::versions

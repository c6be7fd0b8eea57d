// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/versions/version.h"

#include <QByteArrayView>

namespace handover::versions {

/// The dependencies that a rebar.lock fixes, sorted by name: both forms of rebar3, with the lock's own
/// version around the list or without. Empty for what is no lock file.
[[nodiscard]] QList<Dependency> lockedVersions(QByteArrayView rebarLock);

} // namespace handover::versions

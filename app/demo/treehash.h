// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace handover::app {

/// One hash over every file below a directory, .git included: paths, contents, modes, link targets.
/// Two equal ones mean that nothing in there was changed, added or removed.
[[nodiscard]] QByteArray treeHash(const QString &directory);

} // namespace handover::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace handover {

/// The names for a sentence, the first few of many: "1.0, 1.1 and 7 more".
[[nodiscard]] QString nameList(const QStringList &names);

} // namespace handover

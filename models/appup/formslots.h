// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/caretplace.h"

#include <QByteArrayList>

namespace handover::appup {

/// The names that the argument at the caret has in the forms of an instruction ("Change",
/// "DepMods", "PrePurge"…). `levels` are the brackets from the instruction's own one inwards. Forms
/// that don't fit the arguments before the caret are passed over.
[[nodiscard]] QByteArrayList slotsAt(const QByteArrayList &forms, const QList<CaretPlace::Level> &levels);

} // namespace handover::appup

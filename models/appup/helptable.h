// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/instructionhelp.h"

namespace handover::appup {

[[nodiscard]] QList<InstructionHelp> highLevelHelp();
[[nodiscard]] QList<InstructionHelp> lowLevelHelp();
[[nodiscard]] QList<InstructionHelp> wordHelp();

} // namespace handover::appup

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/instructionhelp.h"

namespace handover::appup {

/// What is said of an instruction, with the place in OTP's documentation where those of its level stand.
[[nodiscard]] InstructionHelp helpEntry(InstructionHelp::Level level, QByteArray name, QByteArrayList forms, QString does,
                                        QString use, QString costs);

[[nodiscard]] QList<InstructionHelp> highLevelHelp();
[[nodiscard]] QList<InstructionHelp> lowLevelHelp();
[[nodiscard]] QList<InstructionHelp> wordHelp();

} // namespace handover::appup

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/translation.h"

namespace handover::relup {

/// What the instructions that depend on each other become.
struct LowLevel
{
    Steps before; ///< the object code to read
    Steps after;
    bool orderIsOpen = false;
};

/// update, load_module, add_module and delete_module in low-level instructions, each connected group
/// where its first member stands (systools_rc:translate_dependent_instrs/4).
[[nodiscard]] Answer<LowLevel> translateDependent(const Steps &script, const TranslationInput &input);

} // namespace handover::relup

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/translation.h"

namespace handover::relup {

/// What the instructions that depend on each other become.
struct LowLevel
{
    QList<erlang::Term> before; ///< the object code to read
    QList<erlang::Term> after;
    bool orderIsOpen = false;
};

/// update, load_module, add_module and delete_module in low-level instructions, each connected group
/// where its first member stands (systools_rc:translate_dependent_instrs/4).
[[nodiscard]] Answer<LowLevel> translateDependent(const QList<erlang::Term> &script, const TranslationInput &input);

} // namespace handover::relup

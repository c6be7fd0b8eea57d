// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "models/relup/mergedscript.h"
#include "models/relup/release.h"

#include <QHash>

namespace handover::relup {

/// What one script of a relup is made of.
struct TranslationInput
{
    appup::Direction direction = appup::Direction::Up;
    const Release &target; ///< where the script leads to
    const Release &source;
    QList<Steps> scripts;         ///< expanded, in the order they are merged
    QHash<QByteArray, int> ranks;       ///< of modules, see OrderHint; none: by position
};

struct Translation
{
    Steps script;
    bool orderIsOpen = false;
};

/// High-level instructions into low-level ones: systools_rc:translate_scripts/4.
[[nodiscard]] Answer<Translation> translate(const TranslationInput &input);

} // namespace handover::relup

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

namespace handover::ui {

/// As SendScintilla() takes positions and lengths; 0 for a negative one.
[[nodiscard]] inline unsigned long whole(qsizetype number)
{
    return static_cast<unsigned long>(qMax<qsizetype>(0, number));
}

} // namespace handover::ui

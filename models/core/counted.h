// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace handover {

/// "1 file", "2 files": a number with its noun, in texts that are not translated.
[[nodiscard]] inline QString counted(qsizetype number, const QString &one, const QString &several)
{
    return QString::number(number) + u' ' + (number == 1 ? one : several);
}

} // namespace handover

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QByteArrayView>
#include <QList>

namespace handover::repo {

/// A line of a comparison of two texts.
struct DiffLine
{
    /// Gap: lines that are the same are left out here. File: the path of a file whose lines follow, where
    /// somebody puts several comparisons together.
    enum class Kind { Context, Added, Removed, Gap, File };
    Kind kind = Kind::Context;
    int olderLine = 0; ///< counted from 1; 0 where the text has no such line
    int newerLine = 0;
    QByteArray text; ///< without the line end
};

/// What git diff shows between two texts, with so many unchanged lines around each change. Empty if they
/// are equal. Errors: repo.diff (a text over 100 MB).
[[nodiscard]] Result<QList<DiffLine>> textDiff(const QByteArray &older, const QByteArray &newer, int context = 3);

} // namespace handover::repo

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

/// What can be told of a version pattern by reading it.
namespace handover::appup {

/// Whether a plain string was probably meant as a pattern ("1.*", "1\\.[0-9]+").
[[nodiscard]] bool looksLikePattern(QStringView text);

/// Offsets of dots between digits (or what stands for digits) that aren't escaped: such a dot
/// matches any character.
[[nodiscard]] QList<qsizetype> unescapedDots(QStringView pattern);
[[nodiscard]] QString withEscapedDots(const QString &pattern, const QList<qsizetype> &dots);

/// Whether the pattern takes every version there can be (.*, ^.+$ and the like).
[[nodiscard]] bool takesEverything(QStringView pattern);

/// Widened patterns that go on with more numbers, the likeliest first.
[[nodiscard]] QStringList widened(const QString &pattern);

/// A construct that PCRE2 (used here, and by OTP 28) reads otherwise than the PCRE of OTP up to 27;
/// empty if there is none.
[[nodiscard]] QString dialectTrap(const QString &pattern);

} // namespace handover::appup

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

/// Whether the pattern ends with a lazy repeat, whose least is all it ever takes: 1\.[0-9]+?
[[nodiscard]] bool endsLazily(QStringView pattern);
/// The same pattern with that repeat taking all it can.
[[nodiscard]] QString withGreedyEnd(const QString &pattern);

/// Widened patterns that go on with more numbers, the likeliest first.
[[nodiscard]] QStringList widened(const QString &pattern);

/// Text that a pattern can't do without, where that can be told by reading it. Most rules are a
/// version and something behind it, so most versions can be answered by a comparison.
struct PatternShape
{
    QString start;         ///< every match begins with it; empty: any match will do
    QString within;        ///< a longer text that is in every match somewhere; empty if there is none
    bool anchored = false; ///< every match begins where the version begins
    bool whole = false;    ///< the pattern is `start` and nothing else
    bool toEnd = false;    ///< whole, and the match ends where the version ends (or its last newline begins)
};
[[nodiscard]] PatternShape patternShape(QStringView pattern);

} // namespace handover::appup

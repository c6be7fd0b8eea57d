// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringView>

namespace handover::appup {

/// A piece of a pattern, as PCRE cuts it (pcre2pattern(3)).
struct PatternPiece
{
    enum class Kind {
        Literal, ///< a character that stands for itself; between \Q and \E too
        Dot,
        Start, ///< ^
        End,   ///< $
        Bar,
        Quantifier,    ///< with what makes it lazy or possessive
        Escape,        ///< \d, \., \x{41}, \k<name>, …
        Class,         ///< [ … ], the whole of it
        Capture,       ///< ( and (?<name>
        Group,         ///< (?: (?> (?| (?i: and the like
        Lookahead,     ///< (?= and (?!
        Lookbehind,    ///< (?<= and (?<!
        Condition,     ///< (?(1), or (?( alone if an assertion follows
        UnknownGroup,  ///< "(?" or "(*name:" and something that the PCRE of OTP up to 27 doesn't know
        Close,         ///< of any of these
        Options,       ///< (?i)
        Verb,          ///< (*ACCEPT), (*UCP) and the like
        Call,          ///< (?R), (?1), (?&name), (?P>name)
        BackReference, ///< (?P=name); the others are escapes
        Callout,       ///< (?C1)
        Ignored,       ///< comments, \Q, \E and, where (?x) holds, white space
    };

    Kind kind = Kind::Literal;
    qsizetype begin = 0;
    qsizetype end = 0;
    bool extended = false; ///< (?x) holds here

    [[nodiscard]] QStringView of(QStringView pattern) const { return pattern.sliced(begin, end - begin); }
};

/// The pieces of a pattern without a gap. Of an invalid pattern something sensible; never fails.
[[nodiscard]] QList<PatternPiece> patternPieces(QStringView pattern);

/// Where an escape that begins at `begin` with a backslash ends.
[[nodiscard]] qsizetype escapeEnd(QStringView pattern, qsizetype begin);

} // namespace handover::appup

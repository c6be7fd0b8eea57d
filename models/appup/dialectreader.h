// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/dialect.h"
#include "models/appup/dialectwords.h"
#include "models/appup/patternclass.h"
#include "models/appup/patternscanner.h"

namespace handover::appup {

/// Goes through a pattern to the first thing that PCRE 8 and PCRE2 read differently.
class DialectReader
{
public:
    DialectReader(QStringView pattern, VersionLetters letters);

    [[nodiscard]] std::optional<DialectTrap> first();

private:
    using Kind = PatternPiece::Kind;

    struct Open
    {
        Kind kind;
        int number = 0; ///< of a capturing group, else 0
        QStringView name;
    };

    [[nodiscard]] DialectTrap worded(Trap trap, qsizetype begin, qsizetype end) const;
    Trap of(const PatternPiece &piece);
    void remember(const PatternPiece &piece);

    // Groups and what is told by where it stands.
    Trap ofGroup(Kind kind, QStringView text);
    void close();
    [[nodiscard]] Trap ofBar() const;
    [[nodiscard]] Trap ofVerb(QStringView text) const;
    Trap ofQuantifier(QStringView text);
    Trap ofCounts(QStringView counts);
    [[nodiscard]] bool isInLookaround() const;

    // Characters, and escapes in a class or not.
    [[nodiscard]] Trap ofText(QStringView text, bool extended) const;
    Trap ofClass(const PatternPiece &piece);
    [[nodiscard]] Trap ofItem(const PatternClass::Item &item) const;
    [[nodiscard]] Trap ofPosix(QStringView text) const;
    [[nodiscard]] bool isHyphen(const PatternClass::Item &item) const;
    [[nodiscard]] bool isSet(const PatternClass::Item &item) const;
    [[nodiscard]] Trap ofEscape(QStringView text) const;
    [[nodiscard]] Trap ofAnyEscape(QStringView text) const;
    [[nodiscard]] Trap ofWord() const;
    [[nodiscard]] Trap ofProperty(QStringView text) const;
    [[nodiscard]] Trap ofDigits(QStringView digits) const;
    [[nodiscard]] Trap ofNamedReference(QStringView text) const;
    [[nodiscard]] Trap ofReference(int number, QStringView name) const;

    QStringView m_pattern;
    VersionLetters m_letters;
    QList<PatternPiece> m_pieces;
    bool m_branchReset;          ///< (?|: numbers of groups can't be told by counting
    bool m_properties;           ///< \w and the like go by Unicode
    bool m_caseless = false;     ///< somewhere
    Kind m_last = Kind::Ignored; ///< of the piece before that counts
    Kind m_closed = Kind::Group; ///< of the group that was closed last
    bool m_quote = false;        ///< \E or \Q stands between that piece and the next
    bool m_gap = false;          ///< something that doesn't count does
    QList<Open> m_open;
    qsizetype m_lookbehind = 0; ///< size of m_open within the outermost lookbehind, or 0
    int m_groups = 0;           ///< capturing ones that were opened
    qint64 m_repeats = 1;       ///< of groups, one within the other or not
    qsizetype m_begin = 0;      ///< of what in a class is the trap
    qsizetype m_end = 0;
};

} // namespace handover::appup

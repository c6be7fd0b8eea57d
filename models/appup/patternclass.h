// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringView>

namespace handover::appup {

/// A character class of a pattern, from its '[' to its ']' (or to the end of the pattern).
class PatternClass
{
public:
    struct Item
    {
        enum class Kind {
            Character, ///< also between \Q and \E
            Escape,    ///< \d, \., \x{41}
            Posix,     ///< [:digit:], [:<:], [.x.]
        };
        Kind kind = Kind::Character;
        qsizetype begin = 0; ///< in the pattern
        qsizetype end = 0;
        bool quoted = false;

        [[nodiscard]] QStringView of(QStringView pattern) const { return pattern.sliced(begin, end - begin); }
    };

    PatternClass(QStringView pattern, qsizetype begin);

    [[nodiscard]] qsizetype end() const { return m_end; }
    [[nodiscard]] bool isNegated() const { return m_negated; }
    [[nodiscard]] const QList<Item> &items() const { return m_items; }

private:
    qsizetype m_end = 0;
    bool m_negated = false;
    QList<Item> m_items;
};

} // namespace handover::appup

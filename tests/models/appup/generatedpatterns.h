// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

/// Patterns and versions by a generator whose numbers are the same wherever the tests run.
namespace handover::test {

using namespace Qt::StringLiterals;

class Dice
{
public:
    explicit Dice(quint32 seed)
        : m_state(seed)
    {
    }

    qsizetype below(qsizetype limit)
    {
        m_state = m_state * 1664525U + 1013904223U;
        return static_cast<qsizetype>(m_state >> 8U) % limit;
    }
    bool once(qsizetype in) { return below(in) == 0; }
    const QString &of(const QStringList &list) { return list[below(list.size())]; }

private:
    quint32 m_state;
};

class PatternGenerator
{
public:
    explicit PatternGenerator(quint32 seed)
        : m_dice(seed)
    {
    }

    QString pattern()
    {
        static const QStringList first{u"(*UCP)"_s, u"(*UTF)"_s, u"(*ANYCRLF)"_s, u"(*CR)"_s,
                                       u"(*BSR_ANYCRLF)"_s};
        QString text = alternatives(0);
        if (m_dice.once(20))
            text.prepend(m_dice.of(first));
        if (m_dice.once(16) && !text.isEmpty()) // what a typing error makes of it
            text.replace(m_dice.below(text.size()), 1,
                         m_dice.of({{}, u"("_s, u")"_s, u"["_s, u"\\"_s, u"*"_s}));
        return text;
    }

private:
    QString alternatives(int depth)
    {
        QString text = sequence(depth);
        for (qsizetype more = m_dice.below(6); more > 3; --more)
            text += u'|' + sequence(depth);
        return text;
    }

    QString sequence(int depth)
    {
        QString text;
        for (qsizetype n = m_dice.below(5) + (depth == 0 ? 1 : 0); n > 0; --n)
            text += item(depth);
        return text;
    }

    QString item(int depth)
    {
        static const QStringList groups{
            u"("_s,    u"("_s,     u"("_s,    u"(?:"_s,   u"(?:"_s,    u"(?:"_s,   u"(?="_s,    u"(?!"_s,
            u"(?<="_s, u"(?<!"_s,  u"(?>"_s,  u"(?|"_s,   u"(?i:"_s,   u"(?<n>"_s, u"(?x:"_s,   u"(?s-i:"_s,
            u"(?m:"_s, u"(?(1)"_s, u"(?U:"_s, u"(?'m'"_s, u"(?P<p>"_s, u"(?-x:"_s, u"(?(?=a)"_s};
        static const QStringList options{u"(?i)"_s, u"(?x)"_s, u"(?s)"_s, u"(?m)"_s, u"(?U)"_s, u"(?-i)"_s};
        static const QStringList quantifiers{u"*"_s,      u"+"_s,     u"?"_s,     u"*?"_s,   u"+?"_s,
                                             u"??"_s,     u"*+"_s,    u"++"_s,    u"?+"_s,   u"{2}"_s,
                                             u"{1}"_s,    u"{1,2}"_s, u"{0,1}"_s, u"{1,}"_s, u"{1,2}?"_s,
                                             u"{1,2}+"_s, u"{,2}"_s,  u"{0}"_s};
        const qsizetype kind = m_dice.below(20);
        if (kind == 0)
            return m_dice.of(options);
        QString text = kind < 4 && depth < 3 ? QString(m_dice.of(groups) + alternatives(depth + 1) + u')')
                       : kind < 7            ? set()
                                             : atom();
        if (m_dice.once(3))
            text += m_dice.of(quantifiers);
        return text;
    }

    QString atom()
    {
        static const QStringList usual{u"1"_s, u"2"_s, u"0"_s, u"\\."_s, u"\\."_s,
                                       u"a"_s, u"b"_s, u"."_s, u"\\d"_s, u"-"_s};
        static const QStringList others{
            u"\\D"_s,       u"\\w"_s,     u"\\W"_s,       u"\\s"_s,     u"\\S"_s,     u"\\b"_s,
            u"\\B"_s,       u"\\A"_s,     u"\\z"_s,       u"\\Z"_s,     u"\\G"_s,     u"^"_s,
            u"$"_s,         u"\\K"_s,     u"\\R"_s,       u"\\X"_s,     u"\\N"_s,     u"\\h"_s,
            u"\\x31"_s,     u"\\x{31}"_s, u"\\061"_s,     u"\\n"_s,     u"é"_s,       u"Я"_s,
            u"\\xe9"_s,     u"\\p{L}"_s,  u"\\p{Nd}"_s,   u"\\PL"_s,    u"\\p{Lu}"_s, u"\\Q1.\\E"_s,
            u"\\Q"_s,       u"\\E"_s,     u"\\1"_s,       u"\\2"_s,     u"\\g1"_s,    u"\\g{-1}"_s,
            u"\\k<n>"_s,    u"\\8"_s,     u" "_s,         u"#"_s,       u"(?#c)"_s,   u"\\-"_s,
            u"{"_s,         u"}"_s,       u"]"_s,         u"\\y"_s,     u"(?R)"_s,    u"(?1)"_s,
            u"(*ACCEPT)"_s, u"(*FAIL)"_s, u"(*COMMIT)"_s, u"(*SKIP)"_s, u"(*THEN)"_s, u"(*MARK:x)"_s};
        return m_dice.of(m_dice.once(3) ? others : usual);
    }

    QString set()
    {
        static const QStringList parts{
            u"a"_s,         u"1"_s,          u"a-c"_s,       u"0-9"_s, u"."_s,         u"-"_s,
            u"\\d"_s,       u"\\w"_s,        u"\\-"_s,       u"\\]"_s, u"[:alpha:]"_s, u"[:digit:]"_s,
            u"\\."_s,       u"[:^alpha:]"_s, u"é"_s,         u"\\b"_s, u"^"_s,         u"]"_s,
            u"["_s,         u"\\p{L}"_s,     u"\\W"_s,       u"\\h"_s, u"#"_s,         u" "_s,
            u"\\Qa-c\\E"_s, u"A-Z"_s,        u"[:upper:]"_s, u"\\E"_s, u"|"_s};
        QString text = m_dice.once(4) ? u"[^"_s : u"["_s;
        for (qsizetype n = m_dice.below(4); n >= 0; --n)
            text += m_dice.of(parts);
        return text + u']';
    }

    Dice m_dice;
};

[[nodiscard]] inline QStringList generatedPatterns(quint32 seed, qsizetype count)
{
    PatternGenerator generator(seed);
    QStringList patterns;
    for (qsizetype i = 0; i < count; ++i)
        patterns.append(generator.pattern());
    return patterns;
}

/// Mostly versions as people number them, some with what nobody expects in one.
[[nodiscard]] inline QStringList generatedVersions(quint32 seed, qsizetype count)
{
    static const QStringList suffixes{u"-rc1"_s, u"-rc.2"_s, u"+build.7"_s, u"-alpha"_s, u"a"_s,
                                      u"_1"_s,   u"\n"_s,    u"\r\n"_s,     u" "_s,      u"é"_s,
                                      u"ß"_s,    u"Я"_s,     u"e\u0301"_s,  u"\u00a0"_s, u"😀"_s,
                                      u"!"_s,    u"b1"_s,    u".."_s};
    Dice dice(seed);
    QStringList versions;
    while (versions.size() < count) {
        QString version = dice.once(9) ? u"v"_s : QString();
        for (qsizetype n = dice.below(4); n >= 0; --n)
            version += QString::number(dice.below(3) == 0 ? dice.below(120) : dice.below(4)) +
                       (n > 0 ? u"."_s : QString());
        if (dice.once(3))
            version += dice.of(suffixes);
        if (dice.once(12))
            version = dice.of({u"ab"_s, u"aab"_s, u"ba"_s, u"AA"_s, u"abcba"_s, u"-"_s, u"1a"_s, u"bb"_s});
        if (!versions.contains(version))
            versions.append(version);
    }
    return versions;
}

} // namespace handover::test

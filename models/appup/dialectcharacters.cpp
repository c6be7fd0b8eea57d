// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/dialectreader.h"

#include <QRegularExpression>

#include <algorithm>

// What stands for characters, between brackets or not, and references.

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

using enum Trap;
using ItemKind = PatternClass::Item::Kind;

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }
bool isOneOf(QChar c, QStringView all) { return all.contains(c); }

bool hasBraceSpace(QStringView text)
{
    return text.size() > 2 && text[2] == u'{' &&
           (text.contains(u"{ ") || text.contains(u"{\t") || text.contains(u" }") || text.contains(u"\t}"));
}

// General categories and PCRE's own properties, as both know them.
bool isCategory(QStringView name)
{
    static const QRegularExpression known(
        u"\\A\\^?(?:L&|C[cfnos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?|Any|X(?:an|ps|sp|uc|wd))\\z"_s);
    return known.matchView(name).hasMatch();
}

} // namespace

Trap DialectReader::ofText(QStringView text, bool extended) const
{
    for (const QChar c : text) {
        if (extended && isOneOf(c, u"\u0085\u200e\u200f\u2028\u2029"))
            return Space;
        if (m_caseless && m_letters.beyond && c.unicode() >= 0x80)
            return Caseless;
    }
    return None;
}

Trap DialectReader::ofClass(const PatternPiece &piece)
{
    const PatternClass all(m_pattern, piece.begin);
    for (qsizetype i = 0; i < all.items().size(); ++i) {
        const PatternClass::Item &item = all.items()[i];
        const bool range = isSet(item) && i + 2 < all.items().size() && isHyphen(all.items()[i + 1]);
        const Trap trap = range ? SetRange : ofItem(item);
        if (trap == None)
            continue;
        m_begin = item.begin;
        m_end = range ? all.items()[i + 2].end : item.end;
        return trap;
    }
    return None;
}

bool DialectReader::isHyphen(const PatternClass::Item &item) const
{
    return !item.quoted && item.of(m_pattern) == u"-";
}

bool DialectReader::isSet(const PatternClass::Item &item) const
{
    const QStringView text = item.of(m_pattern);
    return item.kind == ItemKind::Posix ||
           (item.kind == ItemKind::Escape && text.size() > 1 && isOneOf(text[1], u"dDwWsShHvVpP"));
}

Trap DialectReader::ofItem(const PatternClass::Item &item) const
{
    const QStringView text = item.of(m_pattern);
    if (item.kind == ItemKind::Character)
        return ofText(text, false);
    if (item.kind == ItemKind::Posix)
        return ofPosix(text);
    if (text.size() > 1 && isOneOf(text[1], u"ABCGKRXZz"))
        return EscapeInClass;
    return ofAnyEscape(text);
}

Trap DialectReader::ofPosix(QStringView text) const
{
    if (m_properties && m_caseless && (text.contains(u"upper") || text.contains(u"lower")))
        return CaseProperty;
    return text.contains(u"digit") || text.contains(u"space") || text.contains(u"blank") ? None : ofWord();
}

Trap DialectReader::ofEscape(QStringView text) const
{
    if (const Trap trap = ofAnyEscape(text); trap != None || text.size() < 2)
        return trap;
    const QChar letter = text[1];
    if (isDigit(letter))
        return ofDigits(text.sliced(1));
    switch (letter.unicode()) {
    case u'b':
    case u'B':
        return ofWord();
    case u'C':
        return m_lookbehind > 0 || m_letters.latin1 || m_letters.beyond ? Unit : None;
    case u'K':
        return isInLookaround() ? MatchReset : None;
    case u'R':
        return m_lookbehind > 0 ? Lookbehind : None;
    case u'X':
        return m_lookbehind > 0 ? Lookbehind : (m_letters.beyond ? Unicode : None);
    case u'g':
    case u'k':
        return ofNamedReference(text);
    default:
        return None;
    }
}

// What may stand in a class too.
Trap DialectReader::ofAnyEscape(QStringView text) const
{
    if (text.size() < 2)
        return None;
    const QChar letter = text[1];
    if (isOneOf(letter, u"ijmqyFIJMOTY"))
        return UnknownEscape;
    if (hasBraceSpace(text))
        return BraceSpace;
    if (letter == u'w' || letter == u'W')
        return ofWord();
    if (letter == u'p' || letter == u'P')
        return ofProperty(text);
    if (letter == u'N')
        return text.size() > 2 ? NamedCharacter : None;
    if (letter == u'x' && text.size() == 2)
        return NoHexDigits;
    if (letter == u'c' && text.size() == 3 && (text[2] < u' ' || text[2] == u'\x7f'))
        return Control;
    const bool code = letter == u'x' || letter == u'o' || letter.unicode() >= 0x80;
    return m_caseless && m_letters.beyond && code ? Caseless : None;
}

Trap DialectReader::ofWord() const
{
    if (m_properties)
        return m_letters.beyond ? Unicode : None;
    return m_letters.latin1 ? LatinLetters : None;
}

Trap DialectReader::ofProperty(QStringView text) const
{
    const bool braced = text.size() > 3 && text[2] == u'{';
    const QStringView name = braced ? text.sliced(3).chopped(1) : text.sliced(2);
    if (!isCategory(name))
        return Property;
    if (m_caseless && (name.endsWith(u"Lu") || name.endsWith(u"Ll") || name.endsWith(u"Lt")))
        return CaseProperty;
    return m_letters.beyond ? Unicode : None;
}

Trap DialectReader::ofDigits(QStringView digits) const
{
    const int number = digits.size() < 6 ? digits.toInt() : 99999;
    if (digits.front() >= u'8' && (number > m_groups || m_branchReset))
        return Digits;
    return ofReference(number, {});
}

// \g1 \g{-1} \g{name} \k<name> \g<name>
Trap DialectReader::ofNamedReference(QStringView text) const
{
    const bool number = text[1] == u'g';
    QStringView name = text.sliced(2);
    if (number && !name.isEmpty() && isOneOf(name.front(), u"<'"))
        return Recursion;
    if (name.size() > 1 && isOneOf(name.front(), u"{<'"))
        name = name.sliced(1).chopped(1);
    if (name.startsWith(u'+'))
        return ForwardReference;
    if (number && name.startsWith(u'-'))
        return ofReference(m_groups + 1 - name.sliced(1).toInt(), {});
    return number && !name.isEmpty() && isDigit(name.front()) ? ofReference(name.toInt(), {})
                                                              : ofReference(0, name);
}

Trap DialectReader::ofReference(int number, QStringView name) const
{
    if (m_lookbehind > 0)
        return Lookbehind;
    const bool own = std::ranges::any_of(m_open, [&](const Open &open) {
        return open.number > 0 &&
               (m_branchReset || (name.isEmpty() ? open.number == number : open.name == name));
    });
    return own ? OwnReference : None;
}

} // namespace handover::appup

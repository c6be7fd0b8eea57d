// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/dialectreader.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

using enum Trap;

constexpr int MaxNesting = 250;        // of PCRE2; OTP up to 27 has its own
constexpr qsizetype MaxGroupName = 32; // of PCRE 8
// Both end at 64 KiB of code, of which PCRE 8 needs a little more for the same pattern.
constexpr qsizetype MaxPattern = 12000;
constexpr qint64 MaxRepeats = 4000;

bool isLookaround(PatternPiece::Kind kind)
{
    return kind == PatternPiece::Kind::Lookahead || kind == PatternPiece::Kind::Lookbehind;
}

// (?i) and (?i:
Trap ofOptions(QStringView text)
{
    for (const QChar c : text) {
        if ((c.isLetter() && !QStringView(u"imsxUJ").contains(c)) || c == u'^')
            return Option;
    }
    return text.count(u'-') > 1 || text.contains(u"xx") ? Option : None;
}

Trap ofCondition(QStringView text)
{
    static const QRegularExpression newer(u"\\A\\(\\?\\((?:VERSION|R[0-9&])"_s);
    return newer.matchView(text).hasMatch() ? VersionCondition : None;
}

// What stands between a beginning of that size and the last character, which closes it.
QStringView inner(QStringView text, qsizetype size)
{
    return text.size() > size ? text.sliced(size, text.size() - size - 1) : QStringView();
}

} // namespace

DialectReader::DialectReader(QStringView pattern, VersionLetters letters)
    : m_pattern(pattern)
    , m_letters(letters)
    , m_pieces(patternPieces(pattern.first(qMin(pattern.size(), MaxPattern + 1))))
    , m_branchReset(pattern.contains(u"(?|"))
    , m_properties(pattern.contains(u"(*UCP)"))
{
    m_caseless = std::ranges::any_of(m_pieces, [&](const PatternPiece &piece) {
        return (piece.kind == Kind::Options || piece.kind == Kind::Group) && piece.of(pattern).contains(u'i');
    });
}

std::optional<DialectTrap> DialectReader::first()
{
    if (m_pattern.size() > MaxPattern)
        return worded(Size, 0, 20);
    if (const qsizetype nul = m_pattern.indexOf(QChar()); nul >= 0)
        return worded(Nul, nul, nul + 1);
    for (const PatternPiece &piece : std::as_const(m_pieces)) {
        if (const Trap trap = of(piece); trap != None) {
            const bool inside = m_end > m_begin;
            return worded(trap, inside ? m_begin : piece.begin, inside ? m_end : piece.end);
        }
        remember(piece);
    }
    return std::nullopt;
}

void DialectReader::remember(const PatternPiece &piece)
{
    m_gap = piece.kind == Kind::Ignored;
    m_quote = m_gap && (m_quote || piece.of(m_pattern).startsWith(u'\\'));
    if (!m_gap)
        m_last = piece.kind;
}

DialectTrap DialectReader::worded(Trap trap, qsizetype begin, qsizetype end) const
{
    const QString construct = m_pattern.sliced(begin, end - begin).toString();
    const auto [older, newer] = trapWords(trap, construct);
    return {construct, begin, older, newer};
}

Trap DialectReader::of(const PatternPiece &piece)
{
    const QStringView text = piece.of(m_pattern);
    switch (piece.kind) {
    case Kind::Literal:
    case Kind::Ignored:
        return ofText(text, piece.extended);
    case Kind::Quantifier:
        return ofQuantifier(text);
    case Kind::Escape:
        return ofEscape(text);
    case Kind::Class:
        return ofClass(piece);
    case Kind::Bar:
        return ofBar();
    case Kind::Options:
        return ofOptions(text);
    case Kind::Verb:
        return ofVerb(text);
    case Kind::Call:
        return Recursion;
    case Kind::BackReference:
        return ofReference(0, inner(text, 4));
    case Kind::Callout:
        return text.size() > 4 && !text[3].isDigit() ? StringCallout : None;
    case Kind::UnknownGroup:
        return NewGroup;
    case Kind::Capture:
    case Kind::Group:
    case Kind::Lookahead:
    case Kind::Lookbehind:
    case Kind::Condition:
        return ofGroup(piece.kind, text);
    case Kind::Close:
        close();
        return None;
    case Kind::Dot:
    case Kind::Start:
    case Kind::End:
        return None;
    }
    return None;
}

Trap DialectReader::ofGroup(Kind kind, QStringView text)
{
    Open open{kind, 0, {}};
    if (kind == Kind::Capture) {
        open.number = ++m_groups;
        if (text.size() > 3)
            open.name = inner(text, text[2] == u'P' ? 4 : 3);
    }
    m_open.append(open);
    if (kind == Kind::Lookbehind && m_lookbehind == 0)
        m_lookbehind = m_open.size();
    if (m_open.size() > MaxNesting)
        return Nesting;
    if (kind == Kind::Capture && text.size() > 1 && open.name.isEmpty())
        return EmptyName;
    const bool ascii = std::ranges::all_of(open.name, [](QChar c) { return c.unicode() < 0x80; });
    if (open.name.size() > MaxGroupName || !ascii)
        return GroupName;
    if (kind == Kind::Condition)
        return m_lookbehind > 0 ? Lookbehind : ofCondition(text);
    return kind == Kind::Group ? ofOptions(text) : None;
}

void DialectReader::close()
{
    if (m_open.size() == m_lookbehind)
        m_lookbehind = 0;
    if (!m_open.isEmpty())
        m_closed = m_open.takeLast().kind;
}

bool DialectReader::isInLookaround() const
{
    return std::ranges::any_of(m_open, [](const Open &open) { return isLookaround(open.kind); });
}

// Alternatives of the lookbehind itself may differ in length in PCRE 8 too, others may not.
Trap DialectReader::ofBar() const
{
    const bool nested = m_lookbehind > 0 && m_open.size() > m_lookbehind;
    return nested && !isLookaround(m_open.last().kind) ? Lookbehind : None;
}

Trap DialectReader::ofVerb(QStringView text) const
{
    static const QRegularExpression same(
        u"\\A\\(\\*(?:UTF|UCP|CR|LF|CRLF|ANY|ANYCRLF|BSR_ANYCRLF|BSR_UNICODE|NO_START_OPT|NO_AUTO_POSSESS"
        u"|ACCEPT|F|FAIL|COMMIT|(?:MARK)?:[^)]*|(?:PRUNE|SKIP|THEN)(?::[^)]*)?)\\)\\z"_s);
    if (!same.matchView(text).hasMatch())
        return UnknownVerb;
    return m_open.isEmpty() ? None : VerbInside;
}

Trap DialectReader::ofQuantifier(QStringView text)
{
    if (m_last == Kind::Verb)
        return VerbInside;
    if ((m_gap && m_last == Kind::Quantifier) || (m_quote && m_last == Kind::Close))
        return SplitQuantifier;
    if (m_last == Kind::Close && m_closed == Kind::Group && (text == u"?+" || text == u"{0,1}+"))
        return Possessive;
    if (text.front() != u'{')
        return m_lookbehind > 0 ? Lookbehind : None;
    if (text.startsWith(u"{,") || text.contains(u' ') || text.contains(u'\t'))
        return Quantifier;
    return ofCounts(text.sliced(1, text.indexOf(u'}') - 1));
}

// 2 or 2, or 2,3
Trap DialectReader::ofCounts(QStringView counts)
{
    const qsizetype comma = counts.indexOf(u',');
    const QStringView most = counts.sliced(comma + 1);
    if (m_last == Kind::Close && !most.isEmpty())
        m_repeats = qMin(m_repeats * qMax(1, most.toInt()), MaxRepeats + 1);
    if (m_repeats > MaxRepeats)
        return Size;
    const bool fixed = (comma < 0 || counts.first(comma) == most) && !counts.startsWith(u'0');
    return m_lookbehind > 0 && !fixed ? Lookbehind : None;
}

} // namespace handover::appup

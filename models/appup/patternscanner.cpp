// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/patternscanner.h"

#include "models/appup/patternclass.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

using Kind = PatternPiece::Kind;

constexpr qsizetype MaxEscape = 200; // so that unclosed ones can't make the scan quadratic

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

bool isHex(QChar c) { return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F'); }

// What (?x) passes over.
bool isSpace(QChar c)
{
    return c == u' ' || (c >= u'\t' && c <= u'\r') ||
           QStringView(u"\u0085\u200e\u200f\u2028\u2029").contains(c);
}

/// Gives the pieces one after the other.
class Scanner
{
public:
    explicit Scanner(QStringView pattern)
        : m_pattern(pattern)
    {
    }

    [[nodiscard]] QList<PatternPiece> pieces()
    {
        QList<PatternPiece> pieces;
        while (m_at < m_pattern.size()) {
            PatternPiece piece{Kind::Literal, m_at, m_at, m_extended};
            piece.kind = next();
            piece.end = m_at;
            pieces.append(piece);
        }
        return pieces;
    }

private:
    [[nodiscard]] QStringView rest() const { return m_pattern.sliced(m_at); }
    // How much of the pattern from here on the expression takes, or 0; it looks at a little only.
    [[nodiscard]] qsizetype lengthOf(const QRegularExpression &expression) const
    {
        const QStringView near = rest().first(qMin(MaxEscape, rest().size()));
        const auto match = expression.matchView(near, 0, QRegularExpression::NormalMatch,
                                                QRegularExpression::AnchorAtOffsetMatchOption |
                                                    QRegularExpression::DontCheckSubjectStringMatchOption);
        return match.hasMatch() ? match.capturedLength() : 0;
    }
    [[nodiscard]] QChar at(qsizetype i) const { return i < m_pattern.size() ? m_pattern[i] : QChar(); }

    Kind take(Kind kind, qsizetype count = 1)
    {
        m_at = qMin(m_at + count, m_pattern.size());
        return kind;
    }

    // Up to and with the next `last`, or all there is.
    Kind takeThrough(Kind kind, QChar last)
    {
        const qsizetype end = m_pattern.indexOf(last, m_at);
        m_at = end < 0 ? m_pattern.size() : end + 1;
        return kind;
    }

    Kind next()
    {
        if (m_quoted)
            return quoted();
        const QChar c = m_pattern[m_at];
        if (m_extended && (c == u'#' || isSpace(c)))
            return c == u'#' ? takeThrough(Kind::Ignored, u'\n') : take(Kind::Ignored);
        switch (c.unicode()) {
        case u'\\':
            return escape();
        case u'[':
            m_at = PatternClass(m_pattern, m_at).end();
            return Kind::Class;
        case u'(':
            return open();
        case u')':
            if (!m_outer.isEmpty())
                m_extended = m_outer.takeLast();
            return take(Kind::Close);
        case u'.':
            return take(Kind::Dot);
        case u'^':
            return take(Kind::Start);
        case u'$':
            return take(Kind::End);
        case u'|':
            return take(Kind::Bar);
        case u'*':
        case u'+':
        case u'?':
            return quantifier(1);
        case u'{':
            return braces();
        default:
            return literal();
        }
    }

    Kind literal() { return take(Kind::Literal, at(m_at).isHighSurrogate() ? 2 : 1); }

    Kind quoted()
    {
        if (!rest().startsWith("\\E"_L1))
            return literal();
        m_quoted = false;
        return take(Kind::Ignored, 2);
    }

    Kind escape()
    {
        if (at(m_at + 1) == u'Q' || at(m_at + 1) == u'E') {
            m_quoted = at(m_at + 1) == u'Q';
            return take(Kind::Ignored, 2);
        }
        m_at = escapeEnd(m_pattern, m_at);
        return Kind::Escape;
    }

    Kind quantifier(qsizetype size)
    {
        take(Kind::Quantifier, size);
        if (at(m_at) == u'+' || at(m_at) == u'?')
            ++m_at;
        return Kind::Quantifier;
    }

    // As PCRE2 takes it since 10.43; what OTP up to 27 doesn't take so is a matter for dialectTrap().
    Kind braces()
    {
        static const QRegularExpression counts(
            u"\\{[ \\t]*(?:[0-9]+[ \\t]*(?:,[ \\t]*[0-9]*[ \\t]*)?|,[ \\t]*[0-9]+[ \\t]*)\\}"_s);
        const qsizetype length = lengthOf(counts);
        return length > 0 ? quantifier(length) : literal();
    }

    Kind opened(Kind kind, qsizetype size)
    {
        m_outer.append(m_extended);
        return take(kind, size);
    }

    Kind open()
    {
        if (at(m_at + 1) == u'*')
            return star();
        if (at(m_at + 1) != u'?')
            return opened(Kind::Capture, 1);
        const QStringView text = rest().sliced(2);
        const QChar first = text.isEmpty() ? QChar() : text.front();
        const QChar second = text.size() > 1 ? text[1] : QChar();
        switch (first.unicode()) {
        case u'#':
            return takeThrough(Kind::Ignored, u')');
        case u'C':
            return takeThrough(Kind::Callout, u')');
        case u'R':
        case u'&':
            return takeThrough(Kind::Call, u')');
        case u':':
        case u'>':
        case u'|':
            return opened(Kind::Group, 3);
        case u'=':
        case u'!':
            return opened(Kind::Lookahead, 3);
        case u'\'':
            return named(3, u'\'');
        case u'<':
            if (second == u'=' || second == u'!')
                return opened(Kind::Lookbehind, 4);
            return second == u'*' ? opened(Kind::UnknownGroup, 4) : named(3, u'>');
        case u'P':
            if (second == u'=')
                return takeThrough(Kind::BackReference, u')');
            return second == u'>' ? takeThrough(Kind::Call, u')') : named(4, u'>');
        case u'(':
            return condition(second);
        default:
            return isDigit(first) || first == u'+' || (first == u'-' && isDigit(second))
                       ? takeThrough(Kind::Call, u')')
                       : options(text);
        }
    }

    Kind named(qsizetype before, QChar last)
    {
        const qsizetype end = m_pattern.indexOf(last, m_at + before);
        return opened(Kind::Capture, end < 0 ? m_pattern.size() - m_at : end + 1 - m_at);
    }

    Kind condition(QChar first)
    {
        if (first == u'?' || first == u'*')
            return opened(Kind::Condition, 2); // the assertion is a group of its own
        const qsizetype end = m_pattern.indexOf(u')', m_at);
        return opened(Kind::Condition, end < 0 ? m_pattern.size() - m_at : end + 1 - m_at);
    }

    // (?i) and (?i:
    Kind options(QStringView text)
    {
        qsizetype size = 0;
        while (size < text.size() && (text[size].isLetter() || text[size] == u'^' || text[size] == u'-'))
            ++size;
        const QStringView letters = text.first(size);
        const QChar last = size < text.size() ? text[size] : QChar();
        if (last != u')' && last != u':')
            return opened(Kind::UnknownGroup, 2);
        const bool outside = m_extended;
        for (bool on = true; const QChar letter : letters) {
            if (letter == u'-')
                on = false;
            else if (letter == u'x' || letter == u'^')
                m_extended = letter == u'x' && on;
        }
        if (last == u')')
            return take(Kind::Options, size + 3);
        m_outer.append(outside);
        return take(Kind::Group, size + 3);
    }

    // (*VERB), or one of PCRE2's names for a group: (*atomic:
    Kind star()
    {
        static const QRegularExpression word(u"\\(\\*[a-z_]+:"_s);
        const qsizetype length = lengthOf(word);
        return length > 0 ? opened(Kind::UnknownGroup, length) : takeThrough(Kind::Verb, u')');
    }

    QStringView m_pattern;
    qsizetype m_at = 0;
    bool m_quoted = false;
    bool m_extended = false;
    QList<bool> m_outer; ///< m_extended outside of each open group
};

} // namespace

QList<PatternPiece> patternPieces(QStringView pattern) { return Scanner(pattern).pieces(); }

qsizetype escapeEnd(QStringView pattern, qsizetype begin)
{
    const QStringView text = pattern.sliced(begin).first(qMin(MaxEscape, pattern.size() - begin));
    const auto at = [&](qsizetype i) { return i < text.size() ? text[i] : QChar(); };
    const auto within = [&](qsizetype from, QChar last) { // \x{…}
        const qsizetype end = text.indexOf(last, from);
        return begin + (end < 0 ? from : end + 1);
    };
    const QChar letter = at(1);
    qsizetype size = qMin<qsizetype>(letter.isHighSurrogate() ? 3 : 2, text.size());
    const bool braced = at(2) == u'{';
    if (letter == u'c' && size < text.size()) {
        ++size;
    } else if (letter == u'x' && !braced) {
        while (size < 4 && isHex(at(size)))
            ++size;
    } else if (isDigit(letter)) {
        while (isDigit(at(size)))
            ++size;
    } else if (letter == u'N') {
        if (text.sliced(2).startsWith("{U+"_L1))
            return within(3, u'}');
    } else if (braced && QStringView(u"xopPgk").contains(letter)) {
        return within(3, u'}');
    } else if ((letter == u'p' || letter == u'P') && size < text.size()) {
        ++size;
    } else if (letter == u'g' || letter == u'k') {
        if (at(2) == u'<' || at(2) == u'\'')
            return within(3, at(2) == u'<' ? u'>' : u'\'');
        if (letter == u'g' && (at(2) == u'+' || at(2) == u'-'))
            ++size;
        while (letter == u'g' && isDigit(at(size)))
            ++size;
    }
    return begin + size;
}

} // namespace handover::appup

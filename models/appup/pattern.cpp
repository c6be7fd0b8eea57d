// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/pattern.h"

#include "models/appup/patternclass.h"
#include "models/appup/patternscanner.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

// The ASCII character that a piece stands for and nothing else, or the character 0.
QChar plainCharacter(const PatternPiece &piece, QStringView pattern)
{
    QStringView text = piece.of(pattern);
    if (piece.kind == PatternPiece::Kind::Class) {
        const PatternClass set(pattern, piece.begin);
        if (set.isNegated() || set.items().size() != 1 || !text.endsWith(u']'))
            return {};
        text = set.items().constFirst().of(pattern);
    }
    const bool escaped = text.size() == 2 && text.front() == u'\\' && !text.back().isLetterOrNumber();
    if (!escaped && text.size() != 1)
        return {};
    return text.back().unicode() < 0x80 ? text.back() : QChar();
}

// Whether all of a pattern is of kinds that can be followed, and there are no alternatives for all
// of it.
bool isOneWay(const QList<PatternPiece> &pieces, QStringView pattern)
{
    using Kind = PatternPiece::Kind;
    int depth = 0;
    for (const PatternPiece &piece : pieces) {
        switch (piece.kind) {
        case Kind::Group:
            if (piece.of(pattern).contains(u"xx"_s)) // other rules for classes
                return false;
            ++depth;
            break;
        case Kind::Options:
            if (piece.of(pattern).contains(u"xx"_s))
                return false;
            break;
        case Kind::Capture:
        case Kind::Lookahead:
        case Kind::Lookbehind:
        case Kind::Condition:
            ++depth;
            break;
        case Kind::Close:
            --depth;
            break;
        case Kind::Bar:
            if (depth == 0)
                return false;
            break;
        case Kind::UnknownGroup:
        case Kind::Verb:
        case Kind::Callout:
            return false;
        default:
            break;
        }
    }
    return true;
}

/// Goes through the pieces outside of groups and gathers the characters that stand side by side.
class ShapeReader
{
public:
    ShapeReader(const QList<PatternPiece> &pieces, QStringView pattern)
        : m_pieces(pieces)
        , m_pattern(pattern)
    {
    }

    [[nodiscard]] PatternShape shape()
    {
        for (m_at = 0; m_at < m_pieces.size() && !m_over; ++m_at)
            read(m_pieces[m_at]);
        m_shape.whole = m_first;
        flush();
        if (m_shape.within.size() <= m_shape.start.size())
            m_shape.within.clear();
        return m_shape;
    }

private:
    using Kind = PatternPiece::Kind;

    void read(const PatternPiece &piece)
    {
        switch (piece.kind) {
        case Kind::Ignored:
            return;
        case Kind::Literal:
        case Kind::Escape:
        case Kind::Class:
            return readCharacter(piece);
        case Kind::Start:
            return readStart();
        case Kind::End:
            m_shape.toEnd = m_first && m_depth == 0 && m_at + 1 == m_pieces.size();
            return m_shape.toEnd ? void() : flush();
        case Kind::Quantifier:
            return readQuantifier();
        case Kind::Options: // may be (?i)
            m_over = m_depth == 0;
            return flush();
        case Kind::Capture:
        case Kind::Group:
        case Kind::Lookahead:
        case Kind::Lookbehind:
        case Kind::Condition:
            flush();
            ++m_depth;
            return;
        case Kind::Close:
            --m_depth;
            return;
        default:
            return flush();
        }
    }

    void readCharacter(const PatternPiece &piece)
    {
        if (m_depth > 0)
            return;
        if (piece.of(m_pattern) == u"\\A"_s)
            return readStart();
        const QChar character = plainCharacter(piece, m_pattern);
        if (character.isNull())
            flush();
        else
            m_run += character;
    }

    void readStart()
    {
        if (m_first && m_run.isEmpty())
            m_shape.anchored = true;
        else
            flush();
    }

    // It may stand for nothing of what is before it.
    void readQuantifier()
    {
        if (m_run.isEmpty() && m_first)
            m_shape.anchored = false;
        m_run.chop(1);
        flush();
    }

    void flush()
    {
        if (m_first)
            m_shape.start = m_run;
        if (m_run.size() > m_shape.within.size())
            m_shape.within = m_run;
        m_first = false;
        m_run.clear();
    }

    const QList<PatternPiece> &m_pieces;
    QStringView m_pattern;
    PatternShape m_shape;
    QString m_run;       ///< characters so far, side by side
    bool m_first = true; ///< nothing was before them, but for an anchor
    bool m_over = false;
    int m_depth = 0;
    qsizetype m_at = 0;
};

} // namespace

bool looksLikePattern(QStringView text)
{
    static const QRegularExpression signs(u"\\\\|[.\\]][*+?]|\\[[^\\]]*\\]|^\\^|\\$$|\\||\\*|\\(|\\?"_s);
    return signs.matchView(text).hasMatch();
}

QList<qsizetype> unescapedDots(QStringView pattern)
{
    QList<qsizetype> dots;
    for (const PatternPiece &piece : patternPieces(pattern)) {
        const qsizetype i = piece.begin;
        if (piece.kind != PatternPiece::Kind::Dot || i == 0 || i + 1 == pattern.size())
            continue;
        const QChar before = pattern[i - 1];
        const QChar behind = pattern[i + 1];
        const bool afterNumber = isDigit(before) || (QStringView(u"])}+*").contains(before));
        const bool beforeNumber =
            isDigit(behind) || behind == u'[' || behind == u'(' || pattern.sliced(i + 1).startsWith("\\d"_L1);
        if (afterNumber && beforeNumber)
            dots.append(i);
    }
    return dots;
}

QString withEscapedDots(const QString &pattern, const QList<qsizetype> &dots)
{
    QString escaped = pattern;
    for (auto dot = dots.crbegin(); dot != dots.crend(); ++dot)
        escaped.insert(*dot, u'\\');
    return escaped;
}

bool takesEverything(QStringView pattern)
{
    static const QRegularExpression everything(u"\\A\\^?\\(?(?:\\?:)?\\.[*+]\\)?\\$?\\z"_s);
    return everything.matchView(pattern).hasMatch();
}

bool endsLazily(QStringView pattern)
{
    const QList<PatternPiece> pieces = patternPieces(pattern);
    return !pieces.isEmpty() && pieces.constLast().kind == PatternPiece::Kind::Quantifier &&
           pieces.constLast().end - pieces.constLast().begin > 1 && pattern.endsWith(u'?');
}

QString withGreedyEnd(const QString &pattern) { return endsLazily(pattern) ? pattern.chopped(1) : pattern; }

QStringList widened(const QString &pattern)
{
    const bool end = pattern.endsWith(u'$') && !pattern.endsWith("\\$"_L1);
    const QString base = end ? pattern.chopped(1) : pattern;
    const QString tail = end ? u"$"_s : QString();
    QStringList patterns;
    for (const QString &suffix : {u"(\\.[0-9]+)*"_s, u"(\\.[0-9]+)*(\\+.*)?"_s}) {
        patterns.append(QString(base + suffix + tail));
        patterns.append(QString(u"(?:"_s + base + u')' + suffix + tail));
    }
    return patterns;
}

PatternShape patternShape(QStringView pattern)
{
    const QList<PatternPiece> pieces = patternPieces(pattern);
    return isOneWay(pieces, pattern) ? ShapeReader(pieces, pattern).shape() : PatternShape();
}

} // namespace handover::appup

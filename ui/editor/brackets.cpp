// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/brackets.h"

#include "ui/editor/erlangtokens.h"

#include <QList>

#include <algorithm>

namespace handover::ui {
namespace {

constexpr int Step = 2;
constexpr int TabWidth = 8;

struct Opening
{
    TextRange range;
    qsizetype lineBegin = 0;
    bool endsLine = false; ///< nothing but a comment stands behind it
};

char closing(char bracket)
{
    switch (bracket) {
    case '(':
        return ')';
    case '[':
        return ']';
    case '{':
        return '}';
    case '<':
        return '>';
    default:
        return '\0';
    }
}

int columnsBetween(QByteArrayView text, qsizetype begin, qsizetype end)
{
    int columns = 0;
    for (const char c : text.sliced(begin, end - begin)) {
        if (c == '\t')
            columns += TabWidth - columns % TabWidth;
        else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80)
            ++columns;
    }
    return columns;
}

int indentationOf(QByteArrayView text, qsizetype lineBegin)
{
    qsizetype end = lineBegin;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t'))
        ++end;
    return columnsBetween(text, lineBegin, end);
}

// Calls visit(token's range, token, line's begin, whether it ends its line) for each bracket until
// it answers false; gives the state at the end.
template<typename Visit>
ErlangLineState forBrackets(QByteArrayView text, Visit visit)
{
    ErlangLineState state;
    qsizetype begin = 0;
    while (begin < text.size()) {
        qsizetype end = text.indexOf('\n', begin);
        end = end < 0 ? text.size() : end;
        const QList<ErlangToken> tokens = erlangTokens(text.sliced(begin, end - begin), state);
        for (qsizetype i = 0; i < tokens.size(); ++i) {
            if (tokens[i].kind != ErlangToken::Kind::Bracket)
                continue;
            const bool last = i + 1 == tokens.size() || tokens[i + 1].kind == ErlangToken::Kind::Comment;
            if (!visit(TextRange{begin + tokens[i].begin, begin + tokens[i].end}, begin, last))
                return state;
        }
        begin = end + 1;
    }
    return state;
}

} // namespace

std::optional<BracketPair> bracketAt(QByteArrayView text, qsizetype caret)
{
    QList<BracketPair> pairs; // of the brackets that the caret touches: before it, behind it
    QList<Opening> open;
    forBrackets(text, [&](const TextRange &range, qsizetype lineBegin, bool) {
        const bool opens = closing(text[range.begin]) != '\0';
        TextRange other;
        if (opens) {
            open.append({range, lineBegin});
        } else if (!open.isEmpty()) {
            const Opening opening = open.takeLast();
            if (closing(text[opening.range.begin]) == text[range.begin])
                other = opening.range;
            for (BracketPair &pair : pairs) {
                if (pair.one == opening.range && !other.isEmpty())
                    pair.other = range;
            }
        }
        if (range.touches(caret))
            pairs.append({range, other});
        const bool complete = std::ranges::none_of(pairs, [&](const BracketPair &pair) {
            return std::ranges::any_of(open, [&](const Opening &opening) { return opening.range == pair.one; });
        });
        return range.begin <= caret || !complete;
    });
    return pairs.isEmpty() ? std::nullopt : std::optional(pairs.last());
}

std::optional<int> indentationAt(QByteArrayView text, qsizetype lineBegin)
{
    QList<Opening> open;
    const QByteArrayView before = text.first(lineBegin);
    const ErlangLineState state = forBrackets(before, [&](const TextRange &range, qsizetype begin, bool last) {
        if (closing(before[range.begin]) != '\0')
            open.append({range, begin, last});
        else if (!open.isEmpty())
            open.removeLast();
        return true;
    });
    if (state.open != ErlangLineState::Open::Nothing)
        return std::nullopt;
    if (open.isEmpty())
        return 0;
    const Opening &inner = open.last();
    qsizetype at = lineBegin;
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t'))
        ++at;
    const bool closes = at < text.size() && text[at] == closing(text[inner.range.begin]);
    if (inner.endsLine)
        return indentationOf(text, inner.lineBegin) + (closes ? 0 : Step);
    return columnsBetween(text, inner.lineBegin, closes ? inner.range.begin : inner.range.end);
}

} // namespace handover::ui

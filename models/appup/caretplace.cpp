// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/caretplace.h"

#include "models/erlang/scanner.h"

#include <optional>

namespace handover::appup {

namespace {

using erlang::Token;
using Bracket = CaretPlace::Bracket;

std::optional<Bracket> opened(const Token &token)
{
    if (token.is("{"))
        return Bracket::Tuple;
    if (token.is("["))
        return Bracket::List;
    if (token.is("<<"))
        return Bracket::Binary;
    if (token.is("("))
        return Bracket::Call;
    return std::nullopt;
}

bool closes(const Token &token) { return token.is("}") || token.is("]") || token.is(">>") || token.is(")"); }

bool isWord(const Token &token)
{
    using enum Token::Type;
    return token.type == Atom || token.type == Reserved || token.type == Variable || token.type == Integer
           || token.type == Float;
}

class Reader
{
public:
    CaretPlace run(QByteArrayView text)
    {
        erlang::Scanner scanner(text, false);
        qsizetype end = 0;
        for (auto read = scanner.next();; read = scanner.next()) {
            if (!read) {
                stopAtError(text, read.error().range.begin);
                break;
            }
            const Token &token = scanner.token();
            if (token.type == Token::Type::End)
                break;
            end = token.range.end;
            take(token, end == text.size());
        }
        const QByteArrayView rest = text.sliced(end);
        m_place.inComment = m_place.string.isEmpty() && rest.sliced(rest.lastIndexOf('\n') + 1).contains('%');
        return std::move(m_place);
    }

private:
    // A string that has no end yet; whatever else is broken leaves no place to speak of.
    void stopAtError(QByteArrayView text, qsizetype at)
    {
        if (at < text.size() && (text[at] == '"' || text[at] == '\'' || text[at] == '~'))
            m_place.string = {at, text.size()};
        else
            m_place = {};
        m_place.elementBegun = m_begun;
    }

    void take(const Token &token, bool atCaret)
    {
        if (isWord(token) && atCaret) {
            m_place.word = token.range;
            m_place.elementBegun = m_begun;
            return;
        }
        if (token.type == Token::Type::Dot)
            m_place.levels.clear();
        if (m_begun == false && !token.is(",") && !closes(token))
            m_first = token.spelling.toByteArray();
        if (const auto bracket = opened(token)) {
            m_firsts.append(m_first);
            m_place.levels.append({*bracket, token.range.begin, 0, {}});
            m_begun = false;
            m_first.clear();
        } else if (closes(token)) {
            if (!m_place.levels.isEmpty()) {
                m_place.levels.removeLast();
                m_first = m_firsts.takeLast();
            }
            m_begun = true;
        } else if (token.is(",") && !m_place.levels.isEmpty()) {
            ++m_place.levels.last().index;
            m_place.levels.last().beginnings.append(m_first);
            m_begun = false;
            m_first.clear();
        } else {
            m_begun = token.type != Token::Type::Dot;
        }
        m_place.elementBegun = m_begun;
    }

    CaretPlace m_place;
    bool m_begun = false; // something of the present element was read
    QByteArray m_first;   // token of it
    QByteArrayList m_firsts; // of the elements around it
};

} // namespace

CaretPlace placeOfCaret(QByteArrayView text, qsizetype caret)
{
    return Reader().run(text.first(qBound<qsizetype>(0, caret, text.size())));
}

} // namespace handover::appup

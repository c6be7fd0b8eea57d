// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/readerwords.h"
#include "models/erlang/termreader.h"

namespace handover::erlang {

namespace {

using Type = Token::Type;

constexpr qsizetype MaxShown = 30;

QString shown(const Token &token)
{
    const QString text = QString::fromUtf8(token.spelling).simplified();
    return text.size() > MaxShown ? text.first(MaxShown) + QChar(0x2026) : text;
}

bool isClosing(const Token &token)
{
    return token.is("]") || token.is("}") || token.is(")") || token.is(">>");
}

} // namespace

std::unexpected<SyntaxError> TermReader::error(TextRange range, QString message) const
{
    return syntaxError(m_text, range, std::move(message));
}

bool TermReader::startsTerm() const
{
    switch (m_token.type) {
    case Type::Atom:
    case Type::Integer:
    case Type::Char:
    case Type::Float:
    case Type::String:
    case Type::Variable:
        return true;
    case Type::Reserved:
        return m_token.spelling == "fun";
    case Type::Punctuation:
        return m_token.is("[") || m_token.is("{") || m_token.is("<<") || m_token.is("#") || m_token.is("(");
    case Type::Dot:
    case Type::End:
        return false;
    }
    return false;
}

std::unexpected<SyntaxError> TermReader::unclosed() const
{
    const Bracket &bracket = m_open.constLast();
    const QString opening = QString::fromUtf8(m_text.sliced(bracket.range.begin, bracket.range.size()));
    if (m_token.type == Type::End)
        return error(bracket.range, ReaderWords::unclosed(opening, QString::fromUtf8(bracket.closing)));
    const int line = placeOf(m_text, bracket.range.begin).line;
    if (m_token.type == Type::Dot)
        return error(m_token.range,
                     ReaderWords::dotInside(opening, line, QString::fromUtf8(bracket.closing)));
    return error(m_token.range,
                 ReaderWords::closesOther(shown(m_token), opening, line, QString::fromUtf8(bracket.closing)));
}

std::unexpected<SyntaxError> TermReader::noTermHere() const
{
    if (m_token.type == Type::Variable)
        return error(m_token.range, ReaderWords::variable(shown(m_token)));
    if (m_token.type == Type::Reserved)
        return error(m_token.range, ReaderWords::reserved(shown(m_token)));
    const bool nothingOpen = m_open.isEmpty();
    if (m_token.type == Type::End && nothingOpen)
        return error({m_lastEnd, m_lastEnd},
                     m_lastEnd == 0 ? ReaderWords::noTerm() : ReaderWords::endOfText());
    const bool comma = m_lastEnd > 0 && m_text[m_lastEnd - 1] == ',';
    if (!nothingOpen && comma && m_token.is(m_open.constLast().closing))
        return error({m_lastEnd - 1, m_lastEnd}, ReaderWords::commaTooMany(shown(m_token)));
    if (!nothingOpen && (m_token.type == Type::End || m_token.type == Type::Dot))
        return unclosed();
    if (isClosing(m_token))
        return nothingOpen ? error(m_token.range, ReaderWords::nothingToClose(shown(m_token))) : unclosed();
    return error(m_token.range, ReaderWords::termMissing(shown(m_token)));
}

std::unexpected<SyntaxError> TermReader::unexpectedAfterElement() const
{
    if (m_token.type == Type::Reserved && m_token.spelling != "fun")
        return error(m_token.range, ReaderWords::reserved(shown(m_token)));
    if (m_open.isEmpty()) {
        if (isClosing(m_token))
            return error(m_token.range, ReaderWords::nothingToClose(shown(m_token)));
        if (startsTerm())
            return error({m_lastEnd, m_token.range.end}, ReaderWords::dotMissing());
        return error(m_token.range, ReaderWords::calculation(shown(m_token)));
    }
    if (m_token.type == Type::End || m_token.type == Type::Dot || isClosing(m_token))
        return unclosed();
    if (startsTerm())
        return error(m_token.range, ReaderWords::commaMissing(shown(m_token)));
    return error(m_token.range, ReaderWords::calculation(shown(m_token)));
}

Parsed<Token> TermReader::expect(Token::Type type, const QString &what)
{
    const Token token = m_token;
    if (token.type != type)
        return error(token.range, ReaderWords::expected(what, shown(token)));
    if (auto ok = advance(); !ok)
        return std::unexpected(ok.error());
    return token;
}

Parsed<void> TermReader::expectPunctuation(QByteArrayView spelling)
{
    if (!m_token.is(spelling)) {
        if (m_token.type == Type::End || m_token.type == Type::Dot)
            return unclosed();
        return error(m_token.range, ReaderWords::expected(QString::fromUtf8(spelling), shown(m_token)));
    }
    return advance();
}

Parsed<void> TermReader::open(QByteArrayView closing)
{
    m_open.append({m_token.range, closing});
    if (m_open.size() > m_limits.depth)
        return error(m_token.range, ReaderWords::tooDeep(m_limits.depth));
    return advance();
}

Parsed<void> TermReader::close()
{
    if (!m_token.is(m_open.constLast().closing))
        return unexpectedAfterElement();
    m_open.removeLast();
    return advance();
}

} // namespace handover::erlang

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/scanner.h"

#include "models/erlang/number.h"
#include "models/erlang/printer.h"

#include <QCoreApplication>

#include <array>
#include <charconv>
#include <cmath>

using namespace Qt::StringLiterals;

namespace handover::erlang {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ErlangScanner)
};

constexpr bool isDigit(char32_t code) { return code >= '0' && code <= '9'; }
constexpr bool isLower(char32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 0xDF && code <= 0xFF && code != 0xF7);
}
constexpr bool isUpper(char32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7);
}
constexpr bool isNamePart(char32_t code)
{
    return isLower(code) || isUpper(code) || isDigit(code) || code == '_' || code == '@';
}

constexpr uint digitValue(char32_t code)
{
    if (isDigit(code))
        return code - '0';
    if (code >= 'a' && code <= 'z')
        return code - 'a' + 10;
    if (code >= 'A' && code <= 'Z')
        return code - 'A' + 10;
    return 99;
}

constexpr qsizetype MaxAtomChars = 255;

} // namespace

Token Scanner::token(Token::Type type) const
{
    Token token;
    token.type = type;
    token.range = {m_begin, m_source.offset()};
    token.spelling = m_source.text().sliced(m_begin, m_source.offset() - m_begin);
    return token;
}

std::unexpected<SyntaxError> Scanner::error(QString message) const
{
    return errorHere(m_begin, std::move(message));
}

std::unexpected<SyntaxError> Scanner::errorHere(qsizetype begin, QString message) const
{
    return syntaxError(m_source.text(), {begin, qMax(begin, m_source.offset())}, std::move(message));
}

bool Scanner::skipBlanks()
{
    while (true) {
        const char32_t code = m_source.peek();
        if (code == '%') {
            for (char32_t c = m_source.peek(); c != '\n' && c != Source::End; c = m_source.peek()) {
                if (c == Source::NotUnicode)
                    return false;
                m_source.take();
            }
        } else if (isWhiteSpace(code)) {
            m_source.take();
        } else {
            return code != Source::NotUnicode;
        }
    }
}

Parsed<Token> Scanner::next()
{
    const bool readable = skipBlanks();
    m_begin = m_source.offset();
    if (!readable) {
        m_source.take();
        return error(
            Words::tr("This byte is not valid UTF-8. Save the file as UTF-8, or write \"%% coding: latin-1\" "
                      "in its first line."));
    }
    return scan();
}

Parsed<Token> Scanner::scan()
{
    const char32_t code = m_source.peek();
    if (code == Source::End)
        return token(Token::Type::End);
    if (isLower(code))
        return scanName(Token::Type::Atom);
    if (isUpper(code) || code == '_')
        return scanName(Token::Type::Variable);
    if (isDigit(code))
        return scanNumber();
    switch (code) {
    case '\'':
        return scanQuotedAtom();
    case '"':
        return scanString();
    case '~':
        return scanSigil();
    case '$':
        return scanChar();
    case 0xFEFF:
        m_source.take();
        return error(
            Words::tr("Erlang doesn't read files that begin with a byte order mark; save it without one."));
    default:
        return scanPunctuation();
    }
}

QByteArray Scanner::takeNamePart()
{
    const qsizetype begin = m_source.offset();
    while (isNamePart(m_source.peek()))
        m_source.take();
    return m_source.text().sliced(begin, m_source.offset() - begin).toByteArray();
}

Parsed<Token> Scanner::scanName(Token::Type type)
{
    QString name;
    while (isNamePart(m_source.peek()))
        name += QChar::fromUcs4(m_source.take());
    Token result = token(type);
    result.text = name;
    if (type == Token::Type::Atom && isReservedWord(name.toUtf8()))
        result.type = Token::Type::Reserved;
    if (name.size() > MaxAtomChars)
        return error(
            Words::tr("An atom can't have more than 255 characters; this one has %1.").arg(name.size()));
    return result;
}

Parsed<Token> Scanner::scanQuotedAtom()
{
    m_source.take();
    auto name = scanUntil('\'', false, Words::tr("quoted atom"));
    if (!name)
        return std::unexpected(std::move(name).error());
    if (name->toUcs4().size() > MaxAtomChars)
        return error(Words::tr("An atom can't have more than 255 characters."));
    Token result = token(Token::Type::Atom);
    result.text = std::move(*name);
    return result;
}

// Digits with single underscores between them, as erl_scan takes them; the underscores are left out.
QByteArray Scanner::takeDigits(uint base)
{
    QByteArray digits;
    while (true) {
        const char32_t code = m_source.peek();
        if (digitValue(code) < base)
            digits += static_cast<char>(m_source.take());
        else if (code == '_' && !digits.isEmpty() && digitValue(m_source.peekSecond()) < base)
            m_source.take();
        else
            return digits;
    }
}

Parsed<Token> Scanner::scanNumber()
{
    QByteArray digits = takeDigits(10);
    if (m_source.peek() == '.' && isDigit(m_source.peekSecond()))
        return scanFloat(std::move(digits));
    if (m_source.peek() == '#')
        return scanBased(digits);
    auto canonical = canonicalDecimal(digits);
    if (!canonical)
        return error(Words::tr("This integer has too many digits."));
    Token result = token(Token::Type::Integer);
    result.digits = std::move(*canonical);
    return result;
}

Parsed<Token> Scanner::scanBased(const QByteArray &base)
{
    m_source.take();
    bool fits = false;
    const uint value = base.toUInt(&fits);
    if (!fits || value < 2 || value > 36)
        return error(Words::tr("The base of an integer must lie between 2 and 36."));
    const QByteArray digits = takeDigits(value);
    if (digits.isEmpty())
        return error(Words::tr("A digit of base %1 is missing behind '#'.").arg(value));
    auto decimal = decimalFromBase(digits, value);
    if (!decimal)
        return error(Words::tr("This integer has too many digits."));
    Token result = token(Token::Type::Integer);
    result.digits = std::move(*decimal);
    return result;
}

Parsed<Token> Scanner::scanFloat(QByteArray digits)
{
    m_source.take();
    digits += '.' + takeDigits(10);
    if (m_source.peek() == 'e' || m_source.peek() == 'E') {
        m_source.take();
        digits += 'e';
        // from_chars takes no '+'
        if (m_source.peek() == '-')
            digits += static_cast<char>(m_source.take());
        else if (m_source.peek() == '+')
            m_source.take();
        const QByteArray exponent = takeDigits(10);
        if (exponent.isEmpty())
            return error(Words::tr("The exponent of this number has no digits."));
        digits += exponent;
    }
    double value = 0;
    const auto read = std::from_chars(digits.constData(), digits.constData() + digits.size(), value);
    if (read.ec == std::errc::result_out_of_range && digits.contains("e-"))
        value = 0; // too small, which Erlang takes for 0.0; from_chars leaves the value alone
    else if (read.ec != std::errc() || !std::isfinite(value))
        return error(Words::tr("This number is too large for a float."));
    Token result = token(Token::Type::Float);
    result.real = value;
    return result;
}

Parsed<Token> Scanner::scanChar()
{
    m_source.take();
    char32_t code = m_source.peek();
    if (code == Source::End)
        return error(Words::tr("A character is missing behind '$'."));
    m_source.take();
    if (code == '\\') {
        const auto escaped = scanEscape();
        if (!escaped)
            return std::unexpected(escaped.error());
        code = *escaped;
    } else if (!isErlangChar(code)) {
        return error(Words::tr("This is not a character Erlang knows."));
    }
    Token result = token(Token::Type::Char);
    result.code = code;
    return result;
}

Parsed<Token> Scanner::scanPunctuation()
{
    static constexpr std::array longOnes{"...", "=:=", "=/=", "..", "?=", "<<", "<-", "<=", ">>", ">=",
                                         "->",  "--",  "++",  "=<", "=>", "==", "/=", "||", ":=", "::"};
    for (const char *spelling : longOnes) {
        if (m_source.ahead(spelling)) {
            m_source.setOffset(m_source.offset() + static_cast<qsizetype>(qstrlen(spelling)));
            return token(Token::Type::Punctuation);
        }
    }
    const char32_t code = m_source.take();
    if (code > 255)
        return error(Words::tr("The character %1 can't stand here; write it in quotes.")
                         .arg(QString(QChar::fromUcs4(code))));
    const char32_t next = m_source.peek();
    if (code == '.' && (next == Source::End || next == '%' || isWhiteSpace(next)))
        return token(Token::Type::Dot);
    return token(Token::Type::Punctuation);
}

} // namespace handover::erlang

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

constexpr bool isAsciiNamePart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '@';
}

// Most of all punctuation: what no longer sign begins with.
constexpr bool standsAlone(char32_t code)
{
    switch (code) {
    case ',':
    case '[':
    case ']':
    case '{':
    case '}':
    case '(':
    case ')':
    case ';':
    case '#':
        return true;
    default:
        return false;
    }
}

constexpr qsizetype MaxAtomChars = 255;
constexpr qsizetype MaxPlainDigits = 18; // certainly below 2^63

qsizetype characters(QByteArrayView utf8) { return QString::fromUtf8(utf8).toUcs4().size(); }

} // namespace

Parsed<void> Scanner::finish(Token::Type type)
{
    m_token.type = type;
    m_token.range = {m_begin, m_source.offset()};
    m_token.spelling = m_source.text().sliced(m_begin, m_source.offset() - m_begin);
    return {};
}

Parsed<void> Scanner::finishInteger(const QByteArray &decimal)
{
    bool fits = false;
    m_token.integer = decimal.toLongLong(&fits);
    m_token.bytes = fits ? QByteArray() : decimal;
    return finish(Token::Type::Integer);
}

std::unexpected<SyntaxError> Scanner::error(QString message) const
{
    return errorHere(m_begin, std::move(message));
}

std::unexpected<SyntaxError> Scanner::errorHere(qsizetype begin, QString message) const
{
    return syntaxError(m_source.text(), {begin, qMax(begin, m_source.offset())}, std::move(message));
}

// Up to the end of the line. False: there is something that is no text.
bool Scanner::skipComment()
{
    while (true) {
        m_source.takeAscii([](char c) { return c != '\n'; });
        const char32_t code = m_source.peek();
        if (code == '\n' || code == Source::End)
            return true;
        if (code == Source::NotUnicode)
            return false;
        m_source.take();
    }
}

bool Scanner::skipBlanks()
{
    while (true) {
        m_source.takeAscii([](char c) { return c <= ' '; });
        const char32_t code = m_source.peek();
        if (code == '%') {
            if (!skipComment())
                return false;
        } else if (isWhiteSpace(code)) {
            m_source.take();
        } else {
            return code != Source::NotUnicode;
        }
    }
}

Parsed<void> Scanner::next()
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

Parsed<void> Scanner::scan()
{
    const char32_t code = m_source.peek();
    if (code == Source::End)
        return finish(Token::Type::End);
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

QByteArrayView Scanner::takeNamePart()
{
    const qsizetype begin = m_source.offset();
    while (true) {
        m_source.takeAscii(isAsciiNamePart);
        if (!isNamePart(m_source.peek()))
            return m_source.text().sliced(begin, m_source.offset() - begin);
        m_source.take();
    }
}

Parsed<void> Scanner::scanName(Token::Type type)
{
    const QByteArrayView spelling = takeNamePart();
    QByteArray name = m_source.isLatin1() ? QString::fromLatin1(spelling).toUtf8() : spelling.toByteArray();
    if (const qsizetype count = name.size() > MaxAtomChars ? characters(name) : 0; count > MaxAtomChars)
        return error(Words::tr("An atom can't have more than 255 characters; this one has %1.").arg(count));
    m_token.bytes = std::move(name);
    const bool reserved = type == Token::Type::Atom && isReservedWord(spelling);
    return finish(reserved ? Token::Type::Reserved : type);
}

Parsed<void> Scanner::scanQuotedAtom()
{
    m_source.take();
    const auto name = scanUntil('\'', false, [] { return Words::tr("quoted atom"); });
    if (!name)
        return std::unexpected(name.error());
    if (name->size() > MaxAtomChars && name->toUcs4().size() > MaxAtomChars)
        return error(Words::tr("An atom can't have more than 255 characters."));
    m_token.bytes = name->toUtf8();
    return finish(Token::Type::Atom);
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

Parsed<void> Scanner::scanNumber()
{
    const QByteArrayView plain = m_source.takeAscii([](char c) { return c >= '0' && c <= '9'; });
    const char32_t behind = m_source.peek();
    if (plain.size() <= MaxPlainDigits && behind != '.' && behind != '#' && behind != '_') {
        m_token.integer = 0;
        for (const char digit : plain)
            m_token.integer = m_token.integer * 10 + (digit - '0');
        m_token.bytes.clear();
        return finish(Token::Type::Integer);
    }
    m_source.setOffset(m_begin);
    QByteArray digits = takeDigits(10);
    if (m_source.peek() == '.' && isDigit(m_source.peekSecond()))
        return scanFloat(std::move(digits));
    if (m_source.peek() == '#')
        return scanBased(digits);
    const auto canonical = canonicalDecimal(digits);
    if (!canonical)
        return error(Words::tr("This integer has too many digits."));
    return finishInteger(*canonical);
}

Parsed<void> Scanner::scanBased(const QByteArray &base)
{
    m_source.take();
    bool fits = false;
    const uint value = base.toUInt(&fits);
    if (!fits || value < 2 || value > 36)
        return error(Words::tr("The base of an integer must lie between 2 and 36."));
    const QByteArray digits = takeDigits(value);
    if (digits.isEmpty())
        return error(Words::tr("A digit of base %1 is missing behind '#'.").arg(value));
    const auto decimal = decimalFromBase(digits, value);
    if (!decimal)
        return error(Words::tr("This integer has too many digits."));
    return finishInteger(*decimal);
}

Parsed<void> Scanner::scanFloat(QByteArray digits)
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
    m_token.real = value;
    return finish(Token::Type::Float);
}

Parsed<void> Scanner::scanChar()
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
    m_token.integer = code;
    m_token.bytes.clear();
    return finish(Token::Type::Char);
}

Parsed<void> Scanner::scanPunctuation()
{
    static constexpr std::array<QByteArrayView, 20> longOnes{"...", "=:=", "=/=", "..", "?=", "<<", "<-",
                                                             "<=",  ">>",  ">=",  "->", "--", "++", "=<",
                                                             "=>",  "==",  "/=",  "||", ":=", "::"};
    if (standsAlone(m_source.peek())) {
        m_source.take();
        return finish(Token::Type::Punctuation);
    }
    for (const QByteArrayView spelling : longOnes) {
        if (m_source.ahead(spelling)) {
            m_source.setOffset(m_source.offset() + spelling.size());
            return finish(Token::Type::Punctuation);
        }
    }
    const char32_t code = m_source.take();
    if (code > 255)
        return error(Words::tr("The character %1 can't stand here; write it in quotes.")
                         .arg(QString(QChar::fromUcs4(code))));
    const char32_t next = m_source.peek();
    if (code == '.' && (next == Source::End || next == '%' || isWhiteSpace(next)))
        return finish(Token::Type::Dot);
    return finish(Token::Type::Punctuation);
}

} // namespace handover::erlang

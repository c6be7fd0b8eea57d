// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/scanner.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::erlang {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ErlangScanner)
};

constexpr bool isOctal(char32_t code) { return code >= '0' && code <= '7'; }

int hexValue(char32_t code)
{
    if (code >= '0' && code <= '9')
        return static_cast<int>(code - '0');
    const char32_t lower = code | 0x20U;
    return code < 0x80 && lower >= 'a' && lower <= 'f' ? static_cast<int>(lower - 'a') + 10 : -1;
}

char closingDelimiter(char32_t opening)
{
    switch (opening) {
    case '(':
        return ')';
    case '[':
        return ']';
    case '{':
        return '}';
    case '<':
        return '>';
    case '/':
    case '|':
    case '#':
    case '`':
    case '\'':
    case '"':
        return static_cast<char>(opening);
    default:
        return 0;
    }
}

Token::Sigil sigilOf(QByteArrayView prefix, bool suffixed)
{
    const bool string = prefix == "s" || prefix == "S";
    if (!string && !prefix.isEmpty() && prefix != "b" && prefix != "B")
        return Token::Sigil::Unknown;
    if (suffixed)
        return Token::Sigil::Suffixed;
    return string ? Token::Sigil::String : Token::Sigil::Binary;
}

QString toString(const QList<char32_t> &codes) { return QString::fromUcs4(codes.constData(), codes.size()); }

// Passes over the end of the line that the list of code points ends with.
void chopNewline(QList<char32_t> &line)
{
    if (line.endsWith(U'\n'))
        line.removeLast();
    if (line.endsWith(U'\r'))
        line.removeLast();
}

} // namespace

Parsed<char32_t> Scanner::scanEscape()
{
    const qsizetype begin = m_source.offset() - 1;
    const char32_t code = m_source.take();
    const auto wrong = [&](const QString &message) { return errorHere(begin, message); };
    if (isOctal(code)) {
        char32_t value = code - '0';
        for (int i = 0; i < 2 && isOctal(m_source.peek()); ++i)
            value = value * 8 + (m_source.take() - '0');
        return value;
    }
    switch (code) {
    case 'n':
        return U'\n';
    case 'r':
        return U'\r';
    case 't':
        return U'\t';
    case 'v':
        return U'\v';
    case 'b':
        return U'\b';
    case 'f':
        return U'\f';
    case 'e':
        return char32_t(27);
    case 's':
        return U' ';
    case 'd':
        return char32_t(127);
    case '^': {
        const char32_t control = m_source.take();
        if (control == '?')
            return char32_t(127);
        if ((control >= '@' && control <= '_') || (control >= 'a' && control <= 'z'))
            return control & 31U;
        return wrong(Words::tr("No control character is written that way; '\\^' needs a letter behind it."));
    }
    case 'x': {
        const bool braces = m_source.peek() == '{';
        if (braces)
            m_source.take();
        char32_t value = 0;
        int digits = 0;
        while ((braces || digits < 2) && hexValue(m_source.peek()) >= 0 && value <= 0x10FFFF) {
            value = value * 16 + static_cast<char32_t>(hexValue(m_source.take()));
            ++digits;
        }
        const bool complete = braces ? digits > 0 && m_source.peek() == '}' : digits == 2;
        if (!complete || !isErlangChar(value))
            return wrong(
                Words::tr("This is not a character; write '\\x' with two hexadecimal digits, or with more "
                          "in braces: \\x{1F600}."));
        if (braces)
            m_source.take();
        return value;
    }
    default:
        if (!isErlangChar(code))
            return wrong(code == Source::End ? Words::tr("The text ends in the middle of a character.")
                                             : Words::tr("This is not a character Erlang knows."));
        return code;
    }
}

// Most strings are one run of ASCII without a backslash.
Parsed<QString> Scanner::scanUntil(char end, bool verbatim, QString (*what)())
{
    QString text;
    while (true) {
        text += QLatin1StringView(m_source.takeAscii([&](char c) { return c != end && c != '\\'; }));
        const qsizetype at = m_source.offset();
        const char32_t code = m_source.take();
        if (code == Source::End) {
            m_source.setOffset(qMin(m_source.offset(), m_begin + 1));
            return error(Words::tr("The %1 that begins here has no end: %2 is missing.")
                             .arg(what(), QString(QLatin1Char(end))));
        }
        if (code == static_cast<unsigned char>(end))
            return text;
        if (code == '\\' && !verbatim) {
            const auto escaped = scanEscape();
            if (!escaped)
                return std::unexpected(escaped.error());
            text += QChar::fromUcs4(*escaped);
        } else if (isErlangChar(code)) {
            text += QChar::fromUcs4(code);
        } else {
            return errorHere(at,
                             code == Source::NotUnicode
                                 ? Words::tr("This byte is not valid UTF-8. Save the file as UTF-8, or write "
                                             "\"%% coding: latin-1\" in its first line.")
                                 : Words::tr("This is not a character Erlang knows."));
        }
    }
}

Parsed<void> Scanner::scanString()
{
    Parsed<QString> text;
    if (m_source.ahead("\"\"\"")) {
        text = scanTripleQuoted(true);
    } else {
        m_source.take();
        text = scanUntil('"', false, [] { return Words::tr("string"); });
    }
    if (!text)
        return std::unexpected(std::move(text).error());
    return finishString(*std::move(text), Token::Sigil::None);
}

Parsed<void> Scanner::scanSigil()
{
    m_source.take();
    const QByteArrayView name = takeNamePart();
    const char32_t opening = m_source.peek();
    const char closing = closingDelimiter(opening);
    if (closing == 0)
        return error(Words::tr("A string is missing behind '~'."));
    const bool escapes = name.isEmpty() || name == "b" || name == "s";
    Parsed<QString> text;
    if (m_source.ahead("\"\"\"")) {
        text = scanTripleQuoted(!escapes || name.isEmpty());
    } else {
        m_source.take();
        text = scanUntil(closing, !escapes, [] { return Words::tr("string"); });
    }
    if (!text)
        return std::unexpected(std::move(text).error());
    const bool suffixed = !takeNamePart().isEmpty();
    return finishString(*std::move(text), sigilOf(name, suffixed), suffixed);
}

Parsed<void> Scanner::finishString(QString text, Token::Sigil sigil, bool suffixed)
{
    if (m_source.peek() == '"' && !suffixed)
        return errorHere(m_source.offset(),
                         Words::tr("Two strings must have a blank between them, since OTP 27. If a "
                                   "quote belongs to the string, write \\\"."));
    m_token.text = std::move(text);
    m_token.sigil = sigil;
    return finish(Token::Type::String);
}

// Triple-quoted strings (EEP 64): at least three quotes, the text on lines of its own, its
// indentation is that of the closing quotes.
Parsed<QString> Scanner::scanTripleQuoted(bool verbatim)
{
    qsizetype quotes = 0;
    for (; m_source.peek() == '"'; ++quotes)
        m_source.take();
    const qsizetype openingEnd = m_source.offset();
    QList<Codes> lines;
    Codes line;
    qsizetype missing = -1; // quotes that still end the string; -1 where they can't
    while (true) {
        const qsizetype at = m_source.offset();
        const char32_t code = m_source.take();
        if (code == Source::End) {
            m_source.setOffset(openingEnd);
            return error(
                Words::tr("The string that begins here has no end: %1 is missing on a line of its own.")
                    .arg(QString(quotes, u'"')));
        }
        if (code == '\n') {
            line.append(code);
            lines.append(std::exchange(line, {}));
            missing = quotes;
        } else if (code == '"' && missing >= 0) {
            line.append(code);
            if (--missing == 0)
                return unindented(lines, line.first(line.size() - quotes), openingEnd);
        } else if (isWhiteSpace(code) && missing >= 0) {
            line.append(code);
            if (missing != quotes)
                missing = -1;
        } else if (code == '\\' && !verbatim) {
            const bool newline = m_source.peek() == '\n';
            const auto escaped = scanEscape();
            if (!escaped)
                return std::unexpected(escaped.error());
            line.append(*escaped);
            missing = newline ? quotes : -1;
            if (newline)
                lines.append(std::exchange(line, {}));
        } else if (isErlangChar(code)) {
            line.append(code);
            missing = -1;
        } else {
            return errorHere(at, Words::tr("This is not a character Erlang knows."));
        }
    }
}

Parsed<QString> Scanner::unindented(const QList<Codes> &lines, const Codes &indent, qsizetype openingEnd)
{
    for (const char32_t code : lines.constFirst()) {
        if (!isWhiteSpace(code)) {
            m_source.setOffset(openingEnd);
            return error(Words::tr("Nothing may follow on the line where a triple-quoted string begins."));
        }
    }
    Codes text;
    for (qsizetype i = 1; i < lines.size(); ++i) {
        Codes line = lines[i];
        const bool blank = line.startsWith(U'\n') || (line.size() > 1 && line[0] == '\r' && line[1] == '\n');
        if (!blank) {
            if (line.size() < indent.size() || line.first(indent.size()) != indent)
                return error(
                    Words::tr("Line %1 of this string is indented less than its closing quotes.").arg(i));
            line.remove(0, indent.size());
        }
        if (i == lines.size() - 1)
            chopNewline(line);
        text += line;
    }
    return toString(text);
}

} // namespace handover::erlang

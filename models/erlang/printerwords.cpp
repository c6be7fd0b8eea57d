// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/printerwords.h"

#include "models/erlang/printer.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace handover::erlang {

namespace {

constexpr bool isLower(char32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 0xDF && code <= 0xFF && code != 0xF7);
}

constexpr bool isNamePart(char32_t code)
{
    return isLower(code) || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9') || code == '_' ||
           code == '@' || (code >= 0xC0 && code <= 0xDE && code != 0xD7);
}

bool isAscii(QByteArrayView bytes)
{
    return std::ranges::all_of(bytes, [](char byte) { return static_cast<unsigned char>(byte) < 128; });
}

bool isPlainAtom(QByteArrayView name)
{
    if (name.isEmpty())
        return false;
    if (isAscii(name)) {
        const auto part = [](char c) { return isNamePart(static_cast<unsigned char>(c)); };
        return name[0] >= 'a' && name[0] <= 'z' && std::ranges::all_of(name, part) && !isReservedWord(name);
    }
    const QString text = QString::fromUtf8(name);
    return isLower(text[0].unicode()) &&
           std::ranges::all_of(text, [](QChar unit) { return isNamePart(unit.unicode()); });
}

char32_t unitOf(QChar unit) { return unit.unicode(); }
char32_t unitOf(QLatin1Char unit) { return unit.unicode(); }

char32_t takeCode(QLatin1StringView &text)
{
    const char32_t code = text[0].unicode();
    text = text.sliced(1);
    return code;
}

char32_t takeCode(QStringView &text)
{
    const bool pair = text.size() > 1 && text[0].isHighSurrogate() && text[1].isLowSurrogate();
    const char32_t code = pair ? QChar::surrogateToUcs4(text[0], text[1]) : text[0].unicode();
    text = text.sliced(pair ? 2 : 1);
    return code;
}

// What stands behind the backslash for a character that is written so; 0 for others.
constexpr char escapeLetter(char32_t code, char quote)
{
    if (code >= 8 && code <= 13)
        return "btnvfr"[code - 8];
    if (code == 27)
        return 'e';
    if (code == 127)
        return 'd';
    return code == '\\' || code == static_cast<unsigned char>(quote) ? static_cast<char>(code) : '\0';
}

void appendUnplain(QByteArray &out, char32_t code, char quote)
{
    if (const char letter = escapeLetter(code, quote)) {
        out += '\\';
        out += letter;
    } else if (code < 160 && (code < 32 || code > 127)) {
        out += '\\';
        for (const uint shift : {6U, 3U, 0U})
            out += static_cast<char>('0' + ((code >> shift) & 7U));
    } else {
        out += QString(QChar::fromUcs4(code)).toUtf8();
    }
}

// Runs of characters that stand for themselves are most of most texts.
template<typename View>
void appendQuoted(QByteArray &out, View text, char quote)
{
    out += quote;
    while (!text.isEmpty()) {
        const qsizetype begin = out.size();
        out.resize(begin + text.size());
        char *to = out.data() + begin;
        qsizetype plain = 0;
        for (; plain < text.size(); ++plain) {
            const char32_t code = unitOf(text[plain]);
            if (code < 32 || code > 126 || code == '\\' || code == static_cast<unsigned char>(quote))
                break;
            to[plain] = static_cast<char>(code);
        }
        out.truncate(begin + plain);
        text = text.sliced(plain);
        if (!text.isEmpty())
            appendUnplain(out, takeCode(text), quote);
    }
    out += quote;
}

void appendText(QByteArray &out, QByteArrayView latin1)
{
    out += "<<";
    appendQuoted(out, QLatin1StringView(latin1), '"');
    out += ">>";
}

bool isPrintableLatin1(QByteArrayView bytes)
{
    return std::ranges::all_of(
        bytes, [](char byte) { return isPrintable(char32_t(static_cast<unsigned char>(byte))); });
}

} // namespace

bool isPrintable(QStringView text) noexcept
{
    return std::ranges::all_of(text, [](QChar unit) { return isPrintable(char32_t(unit.unicode())); });
}

bool isReservedWord(QByteArrayView word)
{
    static constexpr std::array<QByteArrayView, 29> words{
        "after", "and",   "andalso", "band",   "begin",   "bnot", "bor", "bsl",  "bsr", "bxor",
        "case",  "catch", "cond",    "div",    "else",    "end",  "fun", "if",   "let", "maybe",
        "not",   "of",    "or",      "orelse", "receive", "rem",  "try", "when", "xor"};
    constexpr qsizetype longest = 7;
    return word.size() <= longest && std::ranges::binary_search(words, word);
}

void appendAtom(QByteArray &out, QByteArrayView utf8Name)
{
    if (isPlainAtom(utf8Name))
        out += utf8Name;
    else if (isAscii(utf8Name))
        appendQuoted(out, QLatin1StringView(utf8Name), '\'');
    else
        appendQuoted(out, QStringView(QString::fromUtf8(utf8Name)), '\'');
}

// The emulator prints funs itself, and to it '@' is no letter.
void appendFunName(QByteArray &out, QByteArrayView utf8Name)
{
    if (utf8Name.contains('@') && isPlainAtom(utf8Name))
        out.append('\'').append(utf8Name).append('\'');
    else
        appendAtom(out, utf8Name);
}

void appendString(QByteArray &out, QStringView text) { appendQuoted(out, text, '"'); }

void appendInteger(QByteArray &out, qint64 value)
{
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end - digits.data());
}

bool appendPrintableBinary(QByteArray &out, QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return false;
    if (isAscii(bytes)) {
        const bool printable = isPrintableLatin1(bytes);
        if (printable)
            appendText(out, bytes);
        return printable;
    }
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decode(bytes);
    if (decode.hasError()) {
        const bool printable = isPrintableLatin1(bytes);
        if (printable)
            appendText(out, bytes);
        return printable;
    }
    if (!isPrintable(text))
        return false;
    out += "<<";
    appendQuoted(out, QStringView(text), '"');
    out += "/utf8>>";
    return true;
}

void appendBits(QByteArray &out, QByteArrayView bytes, quint8 lastBits)
{
    out += "<<";
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        uint byte = static_cast<unsigned char>(bytes[i]);
        const bool partial = lastBits != 0 && i + 1 == bytes.size();
        if (i > 0)
            out += ',';
        appendInteger(out, partial ? byte >> (8U - lastBits) : byte);
        if (partial) {
            out += ':';
            appendInteger(out, lastBits);
        }
    }
    out += ">>";
}

QByteArray printAtom(QByteArrayView utf8Name)
{
    QByteArray out;
    appendAtom(out, utf8Name);
    return out;
}

QByteArray printFloat(double value)
{
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value),
                                   std::chars_format::scientific)
                         .ptr;
    const QByteArray scientific(buffer.data(), end - buffer.data());
    const qsizetype e = scientific.indexOf('e');
    const QByteArray digits = scientific.first(e).replace(".", "");
    const int exponent = scientific.sliced(e + 1).toInt();
    const QByteArray sign = std::signbit(value) ? "-" : "";
    const auto count = static_cast<int>(digits.size());
    const int point = exponent + 1; // digits before the decimal point

    const auto withExponent = [&]() -> QByteArray {
        return sign + digits.first(1) + '.' + (count > 1 ? digits.sliced(1) : QByteArray("0")) + 'e' +
               QByteArray::number(exponent);
    };
    if (value == 0)
        return sign + "0.0";
    if (std::abs(value) >= 9007199254740992.0) // 2^53: neighbours are more than 1 apart
        return withExponent();
    if (point > 0 && point < count)
        return sign + digits.first(point) + '.' + digits.sliced(point);
    const int exponentCost = static_cast<int>(QByteArray::number(exponent).size()) + 1 + (count == 1 ? 2 : 1);
    if (point <= 0)
        return 2 - point <= exponentCost ? sign + "0." + QByteArray(-point, '0') + digits : withExponent();
    return point - count + 2 <= exponentCost ? sign + digits + QByteArray(point - count, '0') + ".0"
                                             : withExponent();
}

} // namespace handover::erlang

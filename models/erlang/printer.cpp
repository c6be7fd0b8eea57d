// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/printer.h"

#include "models/erlang/termdata.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace handover::erlang {

namespace {

using Kind = Term::Kind;

bool isPrintable(char32_t code)
{
    return (code >= 32 && code <= 126) || (code >= 160 && code <= 255) || (code >= 8 && code <= 13) ||
           code == 27;
}

bool isPrintable(QStringView text)
{
    return std::ranges::all_of(text, [](QChar unit) { return isPrintable(unit.unicode()); });
}

bool isLower(char32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 0xDF && code <= 0xFF && code != 0xF7);
}

bool isNamePart(char32_t code)
{
    return isLower(code) || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9') || code == '_' ||
           code == '@' || (code >= 0xC0 && code <= 0xDE && code != 0xD7);
}

QByteArray quoted(QStringView text, char quote)
{
    QByteArray out(1, quote);
    for (const uint code : text.toUcs4()) {
        const auto escape = [&](char letter) { out.append('\\').append(letter); };
        switch (code) {
        case '\\':
            escape('\\');
            continue;
        case '\n':
            escape('n');
            continue;
        case '\r':
            escape('r');
            continue;
        case '\t':
            escape('t');
            continue;
        case '\v':
            escape('v');
            continue;
        case '\b':
            escape('b');
            continue;
        case '\f':
            escape('f');
            continue;
        case 27:
            escape('e');
            continue;
        case 127:
            escape('d');
            continue;
        default:
            break;
        }
        if (code == static_cast<uint>(quote)) {
            escape(quote);
        } else if (code < 32 || (code > 127 && code < 160)) {
            out += '\\' + QByteArray::number(code, 8).rightJustified(3, '0');
        } else {
            out += QString(QChar::fromUcs4(code)).toUtf8();
        }
    }
    return out += quote;
}

// The bytes of a binary as the text ~tp shows, if it shows one.
std::optional<QByteArray> binaryText(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return std::nullopt;
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decode(bytes);
    if (!decode.hasError()) {
        if (!isPrintable(text))
            return std::nullopt;
        const bool ascii = std::ranges::all_of(text, [](QChar unit) { return unit.unicode() < 128; });
        return "<<" + quoted(text, '"') + (ascii ? ">>" : "/utf8>>");
    }
    const QString latin1 = QString::fromLatin1(bytes);
    if (!isPrintable(latin1))
        return std::nullopt;
    return "<<" + quoted(latin1, '"') + ">>";
}

class Printer
{
public:
    explicit Printer(PrintStyle style)
        : m_style(style)
    {
    }
    void add(const Term &term);
    QByteArray out;

private:
    void addItems(const QList<Term> &items);
    void addList(const Term &term);
    void addBits(const Term::Data &data);
    PrintStyle m_style;
};

void Printer::addItems(const QList<Term> &items)
{
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (i > 0)
            out += ',';
        add(items[i]);
    }
}

void Printer::addList(const Term &term)
{
    if (m_style == PrintStyle::Pretty) {
        const auto text = term.stringValue();
        if (text && !text->isEmpty() && isPrintable(*text)) {
            out += quoted(*text, '"');
            return;
        }
    }
    QList<Term> items = term.items();
    Term tail;
    if (term.data().improper)
        tail = items.takeLast();
    out += '[';
    addItems(items);
    if (term.data().improper) {
        out += '|';
        add(tail);
    }
    out += ']';
}

void Printer::addBits(const Term::Data &data)
{
    if (m_style == PrintStyle::Pretty && data.kind == Kind::Binary) {
        if (const auto text = binaryText(data.bytes)) {
            out += *text;
            return;
        }
    }
    out += "<<";
    for (qsizetype i = 0; i < data.bytes.size(); ++i) {
        uint byte = static_cast<unsigned char>(data.bytes[i]);
        const bool partial = data.lastBits != 0 && i + 1 == data.bytes.size();
        if (partial)
            byte >>= 8U - data.lastBits;
        if (i > 0)
            out += ',';
        out += QByteArray::number(byte);
        if (partial)
            out += ':' + QByteArray::number(data.lastBits);
    }
    out += ">>";
}

void Printer::add(const Term &term)
{
    const Term::Data &data = term.data();
    switch (data.kind) {
    case Kind::Atom:
        out += printAtom(data.bytes);
        break;
    case Kind::Integer:
        out += data.bytes.isEmpty() ? QByteArray::number(data.integer) : data.bytes;
        break;
    case Kind::Float:
        out += printFloat(data.real);
        break;
    case Kind::String:
    case Kind::List:
        addList(term);
        break;
    case Kind::Binary:
    case Kind::Bitstring:
        addBits(data);
        break;
    case Kind::Tuple:
        out += '{';
        addItems(data.items);
        out += '}';
        break;
    case Kind::Map:
        out += "#{";
        for (qsizetype i = 0; i + 1 < data.items.size(); i += 2) {
            if (i > 0)
                out += ',';
            add(data.items[i]);
            out += " => ";
            add(data.items[i + 1]);
        }
        out += '}';
        break;
    case Kind::Fun:
        out += "fun " + printAtom(data.items.value(0).data().bytes) + ':' +
               printAtom(data.items.value(1).data().bytes) + '/';
        add(data.items.value(2));
        break;
    }
}

} // namespace

bool isReservedWord(QByteArrayView word)
{
    static constexpr std::array words{
        "after", "and",   "andalso", "band",   "begin",   "bnot", "bor", "bsl",  "bsr", "bxor",
        "case",  "catch", "cond",    "div",    "else",    "end",  "fun", "if",   "let", "maybe",
        "not",   "of",    "or",      "orelse", "receive", "rem",  "try", "when", "xor"};
    return std::ranges::any_of(words, [&](const char *reserved) { return word == reserved; });
}

QByteArray printAtom(QByteArrayView utf8Name)
{
    const QString name = QString::fromUtf8(utf8Name);
    const bool plain = !name.isEmpty() && isLower(name[0].unicode()) && !isReservedWord(utf8Name) &&
                       std::ranges::all_of(name, [](QChar unit) { return isNamePart(unit.unicode()); });
    return plain ? utf8Name.toByteArray() : quoted(name, '\'');
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

QByteArray printTerm(const Term &term, PrintStyle style)
{
    Printer printer(style);
    printer.add(term);
    return printer.out;
}

} // namespace handover::erlang

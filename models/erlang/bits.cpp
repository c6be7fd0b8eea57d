// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/bits.h"

#include "models/erlang/number.h"
#include "models/erlang/printer.h"
#include "models/erlang/termdata.h"

#include <QFloat16>
#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cmath>

namespace handover::erlang {

namespace {

using Type = Segment::Type;

QByteArray reversed(QByteArray bytes)
{
    std::ranges::reverse(bytes);
    return bytes;
}

template<typename Unsigned>
QByteArray bigEndian(Unsigned value)
{
    QByteArray bytes(sizeof(Unsigned), '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

bool areBytes(QStringView text)
{
    return std::ranges::all_of(text, [](QChar unit) { return unit.unicode() < 256; });
}

bool appendInteger(BitBuilder &builder, const Term &value, const Segment &segment)
{
    const qint64 bits = segment.bits().value_or(8);
    if (const auto number = value.integerValue(); bits == 8 && number) {
        builder.append(QByteArray(1, static_cast<char>(*number & 0xFF)), 8);
        return true;
    }
    const auto bytes = lowBits(printTerm(value, PrintStyle::Plain), bits);
    if (!bytes)
        return false;
    if (!segment.little) {
        builder.append(*bytes, bits);
        return true;
    }
    for (qint64 done = 0; done < bits; done += 8) // the last one holds the highest bits, perhaps fewer than 8
        builder.append(QByteArray(1, (*bytes)[bytes->size() - 1 - done / 8]), qMin<qint64>(8, bits - done));
    return true;
}

bool appendFloat(BitBuilder &builder, const Term &value, const Segment &segment)
{
    const double real = value.floatValue().value_or(printTerm(value, PrintStyle::Plain).toDouble());
    if (!std::isfinite(real)) // an integer beyond any float
        return false;
    QByteArray bytes; // what doesn't fit into fewer bits becomes infinity
    switch (segment.bits().value_or(64)) {
    case 64:
        bytes = bigEndian(std::bit_cast<quint64>(real));
        break;
    case 32:
        bytes = bigEndian(std::bit_cast<quint32>(static_cast<float>(real)));
        break;
    case 16:
        bytes = bigEndian(std::bit_cast<quint16>(qfloat16(static_cast<float>(real))));
        break;
    default:
        return false;
    }
    builder.appendBytes(segment.little ? reversed(bytes) : bytes);
    return true;
}

bool appendCodePoint(BitBuilder &builder, const Term &value, const Segment &segment)
{
    const auto number = value.integerValue();
    if (!number || *number < 0 || *number > 0x10FFFF || (*number >= 0xD800 && *number <= 0xDFFF))
        return false;
    const auto code = static_cast<char32_t>(*number);
    const QString text = QString(QChar::fromUcs4(code));
    if (segment.type == Type::Utf8) {
        builder.appendBytes(text.toUtf8());
    } else if (segment.type == Type::Utf32) {
        const QByteArray bytes = bigEndian(static_cast<quint32>(code));
        builder.appendBytes(segment.little ? reversed(bytes) : bytes);
    } else {
        for (const QChar unit : text) {
            const QByteArray bytes = bigEndian(static_cast<quint16>(unit.unicode()));
            builder.appendBytes(segment.little ? reversed(bytes) : bytes);
        }
    }
    return true;
}

bool appendBinary(BitBuilder &builder, const Term &value, const Segment &segment)
{
    const Term::Data &data = value.data();
    if (data.kind != Term::Kind::Binary && data.kind != Term::Kind::Bitstring)
        return false;
    const qsizetype all = data.bytes.size() * 8 - (data.lastBits == 0 ? 0 : 8 - data.lastBits);
    const qint64 bits = segment.bits().value_or(all);
    if (bits > all || (!segment.size && all % segment.unit != 0))
        return false;
    builder.appendLeading(data.bytes, bits);
    return true;
}

bool appendOne(BitBuilder &builder, const Term &value, const Segment &segment)
{
    const bool integer = value.kind() == Term::Kind::Integer;
    switch (segment.type) {
    case Type::Integer:
        return integer && appendInteger(builder, value, segment);
    case Type::Float:
        return (integer || value.kind() == Term::Kind::Float) && appendFloat(builder, value, segment);
    case Type::Binary:
        return appendBinary(builder, value, segment);
    case Type::Utf8:
    case Type::Utf16:
    case Type::Utf32:
        return appendCodePoint(builder, value, segment);
    }
    return false;
}

} // namespace

void BitBuilder::appendByte(uint value, uint bits)
{
    const auto used = static_cast<uint>(m_bits % 8);
    const uint aligned = (value << (8U - bits)) & 0xFFU;
    if (used == 0) {
        m_bytes.append(static_cast<char>(aligned));
    } else {
        m_bytes.back() = static_cast<char>(static_cast<unsigned char>(m_bytes.back()) | (aligned >> used));
        if (used + bits > 8)
            m_bytes.append(static_cast<char>((aligned << (8U - used)) & 0xFFU));
    }
    m_bits += bits;
}

void BitBuilder::append(const QByteArray &bytes, qsizetype bits)
{
    if (m_bits % 8 == 0 && bits == bytes.size() * 8) {
        m_bytes += bytes;
        m_bits += bits;
        return;
    }
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const bool first = i == 0 && bits % 8 != 0;
        appendByte(static_cast<unsigned char>(bytes[i]), first ? static_cast<uint>(bits % 8) : 8U);
    }
}

void BitBuilder::appendLeading(const QByteArray &bytes, qsizetype bits)
{
    append(bytes.first(bits / 8), bits / 8 * 8);
    if (const auto rest = static_cast<uint>(bits % 8); rest != 0)
        appendByte(static_cast<uint>(static_cast<unsigned char>(bytes[bits / 8])) >> (8U - rest), rest);
}

std::optional<qint64> Segment::bits() const { return size ? std::optional(*size * unit) : std::nullopt; }

std::optional<Segment> makeSegment(const SegmentSpec &spec)
{
    std::optional<Type> type;
    std::optional<bool> little;
    std::optional<bool> isSigned;
    std::optional<int> unit;
    const auto set = [](auto &field, auto value) {
        const bool fits = !field || *field == value;
        field = value;
        return fits;
    };
    for (const QByteArray &word : spec.types) {
        bool fits = true;
        if (word == "integer")
            fits = set(type, Type::Integer);
        else if (word == "float")
            fits = set(type, Type::Float);
        else if (word == "binary")
            fits = set(type, Type::Binary);
        else if (word == "bytes")
            fits = set(type, Type::Binary) && set(unit, 8);
        else if (word == "bitstring" || word == "bits")
            fits = set(type, Type::Binary) && set(unit, 1);
        else if (word == "utf8")
            fits = set(type, Type::Utf8);
        else if (word == "utf16")
            fits = set(type, Type::Utf16);
        else if (word == "utf32")
            fits = set(type, Type::Utf32);
        else if (word == "big" || word == "little")
            fits = set(little, word == "little");
        else if (word == "native")
            fits = set(little, QSysInfo::ByteOrder == QSysInfo::LittleEndian);
        else if (word == "signed" || word == "unsigned")
            fits = set(isSigned, word == "signed");
        else
            return std::nullopt;
        if (!fits)
            return std::nullopt;
    }
    if (spec.unit && (*spec.unit < 1 || *spec.unit > 256 || !set(unit, *spec.unit)))
        return std::nullopt;

    Segment segment;
    segment.type = type.value_or(Type::Integer);
    segment.little = little.value_or(false);
    segment.size = spec.size;
    const bool utf = segment.type == Type::Utf8 || segment.type == Type::Utf16 || segment.type == Type::Utf32;
    if (utf && (spec.size || unit))
        return std::nullopt;
    if (!spec.size && unit && segment.type != Type::Binary) // a unit needs a size
        return std::nullopt;
    segment.unit = unit.value_or(segment.type == Type::Binary ? 8 : 1);
    return segment;
}

bool appendSegment(BitBuilder &builder, const Term &value, const Segment &segment)
{
    if (value.kind() != Term::Kind::String)
        return appendOne(builder, value, segment);
    const bool bytes = segment.type == Type::Integer && segment.bits().value_or(8) == 8;
    if (const QString &text = value.data().text; bytes && areBytes(text)) {
        builder.appendBytes(text.toLatin1());
        return true;
    }
    const QList<Term> codes = value.items();
    if (codes.isEmpty()) { // eval_bits tries a 0 to see whether the type is right
        BitBuilder tried;
        return appendOne(tried, Term::integer(0), segment);
    }
    return std::ranges::all_of(codes, [&](const Term &code) { return appendOne(builder, code, segment); });
}

} // namespace handover::erlang

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/readerwords.h"
#include "models/erlang/termdata.h"
#include "models/erlang/termreader.h"

namespace handover::erlang {

namespace {

using Type = Token::Type;

constexpr qint64 MaxSize = 1'000'000'000;

} // namespace

Parsed<SegmentSpec> TermReader::segmentSpec()
{
    SegmentSpec spec;
    if (m_token.is(":")) {
        const TextRange colon = m_token.range;
        if (auto ok = advance(); !ok)
            return std::unexpected(ok.error());
        const bool literalAhead = m_token.type == Type::Integer || m_token.type == Type::Char;
        if (!literalAhead && !m_token.is("("))
            return error(colon, ReaderWords::badSize());
        const auto size = literalAhead ? literal() : parenthesised();
        if (!size)
            return std::unexpected(size.error());
        const auto value = size->integerValue();
        if (!value || *value < 0 || *value > MaxSize)
            return error(colon, ReaderWords::badSize());
        spec.size = *value;
    }
    if (!m_token.is("/"))
        return spec;
    do {
        if (auto ok = advance(); !ok)
            return std::unexpected(ok.error());
        const auto word = expect(Type::Atom, ReaderWords::segmentType());
        if (!word)
            return std::unexpected(word.error());
        if (!m_token.is(":")) {
            spec.types.append(word->bytes);
            continue;
        }
        if (auto ok = advance(); !ok)
            return std::unexpected(ok.error());
        const auto number = expect(Type::Integer, ReaderWords::unitNumber());
        if (!number)
            return std::unexpected(number.error());
        const qint64 unit = number->bytes.isEmpty() ? number->integer : 0;
        if (word->bytes != "unit" || unit < 1 || unit > 256 || (spec.unit && *spec.unit != unit))
            return error({word->range.begin, number->range.end}, ReaderWords::unitNumber());
        spec.unit = static_cast<int>(unit);
    } while (m_token.is("-"));
    return spec;
}

Parsed<Term> TermReader::binary()
{
    const qsizetype begin = m_token.range.begin;
    if (auto ok = open(">>"); !ok)
        return std::unexpected(ok.error());
    BitBuilder builder;
    bool first = true;
    while (!first || !m_token.is(">>")) {
        first = false;
        const qsizetype segmentBegin = m_token.range.begin;
        const auto value = term();
        if (!value)
            return value;
        const auto spec = segmentSpec();
        if (!spec)
            return std::unexpected(spec.error());
        const TextRange range{segmentBegin, m_lastEnd};
        const auto segment = makeSegment(*spec);
        if (!segment)
            return error(range, ReaderWords::badSegmentType());
        // Strings repeat their size for each character.
        const qint64 times = value->kind() == Term::Kind::String ? qMax<qint64>(1, value->size()) : 1;
        const qint64 each = segment->bits().value_or(8);
        if (each > (m_limits.bytes * 8 - m_binaryBits) / times)
            return error(range, ReaderWords::tooLong(m_limits.bytes));
        m_binaryBits += each * times;
        if (!appendSegment(builder, *value, *segment))
            return error(range, ReaderWords::badSegment());
        if (m_token.is(">>"))
            break;
        if (!m_token.is(","))
            return unexpectedAfterElement();
        if (auto ok = advance(); !ok)
            return std::unexpected(ok.error());
    }
    if (auto ok = close(); !ok)
        return std::unexpected(ok.error());
    auto data = std::make_shared<Term::Data>();
    data->lastBits = static_cast<quint8>(builder.bitCount() % 8);
    data->kind = data->lastBits == 0 ? Term::Kind::Binary : Term::Kind::Bitstring;
    data->bytes = builder.bytes();
    return finish(std::move(data), begin);
}

} // namespace handover::erlang

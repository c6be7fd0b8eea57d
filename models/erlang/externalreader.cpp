// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/externalreader.h"

#include "models/erlang/atomname.h"
#include "models/erlang/externaltag.h"
#include "models/erlang/number.h"
#include "models/erlang/termdata.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

using namespace Qt::StringLiterals;

namespace handover::erlang {

namespace {

using namespace external;

constexpr qsizetype OldFloatSize = 31;
constexpr qint64 MostBigWork = Q_INT64_C(1) << 32; // of bytes squared: some tenths of a second
constexpr qsizetype MostReserved = 64;             // what a length claims must not cost memory

std::shared_ptr<Term::Data> made(Term::Kind kind)
{
    auto data = std::make_shared<Term::Data>();
    data->kind = kind;
    return data;
}

Term madeFloat(double value)
{
    auto data = made(Term::Kind::Float);
    data->real = value;
    return Term(std::move(data));
}

Term smallInteger(quint32 value)
{
    static const std::array<Term, 256> table = [] {
        std::array<Term, 256> terms;
        for (qint64 i = 0; i < qint64(terms.size()); ++i)
            terms[i] = Term::integer(i);
        return terms;
    }();
    return table[value & 0xFFU];
}

bool isAscii(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char byte) { return static_cast<unsigned char>(byte) < 128; });
}

// An integer of at most 8 bytes that qint64 can hold.
std::optional<qint64> fitting(QByteArrayView littleEndian, bool negative)
{
    if (littleEndian.size() > 8)
        return std::nullopt;
    quint64 value = 0;
    for (qsizetype i = littleEndian.size(); i-- > 0;)
        value = (value << 8U) | static_cast<unsigned char>(littleEndian[i]);
    constexpr quint64 half = Q_UINT64_C(1) << 63U;
    if (value > (negative ? half : half - 1))
        return std::nullopt;
    return std::bit_cast<qint64>(negative ? ~value + 1 : value);
}

} // namespace

ExternalReader::Read<QByteArrayView> ExternalReader::take(qsizetype count)
{
    if (count > m_bytes.size() - m_offset)
        return problem("it is cut off, or a length goes beyond its end"_L1);
    m_offset += count;
    return m_bytes.sliced(m_offset - count, count);
}

ExternalReader::Read<quint32> ExternalReader::number(int bytes)
{
    return take(bytes).transform([](QByteArrayView digits) {
        quint32 value = 0;
        for (const char digit : digits)
            value = (value << 8U) | static_cast<unsigned char>(digit);
        return value;
    });
}

ExternalReader::Read<Term> ExternalReader::term()
{
    for (;;) {
        auto part = next();
        for (;;) {
            if (!part)
                return std::unexpected(part.error());
            if (*part && m_open.isEmpty())
                return **std::move(part);
            Open &inner = m_open.last();
            if (*part) {
                inner.items.append(**std::move(part));
                --inner.missing;
            }
            if (inner.missing > 0)
                break;
            part = close();
        }
    }
}

ExternalReader::Read<ExternalReader::Part> ExternalReader::next()
{
    if (++m_terms > m_limits.terms)
        return problem("it has more parts than are read"_L1);
    const auto tag = number(1);
    if (!tag)
        return std::unexpected(tag.error());
    const auto opened = [this](Term::Kind kind, qint64 each = 1) {
        return [this, kind, each](quint32 count) { return open(kind, count * each); };
    };
    switch (*tag) {
    case SmallTuple:
        return number(1).and_then(opened(Term::Kind::Tuple));
    case LargeTuple:
        return number(4).and_then(opened(Term::Kind::Tuple));
    case List:
        return number(4).and_then(opened(Term::Kind::List));
    case Map:
        return number(4).and_then(opened(Term::Kind::Map, 2));
    case Export:
        return open(Term::Kind::Fun, 3);
    default:
        return leaf(*tag);
    }
}

ExternalReader::Read<qint64> ExternalReader::claim(qint64 parts) const
{
    if (parts > m_bytes.size() - m_offset) // each takes a byte at least
        return problem("it is cut off, or a length goes beyond its end"_L1);
    return parts;
}

ExternalReader::Read<ExternalReader::Part> ExternalReader::open(Term::Kind kind, qint64 parts)
{
    if (m_open.size() >= m_limits.depth)
        return problem("it is nested too deeply"_L1);
    return claim(parts).transform([&](qint64 missing) {
        m_open.append(Open{.kind = kind, .tail = false, .missing = missing, .items = {}});
        m_open.last().items.reserve(qMin<qsizetype>(missing, MostReserved));
        return Part();
    });
}

ExternalReader::Read<ExternalReader::Part> ExternalReader::close()
{
    if (m_open.last().kind == Term::Kind::List)
        return closeList();
    Open done = m_open.takeLast();
    switch (done.kind) {
    case Term::Kind::Map:
        return map(std::move(done.items));
    case Term::Kind::Fun:
        return exportFun(std::move(done.items));
    default:
        return Term::tuple(std::move(done.items));
    }
}

ExternalReader::Read<ExternalReader::Part> ExternalReader::closeList()
{
    Open &inner = m_open.last();
    if (!inner.tail) {
        if (m_offset < m_bytes.size() && static_cast<quint8>(m_bytes[m_offset]) == List) {
            ++m_offset; // a tail that is a list again goes on with the same list
            return number(4)
                .and_then([this](quint32 count) { return claim(count); })
                .transform([&](qint64 count) {
                    inner.missing = count;
                    return Part();
                });
        }
        inner.tail = true;
        inner.missing = 1;
        return Part();
    }
    QList<Term> items = m_open.takeLast().items;
    const Term tail = items.takeLast();
    if (items.isEmpty())
        return tail;
    auto data = made(Term::Kind::List);
    data->improper = !tail.isList();
    data->items = std::move(items);
    data->items += data->improper ? QList<Term>{tail} : tail.items();
    return Term(std::move(data));
}

ExternalReader::Read<Term> ExternalReader::map(QList<Term> pairs)
{
    const qsizetype count = pairs.size();
    auto data = made(Term::Kind::Map);
    data->items = mapItems(std::move(pairs));
    if (data->items.size() != count)
        return problem("a map has a key twice"_L1);
    return Term(std::move(data));
}

ExternalReader::Read<Term> ExternalReader::exportFun(QList<Term> items)
{
    const auto arity = items[2].integerValue();
    if (!items[0].atomName() || !items[1].atomName() || !arity || *arity < 0 || *arity > 255)
        return problem("there is no such function"_L1);
    auto data = made(Term::Kind::Fun);
    data->items = std::move(items);
    return Term(std::move(data));
}

ExternalReader::Read<Term> ExternalReader::leaf(quint32 tag)
{
    const auto atomOf = [this](AtomText text) {
        return [this, text](QByteArrayView name) { return atom(name, text); };
    };
    switch (tag) {
    case SmallInteger:
        return number(1).transform(smallInteger);
    case Integer:
        return number(4).transform([](quint32 value) { return Term::integer(std::bit_cast<qint32>(value)); });
    case SmallBig:
        return bigInteger(1);
    case LargeBig:
        return bigInteger(4);
    case NewFloat:
        return newFloat();
    case OldFloat:
        return oldFloat();
    case SmallAtomUtf8:
        return counted(1).and_then(atomOf(AtomText::Utf8));
    case AtomUtf8:
        return counted(2).and_then(atomOf(AtomText::Utf8));
    case SmallAtom:
        return counted(1).and_then(atomOf(AtomText::Latin1));
    case Atom:
        return counted(2).and_then(atomOf(AtomText::Latin1));
    case Nil:
        return Term();
    case String:
        return counted(2).transform(
            [](QByteArrayView codes) { return Term::string(QString::fromLatin1(codes)); });
    case Binary:
        return counted(4).transform([](QByteArrayView bytes) { return Term::binary(bytes.toByteArray()); });
    case BitBinary:
        return bitstring();
    default:
        return problem("this is no data: a process, a reference, a closure or damage"_L1);
    }
}

ExternalReader::Read<Term> ExternalReader::newFloat()
{
    const auto bytes = take(8);
    if (!bytes)
        return std::unexpected(bytes.error());
    const auto real = std::bit_cast<double>(qFromBigEndian<quint64>(bytes->data()));
    if (!std::isfinite(real))
        return problem("Erlang has no such float"_L1);
    return madeFloat(real);
}

ExternalReader::Read<Term> ExternalReader::oldFloat()
{
    const auto bytes = take(OldFloatSize); // as C prints with %.20e, and zeros
    if (!bytes)
        return std::unexpected(bytes.error());
    const qsizetype end = bytes->indexOf('\0');
    const QByteArrayView text = bytes->first(end < 0 ? bytes->size() : end);
    bool isNumber = false;
    const double real = text.toDouble(&isNumber);
    if (!isNumber || !text.contains('.') || !std::isfinite(real))
        return problem("Erlang has no such float"_L1);
    return madeFloat(real);
}

ExternalReader::Read<Term> ExternalReader::bigInteger(int lengthBytes)
{
    const auto length = number(lengthBytes);
    if (!length)
        return std::unexpected(length.error());
    const auto sign = number(1);
    if (!sign)
        return std::unexpected(sign.error());
    auto bytes = take(*length);
    if (!bytes)
        return std::unexpected(bytes.error());
    while (bytes->endsWith('\0'))
        bytes->chop(1);
    if (const auto value = fitting(*bytes, *sign != 0))
        return Term::integer(*value);
    m_bigWork += bytes->size() * bytes->size();
    const auto digits = m_bigWork > MostBigWork ? std::nullopt : decimalFromBytes(*bytes);
    if (!digits)
        return problem("it has integers that are too large"_L1);
    auto data = made(Term::Kind::Integer);
    data->bytes = *sign != 0 ? "-" + *digits : *digits;
    return Term(std::move(data));
}

ExternalReader::Read<Term> ExternalReader::atom(QByteArrayView name, AtomText text)
{
    const bool sameInUtf8 = text == AtomText::Utf8 || isAscii(name);
    if (const auto known = m_atoms.constFind(name); sameInUtf8 && known != m_atoms.cend())
        return *known;
    const QByteArray utf8 = sameInUtf8 ? name.toByteArray() : QString::fromLatin1(name).toUtf8();
    if (!isAtomName(utf8))
        return problem("an atom is too long, or no UTF-8"_L1);
    return sameInUtf8 ? *m_atoms.insert(name, Term::atom(utf8)) : Term::atom(utf8);
}

ExternalReader::Read<Term> ExternalReader::bitstring()
{
    const auto length = number(4);
    if (!length)
        return std::unexpected(length.error());
    const auto bits = number(1);
    if (!bits)
        return std::unexpected(bits.error());
    if (*length == 0 || *bits == 0 || *bits > 8)
        return problem("there is no such bitstring"_L1);
    return take(*length).transform([lastBits = *bits % 8](QByteArrayView view) {
        if (lastBits == 0)
            return Term::binary(view.toByteArray());
        auto data = made(Term::Kind::Bitstring);
        data->lastBits = static_cast<quint8>(lastBits);
        data->bytes = view.toByteArray();
        const uint last = static_cast<unsigned char>(view.back());
        data->bytes.back() = static_cast<char>(last & (0xFFU << (8U - lastBits)) & 0xFFU);
        return Term(std::move(data));
    });
}

} // namespace handover::erlang

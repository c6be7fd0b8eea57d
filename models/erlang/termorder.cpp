// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/termdata.h"

#include <algorithm>
#include <bit>

namespace handover::erlang {

namespace {

using Kind = Term::Kind;

bool isNil(const Term::Data &data)
{
    return (data.kind == Kind::List && data.items.isEmpty()) ||
           (data.kind == Kind::String && data.text.isEmpty());
}

int rank(const Term::Data &data)
{
    switch (data.kind) {
    case Kind::Integer:
        return 0;
    case Kind::Float:
        return 1;
    case Kind::Atom:
        return 2;
    case Kind::Fun:
        return 3;
    case Kind::Tuple:
        return 4;
    case Kind::Map:
        return 5;
    case Kind::List:
    case Kind::String:
        return isNil(data) ? 6 : 7;
    case Kind::Binary:
    case Kind::Bitstring:
        return 8;
    }
    return 9;
}

std::strong_ordering compareIntegers(const Term::Data &a, const Term::Data &b)
{
    if (a.bytes.isEmpty() && b.bytes.isEmpty())
        return a.integer <=> b.integer;
    // At least one is beyond 64 bits: such a one decides by its sign, two by length and digits.
    const auto sign = [](const Term::Data &data) {
        return data.bytes.isEmpty() ? 0 : (data.bytes.startsWith('-') ? -1 : 1);
    };
    const int signA = sign(a);
    const int signB = sign(b);
    if (signA != signB)
        return signA <=> signB;
    const auto byMagnitude =
        a.bytes.size() != b.bytes.size() ? a.bytes.size() <=> b.bytes.size() : a.bytes.compare(b.bytes) <=> 0;
    return signA > 0 ? byMagnitude : 0 <=> byMagnitude;
}

std::strong_ordering compareFloats(double a, double b)
{
    // Erlang has no NaN; -0.0 and 0.0 differ since OTP 27.
    if (a < b)
        return std::strong_ordering::less;
    if (b < a)
        return std::strong_ordering::greater;
    return std::signbit(b) <=> std::signbit(a);
}

std::strong_ordering compareItems(const QList<Term> &a, const QList<Term> &b)
{
    for (qsizetype i = 0; i < qMin(a.size(), b.size()); ++i) {
        if (const auto order = compareTerms(a[i], b[i]); order != 0)
            return order;
    }
    return a.size() <=> b.size();
}

std::strong_ordering compareMaps(const QList<Term> &a, const QList<Term> &b)
{
    if (a.size() != b.size())
        return a.size() <=> b.size();
    for (const qsizetype first : {0, 1}) { // all keys, then all values
        for (qsizetype i = first; i < a.size(); i += 2) {
            if (const auto order = compareTerms(a[i], b[i]); order != 0)
                return order;
        }
    }
    return std::strong_ordering::equal;
}

std::strong_ordering compareStrings(QStringView a, QStringView b)
{
    const auto [x, y] = std::ranges::mismatch(a, b);
    if (x == a.end() || y == b.end())
        return a.size() <=> b.size();
    if (x->isSurrogate() != y->isSurrogate()) // only what lies beyond all others takes two units
        return x->isSurrogate() ? std::strong_ordering::greater : std::strong_ordering::less;
    return x->unicode() <=> y->unicode();
}

/// A list as cons cells, one after the other. Elements of a string are made when asked for: a long
/// string that differs early must be cheap to compare.
class Cells
{
public:
    explicit Cells(const Term::Data &list)
        : m_list(list)
        , m_count(list.items.size() - (list.improper ? 1 : 0))
    {
    }

    [[nodiscard]] const Term *next() ///< valid up to the next call; nullptr behind the last
    {
        if (m_index < m_count)
            return &m_list.items[m_index++];
        if (m_unit >= m_list.text.size())
            return nullptr;
        const QStringView units = QStringView(m_list.text).sliced(m_unit);
        const bool pair = units.size() > 1 && units[0].isHighSurrogate() && units[1].isLowSurrogate();
        m_unit += pair ? 2 : 1;
        m_code = Term::integer(pair ? QChar::surrogateToUcs4(units[0], units[1]) : units[0].unicode());
        return &m_code;
    }
    [[nodiscard]] Term tail() const { return m_list.improper ? m_list.items.constLast() : Term(); }

private:
    const Term::Data &m_list;
    qsizetype m_count;
    qsizetype m_index = 0;
    qsizetype m_unit = 0; ///< of the text
    Term m_code;
};

std::strong_ordering compareLists(const Term::Data &left, const Term::Data &right)
{
    Cells a(left);
    Cells b(right);
    for (;;) {
        const Term *x = a.next();
        const Term *y = b.next();
        if (!x && !y)
            return compareTerms(a.tail(), b.tail());
        if (!x) // one list goes on where the other has its tail, and what is longer is a non-empty list
            return rank(a.tail().data()) <=> 7;
        if (!y)
            return 7 <=> rank(b.tail().data());
        if (const auto order = compareTerms(*x, *y); order != 0)
            return order;
    }
}

std::strong_ordering compareBits(const Term::Data &a, const Term::Data &b)
{
    const auto bits = [](const Term::Data &data) {
        return data.lastBits == 0 ? data.bytes.size() * 8 : (data.bytes.size() - 1) * 8 + data.lastBits;
    };
    // Unused bits of a last byte are 0, so whole bytes can be compared; the longer one is greater.
    const auto order = a.bytes.compare(b.bytes) <=> 0;
    return order != 0 ? order : bits(a) <=> bits(b);
}

} // namespace

std::strong_ordering compareTerms(const Term &left, const Term &right)
{
    const Term::Data &a = left.data();
    const Term::Data &b = right.data();
    if (&a == &b)
        return std::strong_ordering::equal;
    if (const auto order = rank(a) <=> rank(b); order != 0)
        return order;
    switch (a.kind) {
    case Kind::Integer:
        return compareIntegers(a, b);
    case Kind::Float:
        return compareFloats(a.real, b.real);
    case Kind::Atom:
        return a.bytes.compare(b.bytes) <=> 0;
    case Kind::Fun:
        return compareItems(a.items, b.items);
    case Kind::Tuple:
        return a.items.size() != b.items.size() ? a.items.size() <=> b.items.size()
                                                : compareItems(a.items, b.items);
    case Kind::Map:
        return compareMaps(a.items, b.items);
    case Kind::String:
    case Kind::List:
        if (a.kind == Kind::String && b.kind == Kind::String)
            return compareStrings(a.text, b.text);
        return compareLists(a, b);
    case Kind::Binary:
    case Kind::Bitstring:
        return compareBits(a, b);
    }
    return std::strong_ordering::equal;
}

QList<Term> mapItems(QList<Term> pairs)
{
    QList<qsizetype> order;
    order.reserve(pairs.size() / 2);
    for (qsizetype i = 0; i + 1 < pairs.size(); i += 2)
        order.append(i);
    std::ranges::stable_sort(order,
                             [&](qsizetype a, qsizetype b) { return compareTerms(pairs[a], pairs[b]) < 0; });
    QList<Term> items;
    items.reserve(pairs.size());
    for (const qsizetype i : std::as_const(order)) {
        if (!items.isEmpty() && items[items.size() - 2] == pairs[i]) {
            items.last() = pairs[i + 1];
            continue;
        }
        items.append(pairs[i]);
        items.append(pairs[i + 1]);
    }
    return items;
}

} // namespace handover::erlang

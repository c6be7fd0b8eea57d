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

// A list as cons cells: what follows the last element is [] or the tail of an improper list.
std::strong_ordering compareLists(const Term &left, const Term &right)
{
    const auto split = [](const Term &list) {
        QList<Term> items = list.items();
        Term tail;
        if (list.data().improper)
            tail = items.takeLast();
        return std::pair(std::move(items), std::move(tail));
    };
    const auto [a, tailA] = split(left);
    const auto [b, tailB] = split(right);
    const qsizetype common = qMin(a.size(), b.size());
    for (qsizetype i = 0; i < common; ++i) {
        if (const auto order = compareTerms(a[i], b[i]); order != 0)
            return order;
    }
    if (a.size() == b.size())
        return compareTerms(tailA, tailB);
    // One list goes on where the other has its tail, and whatever is longer is a non-empty list.
    const Term &tail = a.size() < b.size() ? tailA : tailB;
    const auto order = rank(tail.data()) <=> 7;
    return a.size() < b.size() ? order : 0 <=> order;
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
        if (a.kind == Kind::String && b.kind == Kind::String && a.text == b.text)
            return std::strong_ordering::equal;
        return compareLists(left, right);
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

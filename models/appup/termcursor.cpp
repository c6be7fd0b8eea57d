// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/termcursor.h"

#include <QtEndian>

#include <array>

namespace handover::appup {

namespace {

enum Tag : quint8 {
    NewFloat = 70,
    Bitstring = 77,
    SmallInteger = 97,
    Integer = 98,
    OldFloat = 99,
    OldAtom = 100,
    SmallTuple = 104,
    LargeTuple = 105,
    Nil = 106,
    String = 107,
    List = 108,
    Binary = 109,
    SmallBig = 110,
    LargeBig = 111,
    ExportFun = 113,
    OldSmallAtom = 115,
    Map = 116,
    Atom = 118,
    SmallAtom = 119,
};

/// What follows a tag and the length behind it: length * each + more bytes, or as many terms.
struct Form
{
    enum Kind : quint8 { Unknown, Leaf, Parts };
    Kind kind = Unknown;
    quint8 each = 0;
    quint8 more = 0;
};

constexpr std::array<Form, 256> Forms = [] {
    std::array<Form, 256> forms{};
    for (const Tag tag : {OldAtom, OldSmallAtom, Atom, SmallAtom, String, Binary})
        forms[tag] = {Form::Leaf, 1, 0};
    for (const Tag tag : {SmallBig, LargeBig, Bitstring}) // and a sign, or the bits of the last byte
        forms[tag] = {Form::Leaf, 1, 1};
    forms[SmallInteger] = {Form::Leaf, 0, 1};
    forms[Integer] = {Form::Leaf, 0, 4};
    forms[NewFloat] = {Form::Leaf, 0, 8};
    forms[OldFloat] = {Form::Leaf, 0, 31};
    forms[Nil] = {Form::Leaf, 0, 0};
    forms[SmallTuple] = forms[LargeTuple] = {Form::Parts, 1, 0};
    forms[List] = {Form::Parts, 1, 1};
    forms[Map] = {Form::Parts, 2, 0};
    forms[ExportFun] = {Form::Parts, 0, 3};
    return forms;
}();

constexpr std::array<quint8, 256> LengthBytes = [] {
    std::array<quint8, 256> bytes{};
    for (const Tag tag : {OldSmallAtom, SmallAtom, SmallBig, SmallTuple})
        bytes[tag] = 1;
    for (const Tag tag : {OldAtom, Atom, String})
        bytes[tag] = 2;
    for (const Tag tag : {Binary, Bitstring, LargeBig, LargeTuple, List, Map})
        bytes[tag] = 4;
    return bytes;
}();

} // namespace

std::optional<quint32> TermCursor::number(int bytes)
{
    if (bytes > m_bytes.size() - m_at)
        return std::nullopt;
    const char *const at = m_bytes.data() + m_at;
    m_at += bytes;
    return bytes == 1   ? static_cast<quint8>(*at)
           : bytes == 2 ? qFromBigEndian<quint16>(at)
                        : qFromBigEndian<quint32>(at);
}

// The hot loop: a module has some ten thousand terms.
bool TermCursor::skip()
{
    const char *at = m_bytes.data() + m_at;
    const char *const end = m_bytes.data() + m_bytes.size();
    for (qint64 missing = 1; missing > 0; --missing) {
        if (at >= end)
            return false;
        const auto tag = static_cast<quint8>(*at++);
        const int lengthBytes = LengthBytes[tag];
        if (lengthBytes > end - at)
            return false;
        const qint64 length = lengthBytes == 0   ? 0
                              : lengthBytes == 1 ? static_cast<quint8>(*at)
                              : lengthBytes == 2 ? qFromBigEndian<quint16>(at)
                                                 : qFromBigEndian<quint32>(at);
        at += lengthBytes;
        const Form form = Forms[tag];
        if (form.kind == Form::Unknown)
            return false;
        const qint64 amount = length * form.each + form.more;
        if (amount > end - at) // every part takes a byte at least
            return false;
        if (form.kind == Form::Leaf)
            at += amount;
        else
            missing += amount;
    }
    m_at = at - m_bytes.data();
    return true;
}

std::optional<qsizetype> TermCursor::enterTuple()
{
    const quint32 tag = number(1).value_or(0);
    if (tag != SmallTuple && tag != LargeTuple)
        return std::nullopt;
    return number(tag == SmallTuple ? 1 : 4);
}

std::optional<qsizetype> TermCursor::enterList()
{
    const quint32 tag = number(1).value_or(0);
    if (tag == Nil)
        return 0;
    return tag == List ? number(4) : std::nullopt;
}

std::optional<QByteArrayView> TermCursor::atom()
{
    const quint32 tag = number(1).value_or(0);
    const bool small = tag == SmallAtom || tag == OldSmallAtom;
    if (!small && tag != Atom && tag != OldAtom)
        return std::nullopt;
    const auto length = number(small ? 1 : 2);
    if (!length || *length > m_bytes.size() - m_at)
        return std::nullopt;
    m_at += *length;
    return m_bytes.sliced(m_at - *length, *length);
}

std::optional<qint64> TermCursor::smallInteger()
{
    const quint32 tag = number(1).value_or(0);
    return tag == SmallInteger ? number(1) : tag == Integer ? number(4) : std::nullopt;
}

} // namespace handover::appup

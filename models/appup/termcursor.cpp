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

/// What follows a tag: a length of some bytes, then length * eachByte + moreBytes bytes of data, and
/// length * eachPart + moreParts terms.
struct Form
{
    quint8 lengthBytes = 0;
    quint8 eachByte = 0;
    quint32 moreBytes = 0;
    quint8 eachPart = 0;
    quint8 moreParts = 0;
};

constexpr quint32 Unknown = 0xffffffff; // more bytes than any file has

constexpr std::array<Form, 256> Forms = [] {
    std::array<Form, 256> forms{};
    forms.fill({0, 0, Unknown, 0, 0});
    forms[SmallInteger] = {0, 0, 1, 0, 0};
    forms[Integer] = {0, 0, 4, 0, 0};
    forms[NewFloat] = {0, 0, 8, 0, 0};
    forms[OldFloat] = {0, 0, 31, 0, 0};
    forms[Nil] = {0, 0, 0, 0, 0};
    forms[SmallAtom] = forms[OldSmallAtom] = {1, 1, 0, 0, 0};
    forms[Atom] = forms[OldAtom] = forms[String] = {2, 1, 0, 0, 0};
    forms[Binary] = {4, 1, 0, 0, 0};
    forms[Bitstring] = {4, 1, 1, 0, 0}; // how many bits of the last byte count
    forms[SmallBig] = {1, 1, 1, 0, 0};  // the sign
    forms[LargeBig] = {4, 1, 1, 0, 0};
    forms[SmallTuple] = {1, 0, 0, 1, 0};
    forms[LargeTuple] = {4, 0, 0, 1, 0};
    forms[List] = {4, 0, 0, 1, 1}; // the tail
    forms[Map] = {4, 0, 0, 2, 0};
    forms[ExportFun] = {0, 0, 0, 0, 3};
    return forms;
}();

// Of four bytes, so many as a number; what is behind the end counts as 0.
quint64 lengthAt(const char *at, const char *end, int bytes)
{
    quint32 value = 0;
    if (end - at >= 4) {
        value = qFromBigEndian<quint32>(at);
    } else {
        for (int i = 0; i < 4; ++i)
            value = value << 8 | (at + i < end ? static_cast<quint8>(at[i]) : 0U);
    }
    return quint64{value} >> (32 - 8 * bytes);
}

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

// The hot loop: a module has some ten thousand terms, and which comes next no processor can guess. So
// there is one way for all of them.
bool TermCursor::skip()
{
    const char *at = m_bytes.data() + m_at;
    const char *const end = m_bytes.data() + m_bytes.size();
    qint64 missing = 1;
    while (missing > 0) {
        if (missing > end - at) // every part takes a byte at least
            return false;
        const Form &form = Forms[static_cast<quint8>(*at++)];
        const auto length = static_cast<qint64>(lengthAt(at, end, form.lengthBytes));
        const qint64 bytes = form.lengthBytes + length * form.eachByte + form.moreBytes;
        if (bytes > end - at)
            return false;
        at += bytes;
        missing += length * form.eachPart + form.moreParts - 1;
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

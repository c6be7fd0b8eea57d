// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/termcursor.h"

#include "models/erlang/externaltag.h"

#include <QtEndian>

namespace handover::rules {

namespace {

using namespace erlang::external;

constexpr qsizetype FarFromEnd = 300; // no tag with a length of one byte reaches as far

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

bool TermCursor::pass(qsizetype count)
{
    if (count > m_bytes.size() - m_at)
        return false;
    m_at += count;
    return true;
}

bool TermCursor::passCounted(int lengthBytes, qsizetype more)
{
    const auto length = number(lengthBytes);
    return length && pass(qsizetype{*length} + more);
}

std::optional<qint64> TermCursor::parts()
{
    const auto leaf = [](bool passed) { return passed ? std::optional<qint64>(0) : std::nullopt; };
    const auto counted = [this](int lengthBytes, qint64 each, qint64 more) {
        const auto count = number(lengthBytes);
        return count ? std::optional(*count * each + more) : std::nullopt;
    };
    switch (number(1).value_or(0)) {
    case Nil:
        return 0;
    case SmallInteger:
        return leaf(pass(1));
    case Integer:
        return leaf(pass(4));
    case NewFloat:
        return leaf(pass(8));
    case OldFloat:
        return leaf(pass(31));
    case SmallAtom:
    case SmallAtomUtf8:
        return leaf(passCounted(1));
    case Atom:
    case AtomUtf8:
    case String:
        return leaf(passCounted(2));
    case Binary:
        return leaf(passCounted(4));
    case BitBinary: // and how many bits of the last byte count
        return leaf(passCounted(4, 1));
    case SmallBig: // and the sign
        return leaf(passCounted(1, 1));
    case LargeBig:
        return leaf(passCounted(4, 1));
    case Export:
        return 3;
    case SmallTuple:
        return counted(1, 1, 0);
    case LargeTuple:
        return counted(4, 1, 0);
    case List: // and the tail
        return counted(4, 1, 1);
    case Map:
        return counted(4, 2, 0);
    default:
        return std::nullopt;
    }
}

// Most of code is small tuples, atoms and numbers. They are passed without looking for the end, as long as
// it is far: a module has some ten thousand of them.
qint64 TermCursor::skipSmall(qint64 missing)
{
    if (m_bytes.size() - m_at < FarFromEnd)
        return missing;
    const char *at = m_bytes.data() + m_at;
    const char *const safe = m_bytes.data() + m_bytes.size() - FarFromEnd;
    while (missing > 0 && at < safe) {
        switch (static_cast<quint8>(*at)) {
        case SmallTuple:
            missing += static_cast<quint8>(at[1]) - 1;
            at += 2;
            continue;
        case SmallAtomUtf8:
            at += 2 + static_cast<quint8>(at[1]);
            --missing;
            continue;
        case SmallInteger:
            at += 2;
            --missing;
            continue;
        case Nil:
            ++at;
            --missing;
            continue;
        case Integer: // lines above 255
            at += 5;
            --missing;
            continue;
        case List: // and the tail
            missing += qint64{qFromBigEndian<quint32>(at + 1)};
            at += 5;
            continue;
        default:
            break;
        }
        break;
    }
    m_at = at - m_bytes.data();
    return missing;
}

bool TermCursor::skip()
{
    for (qint64 missing = skipSmall(1); missing > 0; missing = skipSmall(missing)) {
        const auto more = parts();
        if (!more || *more > m_bytes.size()) // every part takes a byte at least
            return false;
        missing += *more - 1;
    }
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
    const bool small = tag == SmallAtomUtf8 || tag == SmallAtom;
    if (!small && tag != AtomUtf8 && tag != Atom)
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

} // namespace handover::rules

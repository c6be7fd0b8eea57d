// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/beamatoms.h"

#include "models/erlang/atomname.h"

#include <QtEndian>

namespace handover::erlang {

namespace {

uint byteAt(QByteArrayView data, qsizetype offset) { return static_cast<unsigned char>(data[offset]); }

/// Goes through names with a length before each.
class Names
{
public:
    Names(QByteArrayView data, bool compact)
        : m_data(data)
        , m_compact(compact)
    {
    }

    [[nodiscard]] std::optional<QByteArrayView> next()
    {
        const auto size = length();
        if (!size || *size > m_data.size() - m_offset)
            return std::nullopt;
        m_offset += *size;
        return m_data.sliced(m_offset - *size, *size);
    }

private:
    [[nodiscard]] std::optional<qsizetype> length()
    {
        if (m_offset >= m_data.size())
            return std::nullopt;
        const uint first = byteAt(m_data, m_offset++);
        if (!m_compact)
            return first;
        // Since OTP 28 lengths are compact terms as in the code (beam_asm:encode/2) with the tag of
        // a literal, 0, in the lowest bits: 4 bits of value, or 3 more above the byte that follows.
        switch (first & 0xFU) {
        case 0x0:
            return first >> 4U;
        case 0x8:
            if (m_offset < m_data.size())
                return (first & 0xE0U) << 3U | byteAt(m_data, m_offset++);
            break;
        default: // longer than any atom
            break;
        }
        return std::nullopt;
    }

    QByteArrayView m_data;
    qsizetype m_offset = 0;
    bool m_compact;
};

} // namespace

std::optional<BeamAtoms> BeamAtoms::read(QByteArrayView data, Chunk chunk, qsizetype most)
{
    constexpr qsizetype header = 4;
    if (data.size() < header)
        return std::nullopt;
    const qint64 said = qFromBigEndian<qint32>(data.data());
    const bool compact = said < 0; // OTP 28
    const qint64 count = qMin<qint64>(compact ? -said : said, most);
    if (count > data.size() - header) // each takes a byte at least
        return std::nullopt;
    Names names(data.sliced(header), compact);
    BeamAtoms atoms;
    atoms.m_chunk = chunk;
    atoms.m_names.reserve(count);
    for (qint64 i = 0; i < count; ++i) {
        const auto name = names.next();
        if (!name)
            return std::nullopt;
        atoms.m_names.append(*name);
    }
    return atoms;
}

std::optional<QByteArray> BeamAtoms::name(quint32 number) const
{
    if (number == 0 || number > m_names.size())
        return std::nullopt;
    const QByteArrayView bytes = m_names[number - 1];
    QByteArray utf8 = m_chunk == Chunk::Atom ? QString::fromLatin1(bytes).toUtf8() : bytes.toByteArray();
    return isAtomName(utf8) ? std::optional(std::move(utf8)) : std::nullopt;
}

} // namespace handover::erlang

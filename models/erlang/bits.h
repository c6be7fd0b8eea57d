// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <optional>

namespace handover::erlang {

/// Collects the bits of a binary.
class BitBuilder
{
public:
    /// Appends the low `bits` bits of the number that the bytes are, most significant byte first.
    void append(const QByteArray &bytes, qsizetype bits);
    void appendBytes(const QByteArray &bytes) { append(bytes, bytes.size() * 8); }
    /// Appends the first `bits` bits of the bytes.
    void appendLeading(const QByteArray &bytes, qsizetype bits);

    [[nodiscard]] qsizetype bitCount() const noexcept { return m_bits; }
    [[nodiscard]] const QByteArray &bytes() const noexcept { return m_bytes; } ///< unused bits are 0

private:
    void appendByte(uint value, uint bits);
    QByteArray m_bytes;
    qsizetype m_bits = 0;
};

/// One segment of a binary, Value:Size/Type-…, with the defaults of erl_bits filled in.
struct Segment
{
    enum class Type { Integer, Float, Binary, Utf8, Utf16, Utf32 };

    Type type = Type::Integer;
    bool little = false;
    std::optional<qint64> size; ///< Binary: nothing means all
    int unit = 1;

    /// The number of bits that size and unit ask for; nothing if there is no size.
    [[nodiscard]] std::optional<qint64> bits() const;
};

/// What is written behind a segment's value, before defaults.
struct SegmentSpec
{
    std::optional<qint64> size;
    QList<QByteArray> types; ///< "integer", "little", …
    std::optional<int> unit;
};

/// erl_bits:set_bit_type/2; nothing if the parts contradict each other or are unknown.
[[nodiscard]] std::optional<Segment> makeSegment(const SegmentSpec &spec);

/// Appends a value (integer, float, string or binary) as eval_bits does. False: not a value for this
/// segment, or too large.
[[nodiscard]] bool appendSegment(BitBuilder &builder, const Term &value, const Segment &segment);

} // namespace handover::erlang

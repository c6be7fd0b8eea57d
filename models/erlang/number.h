// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace handover::erlang {

/// Integers beyond 64 bits, as decimal digits with an optional '-'. Canonical: no leading zeros, no "-0".
/// All give nothing for numbers that would take too long (Erlang has a limit of about 1.2 million digits).

[[nodiscard]] std::optional<QByteArray> canonicalDecimal(const QByteArray &digits);
[[nodiscard]] std::optional<QByteArray> decimalFromBase(const QByteArray &digits, uint base);
/// Of a number that is bytes in memory, the least significant one first.
[[nodiscard]] std::optional<QByteArray> decimalFromBytes(QByteArrayView littleEndian);

/// The low `bits` bits of a number in two's complement, most significant byte first, in
/// (bits + 7) / 8 bytes; the unused bits of the first byte are 0.
[[nodiscard]] std::optional<QByteArray> lowBits(const QByteArray &decimal, qsizetype bits);

} // namespace handover::erlang

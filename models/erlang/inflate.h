// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <expected>

namespace handover::erlang {

enum class Packing {
    Zlib, ///< RFC 1950, as in a compressed term; what follows is left alone
    Gzip, ///< RFC 1952, one member or several; nothing may follow
};

enum class InflateError { Damaged, TooLarge };

/// Unpacks data that may be hostile: never more than `limit` bytes, and memory only for what comes out.
[[nodiscard]] std::expected<QByteArray, InflateError> inflated(QByteArrayView packed, Packing packing,
                                                               qsizetype limit);

/// The first `size` bytes of what it unpacks to, or all if it is less; nothing if they are damaged.
[[nodiscard]] QByteArray inflatedStart(QByteArrayView packed, Packing packing, qsizetype size);

} // namespace handover::erlang

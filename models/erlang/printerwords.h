// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringView>

namespace handover::erlang {

/// What the printers of terms put together: each appends to `out`, in UTF-8, one word.

void appendAtom(QByteArray &out, QByteArrayView utf8Name);    ///< with quotes if it needs them
void appendFunName(QByteArray &out, QByteArrayView utf8Name); ///< the same within a fun
void appendString(QByteArray &out, QStringView text);
void appendInteger(QByteArray &out, qint64 value);
/// The bytes as text if ~tp shows them so, e.g. <<"a">> or <<"\x{e9}"/utf8>>; false if it doesn't.
[[nodiscard]] bool appendPrintableBinary(QByteArray &out, QByteArrayView bytes);
/// The bytes as numbers; of the last one only the upper bits count, unless lastBits is 0.
void appendBits(QByteArray &out, QByteArrayView bytes, quint8 lastBits);

/// Whether a list of these is text for ~tp (io_lib:printable_latin1_list/1).
[[nodiscard]] constexpr bool isPrintable(char32_t code) noexcept
{
    return (code >= 32 && code <= 126) || (code >= 160 && code <= 255) || (code >= 8 && code <= 13) ||
           code == 27;
}
[[nodiscard]] bool isPrintable(QStringView text) noexcept;

} // namespace handover::erlang

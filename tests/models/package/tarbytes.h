// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace tarbytes {

/// One entry of a tar archive that is made byte by byte, so that it can be wrong in any way.
struct Item
{
    QByteArray name;
    QByteArray contents = {};
    char type = '0';
    QByteArray link = {};
    std::optional<qint64> size = std::nullopt; ///< other than that of the contents
    int mode = 0644;
};

inline QByteArray octal(qint64 value, int width)
{
    return QByteArray::number(value, 8).rightJustified(width - 1, '0') + '\0';
}

inline QByteArray padded(QByteArray bytes)
{
    const qsizetype rest = bytes.size() % 512;
    return rest == 0 ? bytes : bytes.append(512 - rest, '\0');
}

inline QByteArray header(const Item &item)
{
    QByteArray block(512, '\0');
    const auto put = [&block](qsizetype at, const QByteArray &bytes) {
        block.replace(at, bytes.size(), bytes);
    };
    put(0, item.name.left(100));
    put(100, octal(item.mode, 8));
    put(108, octal(0, 8));
    put(116, octal(0, 8));
    put(124, octal(item.size.value_or(item.contents.size()), 12));
    put(136, octal(1'700'000'000, 12));
    put(148, QByteArray(8, ' '));
    block[156] = item.type;
    put(157, item.link.left(100));
    put(257, QByteArray("ustar\00000", 8));
    qint64 sum = 0;
    for (const char byte : block)
        sum += static_cast<uchar>(byte);
    put(148, octal(sum, 7));
    return block;
}

inline QByteArray tar(const QList<Item> &items, qsizetype endBlocks = 2)
{
    QByteArray bytes;
    for (const Item &item : items)
        bytes += header(item) + padded(item.contents);
    return bytes.append(endBlocks * 512, '\0');
}

inline quint32 crc32(const QByteArray &bytes)
{
    quint32 crc = ~quint32{0};
    for (const char byte : bytes) {
        crc ^= static_cast<uchar>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1U) ? 0xedb88320U : 0U);
    }
    return ~crc;
}

inline QByteArray littleEndian(quint32 value)
{
    QByteArray bytes;
    for (int shift = 0; shift < 32; shift += 8)
        bytes += static_cast<char>((value >> shift) & 0xffU);
    return bytes;
}

/// RFC 1952; the deltas make the trailer wrong.
inline QByteArray gzip(const QByteArray &bytes, quint32 crcDelta = 0, quint32 sizeDelta = 0)
{
    // qCompress() puts four bytes of length and zlib's two of header before, four of check sum behind.
    const QByteArray zlib = qCompress(bytes, 6);
    const QByteArray deflated = bytes.isEmpty() ? QByteArray("\x03\0", 2) : zlib.sliced(6, zlib.size() - 10);
    return QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10) + deflated + littleEndian(crc32(bytes) + crcDelta) +
           littleEndian(static_cast<quint32>(bytes.size()) + sizeDelta);
}

/// A release that is as small as it can be.
inline QList<Item> release(const QByteArray &version = "1.1.0", const QByteArray &name = "tiny")
{
    const QByteArray rel = "{release,{\"" + name + "\",\"" + version +
                           "\"},{erts,\"15.2.7\"},"
                           "[{kernel,\"10.2\"},{tiny,\"" +
                           version + "\",permanent}]}.\n";
    return {{.name = "lib/tiny-" + version + "/ebin/tiny.app", .contents = "{application,tiny,[]}.\n"},
            {.name = "lib/tiny-" + version + "/ebin/tiny.beam", .contents = QByteArray(3000, 'x')},
            {.name = "releases/" + name + ".rel", .contents = rel},
            {.name = "releases/" + version + "/" + name + ".rel", .contents = rel},
            {.name = "releases/start_erl.data", .contents = "15.2.7 " + version},
            {.name = "bin/tiny", .contents = "#!/bin/sh\n", .mode = 0755}};
}

} // namespace tarbytes

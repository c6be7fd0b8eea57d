// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/beamfile.h"

#include <QtEndian>

namespace beambytes {

struct Chunk
{
    QByteArray id;
    QByteArray data;
};

inline QByteArray u32(qint64 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(static_cast<quint32>(value), bytes.data());
    return bytes;
}

/// A BEAM file of chunks that may be anything.
inline QByteArray file(const QList<Chunk> &chunks)
{
    QByteArray form = "BEAM";
    for (const Chunk &chunk : chunks)
        form += chunk.id + u32(chunk.data.size()) + chunk.data +
                QByteArray((4 - chunk.data.size() % 4) % 4, '\0');
    return "FOR1" + u32(form.size()) + form;
}

inline QList<Chunk> chunksOf(const handover::erlang::BeamFile &file)
{
    QList<Chunk> chunks;
    for (const QByteArray &id : file.chunkIds())
        chunks.append({id, file.chunk(id)->toByteArray()});
    return chunks;
}

/// The names in an atom table of OTP up to 27.
inline QList<QByteArray> atomNames(QByteArrayView table)
{
    QList<QByteArray> names;
    for (qsizetype at = 4; at < table.size();) {
        const auto length = static_cast<unsigned char>(table[at]);
        names.append(table.sliced(at + 1, length).toByteArray());
        at += 1 + length;
    }
    return names;
}

/// An atom table as OTP 28 writes it: the count is negative, lengths are compact terms.
inline QByteArray newAtomTable(const QList<QByteArray> &names)
{
    QByteArray table = u32(-names.size());
    for (const QByteArray &name : names) {
        if (name.size() < 16)
            table += static_cast<char>(name.size() << 4);
        else
            table += QByteArray(1, static_cast<char>((name.size() >> 8) << 5 | 8)) +
                     static_cast<char>(name.size() & 0xFF);
        table += name;
    }
    return table;
}

inline QByteArray oldAtomTable(const QList<QByteArray> &names)
{
    QByteArray table = u32(names.size());
    for (const QByteArray &name : names)
        table += static_cast<char>(name.size()) + name;
    return table;
}

/// The file with one chunk replaced.
inline QByteArray withChunk(const QByteArray &bytes, const QByteArray &id, const Chunk &replacement)
{
    QList<Chunk> chunks = chunksOf(*handover::erlang::BeamFile::parse(bytes));
    for (Chunk &chunk : chunks) {
        if (chunk.id == id)
            chunk = replacement;
    }
    return file(chunks);
}

} // namespace beambytes

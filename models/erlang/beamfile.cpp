// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/beamfile.h"

#include "models/erlang/beamatoms.h"
#include "models/erlang/beamerror.h"
#include "models/erlang/inflate.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace handover::erlang {

namespace {

constexpr qsizetype MaxBytes = 256 * 1024 * 1024;
constexpr qsizetype MaxChunks = 1000;
constexpr qsizetype FormHeader = 12; // "FOR1", size, "BEAM"
constexpr qsizetype ChunkHeader = 8; // letters, size
constexpr qsizetype TripleSize = 12;
constexpr std::array HashedChunks{"Atom", "AtU8", "Code", "StrT", "ImpT", "ExpT", "FunT", "LitT", "Meta"};

quint32 numberAt(QByteArrayView bytes, qsizetype offset)
{
    return qFromBigEndian<quint32>(bytes.data() + offset);
}

Result<QByteArray> uncompressed(const QByteArray &bytes)
{
    if (bytes.size() > MaxBytes)
        return badBeam(u"it is too large"_s);
    if (!bytes.startsWith("\x1f\x8b"))
        return bytes;
    auto plain = inflated(bytes, Packing::Gzip, MaxBytes);
    if (plain)
        return *std::move(plain);
    return badBeam(plain.error() == InflateError::TooLarge ? u"it unpacks to far more than a module holds"_s
                                                           : u"it is compressed, and damaged"_s);
}

// The functions' last field tells builds apart and says nothing about the code.
void addFunctionTable(QByteArray &bytes, QByteArrayView table)
{
    constexpr qsizetype header = 4;
    constexpr qsizetype entry = 24;
    constexpr qsizetype field = 4;
    if (table.size() >= header) {
        bytes.append(table.first(header));
        table = table.sliced(header);
        for (; table.size() >= entry; table = table.sliced(entry)) {
            bytes.append(table.first(entry - field));
            bytes.append(field, '\0');
        }
    }
    bytes.append(table);
}

} // namespace

std::unexpected<Error> badBeam(const QString &why)
{
    return failure(u"erlang.beam"_s, u"A compiled module can't be read: %1."_s.arg(why),
                   u"Compile the module again."_s);
}

Result<BeamFile> BeamFile::parse(const QByteArray &bytes)
{
    BeamFile file;
    auto plain = uncompressed(bytes);
    if (!plain)
        return std::unexpected(plain.error());
    file.m_bytes = *std::move(plain);
    if (auto found = file.findChunks(); !found)
        return std::unexpected(found.error());
    const auto first = file.atoms(1);
    const auto name = first ? first->name(1) : std::nullopt;
    if (!name)
        return badBeam(u"it does not say its module's name"_s);
    file.m_module = *name;
    return file;
}

Result<> BeamFile::findChunks()
{
    const QByteArrayView all = m_bytes;
    if (all.size() < FormHeader || !all.startsWith("FOR1") || all.sliced(8, 4) != "BEAM")
        return badBeam(u"it is no BEAM file"_s);
    const qsizetype end = qsizetype(numberAt(all, 4)) + 8;
    if (end > all.size())
        return badBeam(u"it is cut off"_s);
    for (qsizetype at = FormHeader; at < end;) {
        if (end - at < ChunkHeader)
            return badBeam(u"it is cut off"_s);
        const Chunk chunk{numberAt(all, at), at + ChunkHeader, numberAt(all, at + 4)};
        if (chunk.size > end - chunk.offset)
            return badBeam(u"a part of it goes beyond its end"_s);
        if (m_chunks.size() >= MaxChunks)
            return badBeam(u"it has too many parts"_s);
        m_chunks.append(chunk);
        at = chunk.offset + (chunk.size + 3) / 4 * 4;
    }
    return {};
}

std::optional<QByteArrayView> BeamFile::chunk(QByteArrayView id) const
{
    if (id.size() != 4)
        return std::nullopt;
    const auto found = std::ranges::find(m_chunks, numberAt(id, 0), &Chunk::id);
    if (found == m_chunks.cend())
        return std::nullopt;
    return QByteArrayView(m_bytes).sliced(found->offset, found->size);
}

QList<QByteArray> BeamFile::chunkIds() const
{
    QList<QByteArray> ids;
    ids.reserve(m_chunks.size());
    for (const Chunk &chunk : m_chunks)
        ids.append(m_bytes.sliced(chunk.offset - ChunkHeader, 4));
    return ids;
}

QByteArray BeamFile::md5() const
{
    return QCryptographicHash::hash(hashed(), QCryptographicHash::Md5);
}

bool BeamFile::hasCodeOf(const BeamFile &other) const
{
    const bool samePieces = std::ranges::all_of(HashedChunks, [&](QByteArrayView id) { return chunk(id) == other.chunk(id); });
    return samePieces || hashed() == other.hashed();
}

QByteArray BeamFile::hashed() const
{
    QByteArray bytes;
    bytes.reserve(m_bytes.size());
    for (const QByteArrayView id : HashedChunks) {
        const auto data = chunk(id);
        if (data && id == "FunT")
            addFunctionTable(bytes, *data);
        else if (data)
            bytes.append(*data);
    }
    return bytes;
}

std::optional<BeamAtoms> BeamFile::atoms(qsizetype most) const
{
    if (const auto data = chunk("AtU8"))
        return BeamAtoms::read(*data, BeamAtoms::Chunk::AtU8, most);
    if (const auto data = chunk("Atom"))
        return BeamAtoms::read(*data, BeamAtoms::Chunk::Atom, most);
    return std::nullopt;
}

Result<QList<BeamFile::Triple>> BeamFile::triples(QByteArrayView id) const
{
    const auto data = chunk(id);
    if (!data)
        return badBeam(u"it has no table of functions"_s);
    constexpr qsizetype header = 4;
    if (data->size() < header || data->size() != header + qint64(numberAt(*data, 0)) * TripleSize)
        return badBeam(u"a table of functions has the wrong size"_s);
    QList<Triple> triples;
    triples.reserve(data->size() / TripleSize);
    for (qsizetype at = header; at < data->size(); at += TripleSize)
        triples.append({numberAt(*data, at), numberAt(*data, at + 4), numberAt(*data, at + 8)});
    return triples;
}

Result<QList<FunctionName>> BeamFile::exports() const
{
    const auto all = atoms(std::numeric_limits<qsizetype>::max());
    const auto entries = triples("ExpT");
    if (!entries)
        return std::unexpected(entries.error());
    QList<FunctionName> functions;
    functions.reserve(entries->size());
    for (const Triple &entry : *entries) {
        const auto name = all ? all->name(entry.first) : std::nullopt;
        if (!name)
            return badBeam(u"an exported function has no name"_s);
        functions.append({*name, entry.second});
    }
    std::ranges::sort(functions);
    return functions;
}

Result<QList<ImportedFunction>> BeamFile::imports() const
{
    const auto all = atoms(std::numeric_limits<qsizetype>::max());
    const auto entries = triples("ImpT");
    if (!entries)
        return std::unexpected(entries.error());
    QList<ImportedFunction> functions;
    functions.reserve(entries->size());
    for (const Triple &entry : *entries) {
        const auto module = all ? all->name(entry.first) : std::nullopt;
        const auto name = all ? all->name(entry.second) : std::nullopt;
        if (!module || !name)
            return badBeam(u"an imported function has no name"_s);
        functions.append({*module, {*name, entry.third}});
    }
    return functions;
}

} // namespace handover::erlang

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/queuefile.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

#include <QDir>

#include <utility>

using namespace Qt::StringLiterals;

namespace handover::transfer {

namespace {

constexpr int Format = 1;
constexpr qsizetype MaximumRanges = 10'000;
constexpr qint64 MaximumId = 1LL << 48;

QCborArray arrayOf(const server::ByteRanges &ranges)
{
    QCborArray array;
    for (const server::ByteRange range : ranges.list()) {
        array.append(range.begin);
        array.append(range.size);
    }
    return array;
}

QCborMap mapOf(const FileFacts &facts)
{
    return {
        {u"size"_s, facts.size}, {u"modified"_s, facts.modified.toMSecsSinceEpoch()}, {u"folder"_s, facts.isFolder}};
}

QCborMap mapOf(const Entry &entry)
{
    const Transfer &transfer = entry.transfer;
    QCborMap map{{u"id"_s, static_cast<qint64>(transfer.id)},
                 {u"folder"_s, static_cast<qint64>(transfer.folder)},
                 {u"batch"_s, static_cast<qint64>(transfer.batch)},
                 {u"way"_s, std::to_underlying(transfer.way)},
                 {u"server"_s, transfer.server},
                 {u"local"_s, transfer.local},
                 {u"remote"_s, transfer.remote.bytes()},
                 {u"answer"_s, std::to_underlying(transfer.answer)},
                 {u"state"_s, std::to_underlying(entry.state)},
                 {u"pausedBy"_s, std::to_underlying(entry.pausedBy)},
                 {u"isFolder"_s, entry.isFolder},
                 {u"part"_s, entry.part.name},
                 {u"directory"_s, entry.part.directory},
                 {u"total"_s, entry.total},
                 {u"words"_s, entry.words}};
    if (entry.part.isBegun()) {
        map[u"sourceSize"_s] = entry.part.size;
        map[u"sourceTime"_s] = entry.part.time;
        map[u"arrived"_s] = arrayOf(entry.part.arrived);
    }
    if (!entry.error.code.isEmpty())
        map[u"error"_s] = QCborArray{entry.error.code, entry.error.message, entry.error.hint, entry.error.detail};
    if (entry.conflict)
        map[u"conflict"_s] = QCborArray{mapOf(entry.conflict->source), mapOf(entry.conflict->target)};
    return map;
}

template<typename Enum>
std::optional<Enum> enumOf(const QCborValue &value, Enum last)
{
    const qint64 number = value.toInteger(-1);
    return number >= 0 && number <= std::to_underlying(last) ? std::optional(static_cast<Enum>(number)) : std::nullopt;
}

quint64 idOf(const QCborValue &value) { return static_cast<quint64>(qBound(qint64{0}, value.toInteger(), MaximumId)); }

server::Part partOf(const QCborMap &map)
{
    server::Part part{map[u"part"_s].toByteArray(), map[u"directory"_s].toByteArray(),
                      map[u"sourceSize"_s].toInteger(-1), map[u"sourceTime"_s].toInteger()};
    const QCborArray ranges = map[u"arrived"_s].toArray();
    for (qsizetype i = 0; i + 1 < qMin(ranges.size(), 2 * MaximumRanges); i += 2) {
        const server::ByteRange range{ranges[i].toInteger(-1), ranges[i + 1].toInteger()};
        if (range.begin >= 0 && range.begin <= part.size && range.size <= part.size - range.begin)
            part.arrived.add(range);
    }
    return part;
}

FileFacts factsOf(const QCborValue &value)
{
    const QCborMap map = value.toMap();
    return {map[u"size"_s].toInteger(), QDateTime::fromMSecsSinceEpoch(map[u"modified"_s].toInteger()),
            map[u"folder"_s].toBool()};
}

std::optional<Entry> entryOf(const QCborMap &map)
{
    const auto way = enumOf(map[u"way"_s], Way::Down);
    const auto answer = enumOf(map[u"answer"_s], Answer::Rename);
    const auto state = enumOf(map[u"state"_s], State::Cancelled);
    const auto pausedBy = enumOf(map[u"pausedBy"_s], Entry::PausedBy::Server);
    const auto remote = server::RemotePath::parse(map[u"remote"_s].toByteArray());
    const QString local = map[u"local"_s].toString();
    if (!way || !answer || !state || !pausedBy || !remote || !QDir::isAbsolutePath(local) ||
        local.contains(QChar::Null) || !server::isPartName(map[u"part"_s].toByteArray()))
        return std::nullopt;
    Entry entry{Transfer{*way, map[u"server"_s].toString(), local, *remote, *answer, idOf(map[u"id"_s]),
                         idOf(map[u"folder"_s]), idOf(map[u"batch"_s])},
                *state, *pausedBy, map[u"isFolder"_s].toBool(), partOf(map)};
    entry.total = map[u"total"_s].toInteger(-1);
    entry.done = *state == State::Done ? qMax<qint64>(entry.total, 0) : entry.part.arrived.bytes();
    entry.words = map[u"words"_s].toString();
    if (const QCborArray error = map[u"error"_s].toArray(); error.size() == 4)
        entry.error = {ErrorKind::Outside, error[0].toString(), error[1].toString(), error[2].toString(),
                       error[3].toString()};
    if (const QCborArray conflict = map[u"conflict"_s].toArray(); conflict.size() == 2)
        entry.conflict = Conflict{factsOf(conflict[0]), factsOf(conflict[1])};
    if (entry.state == State::Asking && !entry.conflict)
        entry.state = State::Waiting;
    if (entry.state == State::Waiting || entry.state == State::Running || entry.state == State::Retrying) {
        entry.state = State::Paused;
        entry.pausedBy = Entry::PausedBy::ProgramEnd;
        entry.error = {};
    }
    return entry;
}

} // namespace

QByteArray toBytes(const QueueContents &contents)
{
    QCborArray entries;
    for (const Entry &entry : contents.entries)
        entries.append(mapOf(entry));
    QCborArray leftovers;
    for (const Leftover &leftover : contents.leftovers)
        leftovers.append(QCborArray{leftover.server, leftover.path.bytes()});
    return QCborMap{{u"format"_s, Format}, {u"entries"_s, entries}, {u"leftovers"_s, leftovers}}.toCborValue().toCbor();
}

QueueContents fromBytes(const QByteArray &bytes)
{
    const QCborMap map = QCborValue::fromCbor(bytes).toMap();
    QueueContents contents;
    if (map[u"format"_s].toInteger() != Format)
        return contents;
    const QCborArray entries = map[u"entries"_s].toArray();
    for (const QCborValue &value : entries) {
        if (contents.entries.size() >= MaximumEntries)
            break;
        if (auto entry = entryOf(value.toMap()))
            contents.entries += *std::move(entry);
    }
    const QCborArray leftovers = map[u"leftovers"_s].toArray();
    for (const QCborValue &value : leftovers) {
        const QCborArray leftover = value.toArray();
        const auto path = server::RemotePath::parse(leftover[1].toByteArray());
        // Nothing but a part is ever removed by what stands in a file.
        if (path && server::isPartName(path->fileName()) && contents.leftovers.size() < MaximumEntries)
            contents.leftovers += {leftover[0].toString(), *path};
    }
    return contents;
}

} // namespace handover::transfer

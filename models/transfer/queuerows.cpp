// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the queue: where they are, how they come and go, and what of them is kept.
#include "models/transfer/transferqueueprivate.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::transfer {

TransferQueue::Private::Private(TransferQueue *queue, Links connections, const QString &directory)
    : q(queue)
    , links(std::move(connections))
    , store(directory, [this] { return contents(); })
{
    clock.start();
    ticking.setInterval(1000);
    QObject::connect(&ticking, &QTimer::timeout, q, [this] { tick(); });
    QObject::connect(&jobs, &JobQueue::jobFinished, q, [this](Job *job) { jobs.forget(job); });
    load();
}

qsizetype TransferQueue::Private::rowOf(quint64 id) const
{
    const auto at = std::ranges::find(entries, id, [](const Entry &entry) { return entry.transfer.id; });
    return at == entries.end() ? -1 : at - entries.begin();
}

Entry *TransferQueue::Private::find(quint64 id)
{
    const qsizetype row = rowOf(id);
    return row < 0 ? nullptr : &entries[row];
}

void TransferQueue::Private::insert(qsizetype row, const QList<Entry> &fresh)
{
    if (fresh.isEmpty())
        return;
    q->beginInsertRows({}, static_cast<int>(row), static_cast<int>(row + fresh.size() - 1));
    entries.insert(row, fresh.size(), fresh.first());
    std::ranges::copy(fresh, entries.begin() + row);
    q->endInsertRows();
}

void TransferQueue::Private::changed(quint64 id, const QList<int> &roles)
{
    if (const QModelIndex index = q->indexOf(id); index.isValid())
        emit q->dataChanged(index, index, roles);
}

void TransferQueue::Private::setState(Entry &entry, State state)
{
    const quint64 id = entry.transfer.id;
    const QModelIndex index = q->index(static_cast<int>(&entry - entries.constData()));
    const bool ends =
        state == State::Done || state == State::Skipped || state == State::Failed || state == State::Cancelled;
    const bool asks = state == State::Asking;
    entry.state = state;
    entry.rate = 0;
    if (state == State::Waiting || state == State::Running || state == State::Done || state == State::Cancelled)
        entry.error = {};
    if (!asks)
        entry.conflict.reset();
    emit q->dataChanged(index, index);
    store.saveSoon();
    updateBusy();
    if (asks) // what listens may change the rows
        emit q->asked(id);
    if (ends)
        emit q->finished(id);
}

void TransferQueue::Private::move(quint64 id, qsizetype before)
{
    const qsizetype row = rowOf(id);
    if (row < 0 || before < 0 || before > entries.size() || before == row || before == row + 1)
        return;
    q->beginMoveRows({}, static_cast<int>(row), static_cast<int>(row), {}, static_cast<int>(before));
    entries.move(row, before > row ? before - 1 : before);
    q->endMoveRows();
    store.saveSoon();
}

QueueContents TransferQueue::Private::contents() const
{
    QueueContents all{entries, leftovers};
    for (const auto &[server, lane] : lanes) {
        for (const auto &[id, run] : lane.runs) {
            const std::scoped_lock lock(run.kept->mutex);
            if (const qsizetype row = rowOf(id); row >= 0)
                all.entries[row].part = run.kept->part;
        }
    }
    return all;
}

// Several programs may have left theirs, and one that was killed may have left a row twice.
void TransferQueue::Private::load()
{
    QSet<QByteArray> parts;
    QList<QueueContents> all = store.takeOver();
    for (QueueContents &found : all) {
        QHash<quint64, quint64> ids;
        const quint64 batches = lastBatch;
        for (Entry &entry : found.entries) {
            if (parts.contains(entry.part.name) || entries.size() >= MaximumEntries)
                continue;
            parts += entry.part.name;
            Transfer &transfer = entry.transfer;
            ids[transfer.id] = ++lastId;
            transfer.id = lastId;
            transfer.folder = ids.value(transfer.folder);
            transfer.batch += batches;
            lastBatch = qMax(lastBatch, transfer.batch);
            entries += std::move(entry);
        }
        leftovers += found.leftovers;
    }
    if (!all.isEmpty())
        store.saveSoon();
}

void TransferQueue::Private::unfold(quint64 folder, const QList<Outcome::Found> &found)
{
    const qsizetype row = rowOf(folder);
    if (row < 0)
        return;
    const Transfer parent = entries[row].transfer;
    QList<Entry> files;
    for (const Outcome::Found &file :
         found.first(qBound(qsizetype{0}, MaximumEntries - entries.size(), found.size()))) {
        Entry entry{Transfer{parent.way, parent.server, file.local, file.remote, parent.answer, ++lastId, folder,
                             parent.batch}};
        entry.part.name = server::newPartName(
            parent.way == Way::Up ? file.remote.fileName() : QFile::encodeName(QFileInfo(file.local).fileName()));
        entry.total = file.size;
        files += entry;
    }
    insert(row + 1, files);
}

} // namespace handover::transfer

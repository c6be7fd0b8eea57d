// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/transferqueue.h"

#include "models/transfer/transferqueueprivate.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::transfer {

TransferQueue::TransferQueue(Links links, const QString &directory, QObject *parent)
    : QAbstractListModel(parent)
    , d(std::make_unique<Private>(this, std::move(links), directory))
{
}

TransferQueue::~TransferQueue()
{
    if (d->isBusy())
        d->store.saveSoon(); // what arrived up to the end
}

int TransferQueue::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(d->entries.size());
}

QVariant TransferQueue::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = d->entries.at(index.row());
    const Transfer &transfer = entry.transfer;
    switch (role) {
    case Qt::DisplayRole:
        return transfer.way == Way::Up ? QFileInfo(transfer.local).fileName()
                                       : server::shownName(transfer.remote.fileName());
    case IdRole:
        return transfer.id;
    case WayRole:
        return static_cast<int>(transfer.way);
    case ServerRole:
        return transfer.server;
    case LocalRole:
        return transfer.local;
    case RemoteRole:
        return server::shownName(transfer.remote.bytes());
    case IsFolderRole:
        return entry.isFolder;
    case StateRole:
        return static_cast<int>(entry.state);
    case DoneRole:
        return entry.done;
    case TotalRole:
        return entry.total;
    case RateRole:
        return entry.rate;
    case TimeLeftRole:
        return entry.rate > 0 && entry.total >= entry.done ? (entry.total - entry.done) * 1000 / entry.rate
                                                           : qint64{-1};
    case WordsRole:
        return wordsOf(entry, d->lane(transfer.server).retry.remainingTime());
    case ErrorCodeRole:
        return entry.error.code;
    case HintRole:
        return entry.error.hint;
    case DetailRole:
        return entry.error.detail;
    default:
        return {};
    }
}

QHash<int, QByteArray> TransferQueue::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    const auto roles = QMetaEnum::fromType<Role>();
    for (int i = 0; i < roles.keyCount(); ++i) {
        QByteArray name(roles.key(i));
        name[0] = static_cast<char>(name[0] - 'A' + 'a');
        names[roles.value(i)] = name.chopped(4); // without "Role"
    }
    return names;
}

QModelIndex TransferQueue::indexOf(quint64 id) const
{
    const qsizetype row = d->rowOf(id);
    return row < 0 ? QModelIndex() : index(static_cast<int>(row));
}

QList<quint64> TransferQueue::add(QList<Transfer> transfers)
{
    QList<Entry> fresh;
    QList<quint64> ids;
    ++d->lastBatch;
    for (Transfer &transfer : transfers) {
        if (d->entries.size() + fresh.size() >= MaximumEntries)
            break;
        transfer.id = ++d->lastId;
        transfer.folder = 0;
        transfer.batch = d->lastBatch;
        Entry entry{transfer};
        entry.part.name = server::newPartName(transfer.remote.fileName());
        entry.total = transfer.size;
        fresh += entry;
        ids += transfer.id;
    }
    d->insert(d->entries.size(), fresh);
    d->updateBusy();
    // What is not yet written down could leave a part behind that nobody knows of.
    d->store.saveNow([this] { d->schedule(); });
    return ids;
}

void TransferQueue::pause(quint64 id)
{
    Entry *entry = d->find(id);
    if (!entry)
        return;
    if (entry->state == State::Running) {
        d->lane(entry->transfer.server).end(id, Run::Wish::Pause);
    } else if (entry->state == State::Waiting || entry->state == State::Retrying) {
        d->leaveBreak(*entry);
        entry->pausedBy = Entry::PausedBy::Person;
        d->setState(*entry, State::Paused);
        d->schedule();
    }
}

void TransferQueue::resume(quint64 id)
{
    Entry *entry = d->find(id);
    if (!entry || entry->state != State::Paused)
        return;
    d->lane(entry->transfer.server).isStopped = false;
    d->wait(*entry);
}

void TransferQueue::cancel(quint64 id)
{
    for (qsizetype row = 0; row < d->entries.size(); ++row) {
        Entry &entry = d->entries[row];
        if ((entry.transfer.id != id && entry.transfer.folder != id) || entry.isFinished())
            continue;
        if (entry.state == State::Running) {
            d->lane(entry.transfer.server).end(entry.transfer.id, Run::Wish::Cancel);
            continue;
        }
        d->leaveBreak(entry);
        d->cancel(entry);
    }
}

void TransferQueue::retry(quint64 id)
{
    Entry *entry = d->find(id);
    if (!entry)
        return;
    Lane &lane = d->lane(entry->transfer.server);
    switch (entry->state) {
    case State::Retrying:
        lane.breaks = 0;
        lane.isStopped = false;
        d->endBreak(entry->transfer.server);
        return;
    case State::Skipped:
        entry->transfer.answer = Answer::Ask;
        break;
    case State::Failed:
    case State::Cancelled:
        break;
    default:
        return;
    }
    lane.isStopped = false;
    d->wait(*entry);
}

void TransferQueue::moveUp(quint64 id)
{
    if (const qsizetype row = d->rowOf(id); row > 0)
        d->move(id, row - 1);
}

void TransferQueue::moveDown(quint64 id)
{
    if (const qsizetype row = d->rowOf(id); row >= 0)
        d->move(id, row + 2);
}

void TransferQueue::moveToTop(quint64 id) { d->move(id, 0); }

void TransferQueue::pauseAll()
{
    for (qsizetype row = 0; row < d->entries.size(); ++row)
        pause(d->entries.at(row).transfer.id);
}

void TransferQueue::resumeAll()
{
    for (qsizetype row = 0; row < d->entries.size(); ++row)
        resume(d->entries.at(row).transfer.id);
}

void TransferQueue::removeFinished()
{
    for (qsizetype last = d->entries.size() - 1; last >= 0; --last) {
        if (!d->entries.at(last).isFinished())
            continue;
        qsizetype first = last;
        while (first > 0 && d->entries.at(first - 1).isFinished())
            --first;
        beginRemoveRows({}, static_cast<int>(first), static_cast<int>(last));
        d->entries.remove(first, last - first + 1);
        endRemoveRows();
        last = first;
    }
    d->store.saveSoon();
}

std::optional<Conflict> TransferQueue::conflict(quint64 id) const
{
    const Entry *entry = d->find(id);
    return entry ? entry->conflict : std::nullopt;
}

void TransferQueue::answer(quint64 id, Answer answer, bool forAll)
{
    const Entry *asked = d->find(id);
    if (!asked || asked->state != State::Asking || answer == Answer::Ask)
        return;
    const quint64 batch = asked->transfer.batch;
    for (qsizetype row = 0; row < d->entries.size(); ++row) {
        Entry &entry = d->entries[row];
        if (entry.isFinished() || (entry.transfer.id != id && (!forAll || entry.transfer.batch != batch)))
            continue;
        entry.transfer.answer = answer;
        if (entry.state != State::Asking)
            continue;
        if (answer == Answer::Skip) {
            d->drop(entry);
            d->setState(entry, State::Skipped);
        } else {
            d->wait(entry);
        }
    }
    d->store.saveSoon();
    d->schedule();
}

void TransferQueue::connected(const QString &server)
{
    Lane &lane = d->lane(server);
    lane.isStopped = false;
    lane.staysUnclean = false;
    lane.breaks = 0;
    for (qsizetype row = 0; row < d->entries.size(); ++row) {
        Entry &entry = d->entries[row];
        if (entry.transfer.server == server && entry.state == State::Paused && entry.pausedBy != Entry::PausedBy::Person)
            d->setState(entry, State::Waiting);
    }
    d->endBreak(server);
}

bool TransferQueue::isBusy() const { return d->isBusy(); }

State stateOf(const QModelIndex &index) { return static_cast<State>(index.data(TransferQueue::StateRole).toInt()); }

} // namespace handover::transfer

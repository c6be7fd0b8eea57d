// SPDX-License-Identifier: GPL-3.0-or-later
// What of the queue runs, and what comes of it.
#include "models/transfer/transferqueueprivate.h"

#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace handover::transfer {

namespace {

constexpr std::array<int, 5> Pauses{2000, 5000, 15'000, 30'000, 60'000}; // milliseconds before the next attempt

} // namespace

Lane &TransferQueue::Private::lane(const QString &server)
{
    const auto [at, isFresh] = lanes.try_emplace(server);
    if (isFresh) {
        QTimer &retry = at->second.retry;
        retry.setSingleShot(true);
        QObject::connect(&retry, &QTimer::timeout, q, [this, server] {
            for (Entry &entry : entries) {
                if (entry.state == State::Retrying && entry.transfer.server == server)
                    setState(entry, State::Waiting);
            }
            schedule();
        });
    }
    return at->second;
}

void TransferQueue::Private::schedule()
{
    if (!std::exchange(isScheduled, true))
        QMetaObject::invokeMethod(
            q, [this] { startWaiting(); }, Qt::QueuedConnection);
}

void TransferQueue::Private::startWaiting()
{
    isScheduled = false;
    QMap<QString, quint64> next; // of each server, its first; 0: only leftovers
    for (const Entry &entry : std::as_const(entries)) {
        if (entry.state == State::Waiting && !next.contains(entry.transfer.server))
            next[entry.transfer.server] = entry.transfer.id;
    }
    for (const Leftover &leftover : std::as_const(leftovers)) {
        if (!next.contains(leftover.server) && !lane(leftover.server).staysUnclean)
            next[leftover.server] = 0;
    }
    for (const auto &[server, id] : next.asKeyValueRange()) {
        Entry *entry = find(id);
        if (lane(server).isFree() && (entry || id == 0))
            start(server, entry);
    }
}

void TransferQueue::Private::start(const QString &server, Entry *entry)
{
    const std::shared_ptr<server::ServerLink> link = links(server);
    Lane &place = lane(server);
    if (!link) {
        place.staysUnclean = true;
        if (entry) {
            entry->error = failure(u"transfer.no-server"_s, u"There is no server named %1 any more."_s.arg(server),
                                   u"Add it again, then retry; or cancel."_s)
                               .error();
            setState(*entry, State::Failed);
            schedule();
        }
        return;
    }
    auto kept = std::make_shared<KeptPart>();
    std::optional<Task> task;
    QString title = u"Cleaning up on %1"_s.arg(server);
    if (entry) {
        title = QFileInfo(entry->transfer.local).fileName();
        kept->part = entry->part;
        task = Task{entry->transfer, entry->part, [kept](const server::Part &part) {
                        const std::scoped_lock lock(kept->mutex);
                        kept->part = part;
                    }};
    }
    place.cleaning.clear();
    std::ranges::copy_if(leftovers, std::back_inserter(place.cleaning),
                         [&](const Leftover &leftover) { return leftover.server == server; });
    place.id = entry ? entry->transfer.id : 0;
    place.wish = Lane::Wish::None;
    place.kept = kept;
    place.meter = {};
    place.before = kept->part.arrived.bytes();
    const auto work = [link, task, kept, leftovers = place.cleaning](const JobContext &context) {
        return link->use<Outcome>(context, [&](server::Session &session) -> Result<Outcome> {
            if (auto clean = removeLeftovers(session, leftovers, context); !clean)
                return std::unexpected(clean.error());
            {
                const std::scoped_lock lock(kept->mutex);
                kept->isClean = true;
            }
            return task ? carry(session, *task, context) : Outcome();
        });
    };
    place.job =
        jobs.start<Outcome>(title, work, q, [this, server](const Result<Outcome> &result) { ended(server, result); });
    QObject::connect(place.job, &Job::changed, q, [this, server] { follow(server); });
    if (entry) {
        entry->words.clear();
        setState(*entry, State::Running);
    }
}

void TransferQueue::Private::follow(const QString &server)
{
    Lane &place = lane(server);
    Entry *entry = place.id != 0 ? find(place.id) : nullptr;
    if (!entry || !place.job || entry->state != State::Running)
        return;
    const Progress &progress = place.job->progress();
    entry->words = progress.what;
    if (progress.bytes) {
        place.meter.add(clock.elapsed(), progress.done);
        entry->done = progress.done;
        entry->total = progress.total;
        entry->rate = place.meter.rate();
    }
    changed(place.id, {DoneRole, TotalRole, RateRole, TimeLeftRole, WordsRole});
}

void TransferQueue::Private::ended(const QString &server, const Result<Outcome> &result)
{
    Lane &place = lane(server);
    place.job = nullptr;
    const auto kept = std::exchange(place.kept, nullptr);
    if (kept->isClean) {
        const auto isGone = [&](const Leftover &leftover) {
            return leftover.server == server && std::ranges::contains(place.cleaning, leftover.path, &Leftover::path);
        };
        leftovers.removeIf(isGone);
        store.saveSoon();
    }
    place.staysUnclean = !kept->isClean;
    Entry *entry = find(std::exchange(place.id, 0));
    if (entry) {
        entry->part = kept->part;
        const Lane::Wish wish = std::exchange(place.wish, Lane::Wish::None);
        if (result)
            take(*entry, wish, *result);
        else
            fail(*entry, wish, result.error());
    }
    schedule();
    updateBusy();
}

void TransferQueue::Private::take(Entry &entry, Lane::Wish wish, const Outcome &outcome)
{
    lane(entry.transfer.server).breaks = 0;
    switch (outcome.kind) {
    case Outcome::Kind::Done:
        entry.transfer.local = outcome.local;
        if (const auto remote = server::RemotePath::parse(outcome.remote))
            entry.transfer.remote = *remote;
        entry.words = outcome.words;
        entry.done = entry.total = outcome.bytes;
        entry.part = {server::newPartName(entry.transfer.remote.fileName())};
        setState(entry, State::Done);
        break;
    case Outcome::Kind::Asks:
        if (wish == Lane::Wish::Cancel) {
            cancel(entry);
        } else if (entry.transfer.answer != Answer::Ask) { // answered "for all" meanwhile
            wait(entry);
        } else {
            entry.conflict = outcome.conflict;
            setState(entry, State::Asking);
        }
        break;
    case Outcome::Kind::Skipped:
        drop(entry);
        setState(entry, State::Skipped);
        break;
    case Outcome::Kind::Folder:
        entry.isFolder = true;
        entry.words = outcome.words;
        entry.done = entry.total = outcome.found.size();
        if (wish == Lane::Wish::Cancel) {
            cancel(entry);
            break;
        }
        const quint64 id = entry.transfer.id;
        unfold(id, outcome.found);
        setState(*find(id), State::Done);
        break;
    }
}

void TransferQueue::Private::fail(Entry &entry, Lane::Wish wish, const Error &error)
{
    if (wish == Lane::Wish::Cancel) {
        cancel(entry);
    } else if (wish == Lane::Wish::Pause) {
        entry.pausedBy = Entry::PausedBy::Person;
        setState(entry, State::Paused);
    } else if (mayPass(error)) {
        tryAgain(entry, error);
    } else if (asksPerson(error)) {
        stopServer(entry, error);
    } else {
        entry.error = error;
        setState(entry, State::Failed);
    }
}

void TransferQueue::Private::tryAgain(Entry &entry, const Error &error)
{
    Lane &place = lane(entry.transfer.server);
    if (entry.part.arrived.bytes() > place.before)
        place.breaks = 0;
    const auto pause = static_cast<size_t>(qMin(place.breaks, static_cast<int>(Pauses.size()) - 1));
    ++place.breaks;
    place.retry.start(Pauses[pause]);
    entry.error = error;
    setState(entry, State::Retrying);
}

// Others would ask, and fail, the same way; some servers lock an account after a few wrong passwords.
void TransferQueue::Private::stopServer(Entry &entry, const Error &error)
{
    const QString server = entry.transfer.server;
    lane(server).isStopped = true;
    const quint64 id = entry.transfer.id;
    for (Entry &other : entries) {
        if (other.transfer.server != server || (other.state != State::Waiting && other.transfer.id != id))
            continue;
        other.pausedBy = Entry::PausedBy::Server;
        other.error = error;
        setState(other, State::Paused);
    }
    emit q->stopped(server, error);
}

void TransferQueue::Private::wait(Entry &entry)
{
    setState(entry, State::Waiting);
    schedule();
}

void TransferQueue::Private::cancel(Entry &entry)
{
    drop(entry);
    entry.done = 0;
    setState(entry, State::Cancelled);
    schedule(); // somebody must clean up
}

void TransferQueue::Private::drop(Entry &entry)
{
    const QByteArray path = entry.part.directory + '/' + entry.part.name;
    const Transfer &transfer = entry.transfer;
    if (entry.part.isBegun() && transfer.way == Way::Up) {
        if (const auto part = server::RemotePath::parse(path))
            leftovers += {transfer.server, *part};
    } else if (entry.part.isBegun()) {
        const auto remove = [path](const JobContext &) -> Result<bool> { return QFile::remove(QFile::decodeName(path)); };
        jobs.start<bool>(u"Cleaning up"_s, remove, nullptr, {});
    }
    entry.part = {server::newPartName(transfer.remote.fileName())};
}

void TransferQueue::Private::tick()
{
    for (const Entry &entry : std::as_const(entries)) {
        if (entry.state == State::Running)
            store.saveSoon(); // what has arrived meanwhile
        else if (entry.state == State::Retrying)
            changed(entry.transfer.id, {WordsRole});
    }
}

bool TransferQueue::Private::isBusy() const
{
    return std::ranges::any_of(entries, [](const Entry &entry) {
        return entry.state == State::Waiting || entry.state == State::Running || entry.state == State::Retrying;
    });
}

// Once for many rows.
void TransferQueue::Private::updateBusy()
{
    if (std::exchange(isUpdating, true))
        return;
    QMetaObject::invokeMethod(
        q,
        [this] {
            isUpdating = false;
            const bool busy = isBusy();
            if (busy == wasBusy)
                return;
            wasBusy = busy;
            busy ? ticking.start() : ticking.stop();
            emit q->busyChanged();
        },
        Qt::QueuedConnection);
}

} // namespace handover::transfer

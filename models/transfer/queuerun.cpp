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

// A small file takes the time of several ways there and back. To a near server that is less than what further
// connections take.
constexpr qint64 SmallFile = 1024 * 1024;
constexpr qint64 FarMs = 20;
constexpr std::array<int, 5> Pauses{2000, 5000, 15'000, 30'000, 60'000}; // milliseconds before the next attempt

} // namespace

bool Lane::hasRoom(bool isSmall, int most) const
{
    if (isStopped || retry.isActive() || std::ssize(runs) >= most)
        return false;
    return runs.empty() || (isFar && isSmall && std::ranges::all_of(runs, [](const auto &run) { return run.second.isSmall; }));
}

void Lane::end(quint64 id, Run::Wish wish)
{
    const auto run = runs.find(id);
    if (run == runs.end())
        return;
    run->second.wish = wish;
    run->second.job->cancel();
}

Lane &TransferQueue::Private::lane(const QString &server)
{
    const auto [at, isFresh] = lanes.try_emplace(server);
    if (isFresh) {
        QTimer &retry = at->second.retry;
        retry.setSingleShot(true);
        QObject::connect(&retry, &QTimer::timeout, q, [this, server] { endBreak(server); });
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
    QSet<QString> full; // servers whose next has to wait
    for (qsizetype row = 0; row < entries.size(); ++row) { // which may change
        const Entry &entry = std::as_const(entries)[row];
        const QString server = entry.transfer.server;
        if (entry.state == State::Waiting && !full.contains(server) && !start(server, &entries[row]))
            full += server;
    }
    QSet<QString> unclean;
    for (const Leftover &leftover : std::as_const(leftovers))
        unclean += leftover.server;
    for (const QString &server : std::as_const(unclean)) {
        if (!full.contains(server) && !lane(server).staysUnclean)
            (void)start(server, nullptr);
    }
}

bool TransferQueue::Private::start(const QString &server, Entry *entry)
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
        }
        return true;
    }
    const bool isSmall = entry && !entry->isFolder && entry->total >= 0 && entry->total <= SmallFile;
    if (!place.hasRoom(isSmall, link->most()))
        return false;
    const quint64 id = entry ? entry->transfer.id : 0;
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
    QList<Leftover> cleaning;
    if (place.runs.empty()) // once
        std::ranges::copy_if(leftovers, std::back_inserter(cleaning),
                             [&](const Leftover &leftover) { return leftover.server == server; });
    const auto work = [link, task, kept, cleaning](const JobContext &context) {
        return link->use<Outcome>(context, [&](server::Session &session) -> Result<Outcome> {
            if (auto clean = removeLeftovers(session, cleaning, context); !clean)
                return std::unexpected(clean.error());
            {
                const std::scoped_lock lock(kept->mutex);
                kept->isClean = true;
            }
            if (!task)
                return Outcome();
            QElapsedTimer carrying;
            carrying.start();
            auto outcome = carry(session, *task, context);
            const std::scoped_lock lock(kept->mutex);
            kept->took = carrying.elapsed();
            return outcome;
        });
    };
    Job *const job = jobs.start<Outcome>(title, work, q,
                                         [this, server, id](const Result<Outcome> &result) { ended(server, id, result); });
    place.runs[id] = {job, Run::Wish::None, kept, {}, kept->part.arrived.bytes(), cleaning, isSmall};
    QObject::connect(job, &Job::changed, q, [this, server, id] { follow(server, id); });
    if (entry) {
        entry->words.clear();
        setState(*entry, State::Running);
    }
    return true;
}

void TransferQueue::Private::follow(const QString &server, quint64 id)
{
    const auto run = lane(server).runs.find(id);
    Entry *entry = id != 0 ? find(id) : nullptr;
    if (!entry || run == lane(server).runs.end() || entry->state != State::Running)
        return;
    const Progress &progress = run->second.job->progress();
    entry->words = progress.what;
    if (progress.bytes) {
        RateMeter &meter = run->second.meter;
        meter.add(clock.elapsed(), progress.done);
        entry->done = progress.done;
        entry->total = progress.total;
        entry->rate = meter.rate();
    }
    changed(id, {DoneRole, TotalRole, RateRole, TimeLeftRole, WordsRole});
}

void TransferQueue::Private::ended(const QString &server, quint64 id, const Result<Outcome> &result)
{
    Lane &place = lane(server);
    const Run run = std::move(place.runs.extract(id).mapped());
    if (run.kept->isClean) {
        const auto isGone = [&](const Leftover &leftover) {
            return leftover.server == server && std::ranges::contains(run.cleaning, leftover.path, &Leftover::path);
        };
        leftovers.removeIf(isGone);
        store.saveSoon();
    }
    if (run.kept->isClean || run.wish == Run::Wish::None) // else it may have been ended before it got there
        place.staysUnclean = !run.kept->isClean;
    if (run.isSmall && result)
        place.isFar = run.kept->took >= FarMs;
    if (Entry *entry = find(id)) {
        entry->part = run.kept->part;
        if (result)
            take(*entry, run.wish, *result);
        else
            fail(*entry, run, result.error());
    }
    schedule();
    updateBusy();
}

void TransferQueue::Private::take(Entry &entry, Run::Wish wish, const Outcome &outcome)
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
        if (wish == Run::Wish::Cancel) {
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
        if (wish == Run::Wish::Cancel) {
            cancel(entry);
            break;
        }
        const quint64 id = entry.transfer.id;
        unfold(id, outcome.found);
        setState(*find(id), State::Done);
        break;
    }
}

void TransferQueue::Private::fail(Entry &entry, const Run &run, const Error &error)
{
    if (run.wish == Run::Wish::Cancel) {
        cancel(entry);
    } else if (run.wish == Run::Wish::Pause) {
        entry.pausedBy = Entry::PausedBy::Person;
        setState(entry, State::Paused);
    } else if (mayPass(error)) {
        tryAgain(entry, run, error);
    } else if (asksPerson(error)) {
        stopServer(entry, error);
    } else {
        entry.error = error;
        setState(entry, State::Failed);
    }
}

void TransferQueue::Private::tryAgain(Entry &entry, const Run &run, const Error &error)
{
    Lane &place = lane(entry.transfer.server);
    if (entry.part.arrived.bytes() > run.before)
        place.breaks = 0;
    if (!place.retry.isActive()) { // else others broke with it
        const auto pause = static_cast<size_t>(qMin(place.breaks, static_cast<int>(Pauses.size()) - 1));
        ++place.breaks;
        place.retry.start(Pauses[pause]);
    }
    entry.error = error;
    setState(entry, State::Retrying);
}

void TransferQueue::Private::endBreak(const QString &server)
{
    lane(server).retry.stop();
    for (qsizetype row = 0; row < entries.size(); ++row) {
        const Entry &entry = std::as_const(entries)[row];
        if (entry.state == State::Retrying && entry.transfer.server == server)
            setState(entries[row], State::Waiting);
    }
    schedule();
}

void TransferQueue::Private::leaveBreak(Entry &entry)
{
    const auto isOther = [&](const Entry &other) {
        return other.state == State::Retrying && other.transfer.server == entry.transfer.server &&
               other.transfer.id != entry.transfer.id;
    };
    if (entry.state == State::Retrying && std::ranges::none_of(entries, isOther))
        lane(entry.transfer.server).retry.stop();
}

// Others would ask, and fail, the same way; some servers lock an account after a few wrong passwords.
void TransferQueue::Private::stopServer(Entry &entry, const Error &error)
{
    const QString server = entry.transfer.server;
    Lane &place = lane(server);
    const bool isKnown = std::exchange(place.isStopped, true);
    place.retry.stop();
    const quint64 id = entry.transfer.id;
    for (Entry &other : entries) {
        const bool waits = other.state == State::Waiting || other.state == State::Retrying;
        if (other.transfer.server != server || (!waits && other.transfer.id != id))
            continue;
        other.pausedBy = Entry::PausedBy::Server;
        other.error = error;
        setState(other, State::Paused);
    }
    if (!isKnown) // else by one that ran beside this
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

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/jobqueue.h"
#include "models/transfer/carrying.h"
#include "models/transfer/queuestore.h"
#include "models/transfer/ratemeter.h"
#include "models/transfer/transferqueue.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

#include <map>
#include <mutex>

namespace handover::transfer {

/// What the thread of a transfer says of its part while it goes on.
struct KeptPart
{
    std::mutex mutex;
    server::Part part;
    bool isClean = false; ///< the leftovers on the server are gone
    qint64 took = 0;      ///< milliseconds, without connecting
};

/// What is being carried, or leftovers being removed.
struct Run
{
    enum class Wish { None, Pause, Cancel };

    Job *job = nullptr;
    Wish wish = Wish::None;
    std::shared_ptr<KeptPart> kept;
    RateMeter meter;
    qint64 before = 0; ///< bytes that had arrived when this attempt began
    QList<Leftover> cleaning;
    bool isSmall = false; ///< others may run beside it
};

/// A server's place in the queue.
struct Lane
{
    std::map<quint64, Run> runs; ///< by what they carry; 0: only leftovers are removed
    QTimer retry;                ///< while it runs, nothing is begun
    int breaks = 0;              ///< in a row, without a byte between them
    bool isFar = false;          ///< a small file takes so long that several at once are faster
    bool isStopped = false;      ///< until somebody answered what connecting asks
    bool staysUnclean = false;   ///< it could not be reached for that

    /// Small files run beside each other, anything else alone.
    [[nodiscard]] bool hasRoom(bool isSmall, int most) const;
    void end(quint64 id, Run::Wish wish); ///< if it runs
};

struct TransferQueue::Private
{
    Private(TransferQueue *queue, Links connections, const QString &directory);

    // Rows.
    [[nodiscard]] qsizetype rowOf(quint64 id) const;
    [[nodiscard]] Entry *find(quint64 id);
    void insert(qsizetype row, const QList<Entry> &fresh);
    void changed(quint64 id, const QList<int> &roles = {});
    void setState(Entry &entry, State state); ///< the only way a row's state changes
    void move(quint64 id, qsizetype before);
    [[nodiscard]] QueueContents contents() const;
    void load();

    // Running.
    [[nodiscard]] Lane &lane(const QString &server);
    void schedule();
    void startWaiting();
    [[nodiscard]] bool start(const QString &server, Entry *entry); ///< null: what is left over is removed
    void ended(const QString &server, quint64 id, const Result<Outcome> &result);
    void take(Entry &entry, Run::Wish wish, const Outcome &outcome);
    void fail(Entry &entry, const Run &run, const Error &error);
    void tryAgain(Entry &entry, const Run &run, const Error &error);
    void endBreak(const QString &server); ///< what was to be tried again later waits for its turn
    void leaveBreak(Entry &entry);        ///< before it gets another state
    void stopServer(Entry &entry, const Error &error);
    void follow(const QString &server, quint64 id);
    void tick();
    void unfold(quint64 folder, const QList<Outcome::Found> &found);
    void drop(Entry &entry); ///< what has arrived of it
    void cancel(Entry &entry);
    void wait(Entry &entry); ///< for its turn
    [[nodiscard]] bool isBusy() const;
    void updateBusy();

    TransferQueue *q;
    Links links;
    QList<Entry> entries;
    QList<Leftover> leftovers;
    std::map<QString, Lane> lanes;
    quint64 lastId = 0;
    quint64 lastBatch = 0;
    QElapsedTimer clock;
    QTimer ticking;
    bool isScheduled = false;
    bool wasBusy = false;
    bool isUpdating = false;
    QueueStore store;
    JobQueue jobs; ///< last: they end first
};

/// A row's state in a sentence. `milliseconds`: until it is tried again.
[[nodiscard]] QString wordsOf(const Entry &entry, int milliseconds);
/// A connection that broke, or can't be had now: trying again may help.
[[nodiscard]] bool mayPass(const Error &error);
/// Connecting needs a person's answer.
[[nodiscard]] bool asksPerson(const Error &error);

} // namespace handover::transfer

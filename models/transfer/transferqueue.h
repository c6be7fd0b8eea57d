// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/server/serverlink.h"
#include "models/transfer/transfer.h"

#include <QAbstractListModel>
#include <QList>

#include <functional>
#include <memory>
#include <optional>

namespace handover::transfer {

/// Files and folders on their way between here and servers, in the order in which they are carried: one at a time for
/// each server, of small files to a distant one as many as its connection has sessions; several servers at once. Lives in the window's thread and never blocks it. What is here is kept in a
/// file over a restart or a crash, without any secret.
///
/// A file arrives under a temporary name beside its target, which keeps its old contents until the SHA-256 of both ends
/// was compared. A transfer that is paused or cut goes on from where it was; one whose source changed meanwhile, or
/// whose check sum is wrong in the end, starts anew and says so. A folder makes rows of its own for the files in it;
/// links in it are left out and counted, names that can't be a file's here or lead elsewhere are refused.
class TransferQueue final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< quint64; the display role is the file's name
        WayRole,                   ///< int of Way
        ServerRole,
        LocalRole,     ///< QString
        RemoteRole,    ///< QString
        IsFolderRole,  ///< bool; a folder's row counts the files found in it
        StateRole,     ///< int of State
        DoneRole,      ///< qint64: bytes that have arrived
        TotalRole,     ///< qint64: bytes; -1 when not known yet
        RateRole,      ///< qint64: bytes a second; 0 when not known
        TimeLeftRole,  ///< qint64: milliseconds; -1 when not known
        WordsRole,     ///< what is going on or came of it, in a sentence
        ErrorCodeRole, ///< QString, empty without an error: as Error's, and so are the two below
        HintRole,
        DetailRole,
    };
    Q_ENUM(Role)

    /// What a connection of the queue's should have: with small files it is the ways there and back that take time.
    static constexpr int SessionsEach = 4;
    /// The connection for a server, by its name; null if there is no such server (any more). A transfer holds it to its
    /// end, so it is one of the queue's own. Called in the queue's thread.
    using Links = std::function<std::shared_ptr<server::ServerLink>(const QString &server)>;

    /// `directory`: where the queue is kept; "transfers" in the state directory if empty. What was on its way at the
    /// end of the last program is Paused until resume() or connected().
    explicit TransferQueue(Links links, const QString &directory = {}, QObject *parent = nullptr);
    ~TransferQueue() override; ///< stops what runs, keeps what arrived

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] QModelIndex indexOf(quint64 id) const; ///< invalid if there is no such row

    /// Puts them at the end, as one batch. Their ids, in order.
    QList<quint64> add(QList<Transfer> transfers);

    /// What makes no sense in a row's state is no error, it does nothing.
    void pause(quint64 id);
    void resume(quint64 id); ///< of Paused
    void cancel(quint64 id); ///< of what is not finished; of a folder with all that was found in it
    void
    retry(quint64 id); ///< of Failed, Cancelled, Skipped (then what stands there is asked about), Retrying (at once)
    void moveUp(quint64 id);
    void moveDown(quint64 id);
    void moveToTop(quint64 id);
    void pauseAll();
    void resumeAll();
    void removeFinished(); ///< Done, Skipped, Cancelled

    /// What an asking row is about; nothing for others.
    [[nodiscard]] std::optional<Conflict> conflict(quint64 id) const;
    /// Answers it; with `forAll` all of its batch that isn't finished.
    void answer(quint64 id, Answer answer, bool forAll);

    /// The server can be reached again (a password was given, a host key accepted, the window connected): what the
    /// end of the program or a question had paused goes on.
    void connected(const QString &server);

    [[nodiscard]] bool isBusy() const; ///< something runs, waits for its turn, or is tried again

signals:
    /// A row asks what to do; conflict() says why.
    void asked(quint64 id);
    /// Connecting asks something that only a person knows, or must not go on: server.password-needed,
    /// server.authentication, server.host-key-unknown, server.host-key-changed, server.passphrase-needed… The
    /// server's transfers are Paused until connected().
    void stopped(const QString &server, const handover::Error &error);
    /// A row has come to Done, Skipped, Failed or Cancelled.
    void finished(quint64 id);
    void busyChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// StateRole of a row.
[[nodiscard]] State stateOf(const QModelIndex &index);

} // namespace handover::transfer

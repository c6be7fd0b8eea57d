// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/jobs/jobcontext.h"
#include "models/server/address.h"
#include "models/server/part.h"
#include "models/server/remotefiles.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace handover::server {

/// What is known or was asked before connecting. Nothing is asked while a session runs: where an
/// answer is missing, connecting fails with a code, and is tried again with the answer.
struct ConnectOptions
{
    QByteArray acceptedHostKey; ///< "SHA256:…" that the user accepted for this host; then remembered
    QString password;           ///< for password and keyboard-interactive; empty: none. Never logged.
    QString passphrase;         ///< of a key file
    QString identityFile;       ///< tried before the agent and those of ssh_config
    QString knownHostsFile;     ///< instead of the user's; for the local server and tests
    QString configFile;      ///< instead of ~/.ssh/config; "none": nothing of the user's, nor agent nor keys
    int timeoutSeconds = 20; ///< for connecting and for each blocking read
    QString runAs{};         ///< as Session::actAs()
};

struct ExecOutcome
{
    int exitStatus = 0; ///< 255 when a signal ended it
    QByteArray signal;  ///< "KILL", "SEGV"…, without SIG; empty when it ended by itself
    QByteArray output;
    QByteArray errorOutput;
};

/// A program on a server that ends when this does; its end is waited for, at most two seconds.
class Hold
{
public:
    struct Private;
    explicit Hold(std::unique_ptr<Private> d);
    Hold(Hold &&) noexcept;
    Hold &operator=(Hold &&) noexcept;
    ~Hold();

private:
    std::unique_ptr<Private> d;
};

struct Held
{
    std::optional<Hold> hold; ///< nothing: the program ended
    ExecOutcome outcome;      ///< of that; or the line it began with
};

/// A connection to a server by SSH, with SFTP opened when first needed. Move-only; belongs to one
/// thread at a time; all calls block it. Cancelling the context given to a call cuts the connection
/// at the socket; the session is then dead (isAlive() is false).
///
/// Errors of connect(): server.unreachable, server.host-key-unknown (detail: "SHA256:…"),
/// server.host-key-changed, server.authentication (hint says what was tried), server.password-needed,
/// server.passphrase-needed (a key file of the user's is locked, or stayed so), server.known-hosts (unreadable).
/// Of everything: server.connection-lost, server.timeout; of SFTP besides: server.no-sftp (the server
/// offers none), server.sftp (its own words in the detail), server.hostile-answer (it sent without end; see AnswerGuard).
class Session
{
public:
    [[nodiscard]] static Result<Session> connect(const Address &address, const ConnectOptions &options,
                                                 const JobContext &context);
    Session(Session &&) noexcept;
    Session &operator=(Session &&) noexcept;
    ~Session();

    [[nodiscard]] const Address &address() const;
    [[nodiscard]] bool isAlive() const;
    /// By what the server let us in, in words: "the password", "the key /home/…".
    [[nodiscard]] QString login() const;
    [[nodiscard]] QByteArray hostKey() const; ///< "SHA256:…"

    /// From here on the release belongs to this user: programs run as that one through sudo, and so does an SFTP server
    /// of the machine's own for everything about files. Where none is found an upload is copied by that one from a
    /// folder of who logged in, and what SFTP may not see is looked at by that one. Empty: as who logged in. Further errors of all that: server.sudo-password (the hint has the line that sudoers lacks),
    /// server.sudo-missing, server.sudo-user, server.sudo.
    void actAs(const QString &user);

    /// Asks the server for a sign of life and waits for it, at most the options' time. Errors: as of everything.
    [[nodiscard]] Result<> keepAlive(const JobContext &context);

    /// Runs a program with its arguments in a directory; each is quoted by server/quoting.h, no
    /// pty. `input` goes to its standard input. A status other than 0 is not an error here.
    /// Output beyond 16 MiB ends it with server.output-too-large; a program that runs longer than
    /// `limitSeconds` (0: none) is left to itself with server.timeout. The session survives both.
    /// A silent program is waited for as long as the server itself still answers.
    [[nodiscard]] Result<ExecOutcome> exec(const RemotePath &directory, const QList<QByteArray> &command,
                                           const JobContext &context, const QByteArray &input = {},
                                           int limitSeconds = 0);

    /// The same for a program that goes on writing: what it writes to its standard output is given to `output` as it
    /// comes, in pieces of any size, from this thread, and is not in the outcome; of what it complains of there is the
    /// end. Without a limit of time or amount: cancel the context, which ends this session, so give it one of its own.
    /// The program there ends when it notices that nobody reads it any more.
    using OutputSink = std::function<void(QByteArrayView)>;
    [[nodiscard]] Result<ExecOutcome> stream(const RemotePath &directory, const QList<QByteArray> &command,
                                             const JobContext &context, const OutputSink &output);

    /// Starts a program that lives as long as what is given back, gives it a line and waits for one of its own, at most
    /// `timeoutSeconds` of the options. It ends with the connection, however that ends: its input does. Belongs to the
    /// session's thread, and goes before the session. If it ends without a line, that is in the outcome, and nothing is held.
    [[nodiscard]] Result<Held> hold(const RemotePath &directory, const QList<QByteArray> &command, const QByteArray &line,
                                    const JobContext &context);

    /// A file's contents by SFTP. Errors: server.file-missing, server.permission, server.file-too-large.
    [[nodiscard]] Result<QByteArray> readFile(const RemotePath &path, const JobContext &context,
                                              qint64 limit = 16 * 1024 * 1024);
    /// Names in a directory, without . and .., sorted by bytes. Errors as entries().
    [[nodiscard]] Result<QList<QByteArray>> list(const RemotePath &directory, const JobContext &context);
    [[nodiscard]] Result<bool> exists(const RemotePath &path, const JobContext &context);
    [[nodiscard]] Result<void> removeFile(const RemotePath &path, const JobContext &context);

    /// What is in a directory, without . and .., sorted by the names' bytes; links are shown as links, and where they
    /// lead is asked for the first MaximumResolved of them. A cancel is noticed between two answers and leaves the
    /// session alive. Errors as readFile(), and server.hostile-name for a name that would lead elsewhere.
    [[nodiscard]] Result<QList<RemoteEntry>> entries(const RemotePath &directory, const JobContext &context);
    static constexpr int MaximumEntries = 100'000;
    static constexpr int MaximumResolved = 500;
    /// What stands at a path itself, a link as a link. Owner and group are numbers here. Errors as readFile().
    [[nodiscard]] Result<RemoteEntry> attributes(const RemotePath &path, const JobContext &context);
    /// Never replaces: server.exists when something has that name already. Files and links are moved without a moment
    /// in which another's new file could be lost; for directories the name is looked at first.
    [[nodiscard]] Result<void> rename(const RemotePath &from, const RemotePath &to, const JobContext &context);
    /// Renames over what is there, at once: server.sftp where the server can't do that.
    [[nodiscard]] Result<void> replace(const RemotePath &from, const RemotePath &to, const JobContext &context);
    /// A new small file with these contents, on the disk when it comes back; removed again if that fails.
    [[nodiscard]] Result<void> createFile(const RemotePath &path, const QByteArray &contents, quint32 mode,
                                          const JobContext &context);
    /// With the rights that the server gives new directories. Errors: server.exists.
    [[nodiscard]] Result<void> makeDirectory(const RemotePath &path, const JobContext &context);
    /// Only an empty one; else server.not-empty.
    [[nodiscard]] Result<void> removeDirectory(const RemotePath &path, const JobContext &context);
    /// These three act on what a link leads to.
    [[nodiscard]] Result<void> setMode(const RemotePath &path, quint32 mode, const JobContext &context);
    [[nodiscard]] Result<void> setOwner(const RemotePath &path, quint32 uid, quint32 gid, const JobContext &context);
    [[nodiscard]] Result<void> setModified(const RemotePath &path, qint64 seconds, const JobContext &context);
    /// Bytes that this user may still write on the disk of `directory`; nothing where the server can't tell.
    [[nodiscard]] Result<std::optional<qint64>> freeSpace(const RemotePath &directory, const JobContext &context);
    /// The path without any link in it, of something that is there.
    [[nodiscard]] Result<RemotePath> canonical(const RemotePath &path, const JobContext &context);
    /// Where SFTP starts: for servers without a known directory.
    [[nodiscard]] Result<RemotePath> home(const JobContext &context);

    /// The SHA-256 of a file in 64 hexadecimal digits, by the server's own sha256sum; empty if there is no such file,
    /// or the server has no sha256sum or runs nothing for this user.
    [[nodiscard]] Result<QByteArray> sha256(const RemotePath &path, const JobContext &context);

    struct Uploaded
    {
        qint64 bytes = 0;
        qint64 milliseconds = 0;
        QByteArray sha256; ///< of the file on the server, as the server computed it; 64 hexadecimal digits
        QString remark{};  ///< what somebody should know of it, in a sentence; empty mostly
    };
    /// Sends a local file: under a temporary name beside `target`, check sum compared on the server
    /// (sha256sum; a small one, or where the server has none, is read back), then renamed over `target`. On
    /// failure or cancel the temporary file is removed if the connection still allows, and `target`
    /// is as it was. Progress counts bytes. Errors: server.disk-full, server.permission,
    /// server.file-missing (the target's directory), server.checksum, server.local-file (unreadable
    /// or changed meanwhile), and the session's.
    [[nodiscard]] Result<Uploaded> upload(const QString &localFile, const RemotePath &target,
                                          const JobContext &context);
    /// The same, going on with what arrived before. On failure or cancel the temporary file stays for the next attempt,
    /// unless its check sum was wrong. It begins anew by itself, once, where the local file changed, the part is gone, or
    /// the sum of what was resumed is wrong in the end. Mode and owner are those of the file it replaces, as far as
    /// this user may, else the mode is the local file's. Errors besides: server.target-exists.
    [[nodiscard]] Result<Uploaded> upload(const QString &localFile, const RemotePath &target,
                                          const Resumption &resumption, const JobContext &context);

    struct Downloaded
    {
        qint64 bytes = 0;
        qint64 milliseconds = 0;
        QByteArray sha256; ///< of what arrived; 64 hexadecimal digits
        bool checked = false; ///< the server computed the same; else it could compute none
        QString remark{};     ///< as Uploaded's
    };
    /// Fetches a file: under a temporary name beside `localFile`, check sum compared with the server's, then renamed
    /// over it; it gets the other's rights (without set-user-id and the like) and time of change. On failure or cancel
    /// `localFile` is as it was. Progress counts bytes. Errors: server.file-missing, server.permission,
    /// server.not-a-file, server.file-changed (it became shorter), server.checksum, server.local-file (no place for it,
    /// or a full disk), and the session's.
    [[nodiscard]] Result<Downloaded> download(const RemotePath &source, const QString &localFile,
                                              const JobContext &context);
    /// The same, going on with what arrived before; as upload() does it. Errors besides: server.target-exists.
    [[nodiscard]] Result<Downloaded> download(const RemotePath &source, const QString &localFile,
                                              const Resumption &resumption, const JobContext &context);

    struct Private; ///< for this room's own files

private:
    explicit Session(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace handover::server

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/answerguard.h"
#include "models/server/cut.h"
#include "models/server/jumphost.h"
#include "models/server/session.h"

#include <QElapsedTimer>

#include <memory>

// libssh's types, declared here because its headers stay in the .cpp files.
struct ssh_session_struct;
struct sftp_session_struct;
struct sftp_file_struct;
struct sftp_attributes_struct;
struct ssh_channel_struct;
struct ssh_key_struct;
struct sftp_dir_struct;
struct sftp_statvfs_struct;

namespace handover::server {

struct SshDeleter
{
    void operator()(ssh_session_struct *session) const noexcept;
};
struct SftpDeleter
{
    void operator()(sftp_session_struct *sftp) const noexcept;
};
struct SftpFileDeleter
{
    void operator()(sftp_file_struct *file) const noexcept;
};
struct SftpAttributesDeleter
{
    void operator()(sftp_attributes_struct *attributes) const noexcept;
};
using SshHandle = std::unique_ptr<ssh_session_struct, SshDeleter>;
using SftpHandle = std::unique_ptr<sftp_session_struct, SftpDeleter>;
using SftpFile = std::unique_ptr<sftp_file_struct, SftpFileDeleter>;
struct ChannelDeleter
{
    void operator()(ssh_channel_struct *channel) const noexcept;
};
using Channel = std::unique_ptr<ssh_channel_struct, ChannelDeleter>;
struct SftpDirectoryDeleter
{
    void operator()(sftp_dir_struct *directory) const noexcept;
};
struct SftpSpaceDeleter
{
    void operator()(sftp_statvfs_struct *space) const noexcept;
};
struct KeyDeleter
{
    void operator()(ssh_key_struct *key) const noexcept;
};
struct StringDeleter
{
    void operator()(char *text) const noexcept;
};
using SftpDirectory = std::unique_ptr<sftp_dir_struct, SftpDirectoryDeleter>;
using SftpSpace = std::unique_ptr<sftp_statvfs_struct, SftpSpaceDeleter>;
using Key = std::unique_ptr<ssh_key_struct, KeyDeleter>;
using ServerString = std::unique_ptr<char, StringDeleter>;
using SftpAttributes = std::unique_ptr<sftp_attributes_struct, SftpAttributesDeleter>;

class Call;

struct Session::Private
{
    [[nodiscard]] static Result<std::unique_ptr<Private>> open(const Address &address, const ConnectOptions &options,
                                                               const JobContext &context);

    Address address;
    ConnectOptions options; // a large file to a distant server goes over more connections
    bool alive = false;
    SessionSocket socket;
    JumpHost jump; // carries the session where there is one
    std::unique_ptr<AnswerGuard> guard; // goes after what it watches
    SshHandle ssh;
    SftpHandle sftp; // goes before the session it runs in
    QByteArray hostKey{};
    QString login{};
    QString sudoWorksFor{}; // asked once
    QString sftpUser{}; // as whom SFTP acts; empty: who logged in

    /// The line of a shell that runs this as who acts.
    [[nodiscard]] Result<QByteArray> commandLine(QByteArrayView directory, const QList<QByteArray> &command,
                                                 const JobContext &context);
    [[nodiscard]] Result<> checkSudo(const JobContext &context);
    /// Whether this failed for who logged in, and there is another to try it.
    [[nodiscard]] bool isForAnother(const Error &error) const;
    [[nodiscard]] Result<QByteArray> readAsAnother(const RemotePath &path, qint64 limit, const JobContext &context);
    [[nodiscard]] Result<QList<QByteArray>> listAsAnother(const RemotePath &directory, const JobContext &context);
    [[nodiscard]] Result<bool> existsForAnother(const RemotePath &path, const JobContext &context);
    [[nodiscard]] Result<> removeAsAnother(const RemotePath &path, const JobContext &context);

    /// What every call asks first: not cancelled, and there is a connection.
    [[nodiscard]] Result<void> ready(const JobContext &context) const;
    /// As who acts, if the server can; else as who logged in.
    [[nodiscard]] Result<void> openSftp(const JobContext &context);
    /// Another channel for SFTP as `sftpUser`; nothing where the server allows none.
    [[nodiscard]] SftpHandle newSftp(Call &call, const JobContext &context);
    [[nodiscard]] Result<RemotePath> canonical(const QByteArray &path, const JobContext &context);
    enum class OnCancel { Cut, Stop };
    /// A channel in which it runs.
    [[nodiscard]] Result<Channel> startProgram(const QByteArray &line, Call &call, const JobContext &context);
    [[nodiscard]] Result<ExecOutcome> run(const QByteArray &line, const QString &program,
                                          const JobContext &context, QByteArrayView input, int limitSeconds,
                                          OnCancel onCancel, const OutputSink &sink = {});
    struct Hearing
    {
        QByteArrayView input{};
        bool endSent = false; ///< it has all of its input already
        int limitSeconds = 0; ///< none
        OutputSink sink{};
    };
    /// What the program in that channel says until it ends, with its exit status.
    [[nodiscard]] Result<ExecOutcome> hearOut(ssh_channel_struct *channel, const QString &program, Call &call,
                                              const JobContext &context, const Hearing &hearing);
    /// As Session::sha256(), as who acts for SFTP.
    [[nodiscard]] Result<QByteArray> sha256(const QByteArray &path, const JobContext &context, OnCancel onCancel);
    [[nodiscard]] std::unexpected<Error> dead(const QString &code, const QString &message,
                                              const QString &detail);
    [[nodiscard]] QString lastWords() const;
    [[nodiscard]] bool isConnected() const;
    [[nodiscard]] bool isThere() const; ///< and the other side hasn't ended it
    ~Private();
};

/// One call on a session: cuts the connection when it is cancelled, and puts a failure of libssh
/// into words.
class Call
{
public:
    using OnCancel = Session::Private::OnCancel;
    /// With Stop the connection is not cut and survives: the work looks after the cancel itself.
    Call(Session::Private &session, const JobContext &context, OnCancel onCancel = OnCancel::Cut);

    /// After a failed libssh function that doesn't know of files.
    [[nodiscard]] std::unexpected<Error> lost();
    /// After a failed SFTP function: the connection's failure, or what the server said of `path`.
    /// `sftp`: where it failed, if not in the session's own channel.
    [[nodiscard]] std::unexpected<Error> failed(const QString &doing, QByteArrayView path,
                                                sftp_session_struct *sftp = nullptr);
    /// Starts the clock that tells a silent server from one that answered.
    void restart();
    [[nodiscard]] qint64 elapsed() const { return m_clock.elapsed(); }

private:
    Session::Private &m_session;
    const JobContext &m_context;
    OnCancel m_onCancel;
    Cut m_cut;
    QElapsedTimer m_clock;
};

/// sftp_get_error() in words, for `path`.
[[nodiscard]] std::unexpected<Error> sftpFailure(int status, const QString &doing, QByteArrayView path,
                                                 const QString &detail);

/// What a server's listing of a directory is refused for.
[[nodiscard]] std::unexpected<Error> hostileName(QByteArrayView name, const RemotePath &directory);

/// Connects the socket and agrees on keys; the host key is not looked at yet.
struct Transport
{
    SessionSocket socket;
    JumpHost jump;
    SshHandle ssh;
};
[[nodiscard]] Result<Transport> openTransport(const Address &address, const ConnectOptions &options,
                                              const JobContext &context);
/// Gives the key's "SHA256:…".
[[nodiscard]] Result<QByteArray> checkHostKey(ssh_session_struct *ssh, const ConnectOptions &options,
                                              const JobContext &context);
/// Gives by what, in words.
[[nodiscard]] Result<QString> authenticate(ssh_session_struct *ssh, const ConnectOptions &options,
                                           const JobContext &context);
/// The name of the server for people: host, or host:port where the port is not 22.
[[nodiscard]] QString serverName(ssh_session_struct *ssh);

} // namespace handover::server

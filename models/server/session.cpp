// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/session.h"

#include "models/server/runas.h"
#include "models/server/sessionprivate.h"

#include <libssh/libssh.h>
#include <libssh/sftp.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace handover::server {

void SshDeleter::operator()(ssh_session_struct *session) const noexcept
{
    ssh_disconnect(session);
    ssh_free(session);
}

void SftpDeleter::operator()(sftp_session_struct *sftp) const noexcept { sftp_free(sftp); }

void SftpFileDeleter::operator()(sftp_file_struct *file) const noexcept { sftp_close(file); }

void SftpAttributesDeleter::operator()(sftp_attributes_struct *attributes) const noexcept
{
    sftp_attributes_free(attributes);
}

void SftpDirectoryDeleter::operator()(sftp_dir_struct *directory) const noexcept { sftp_closedir(directory); }

void SftpSpaceDeleter::operator()(sftp_statvfs_struct *space) const noexcept { sftp_statvfs_free(space); }

void KeyDeleter::operator()(ssh_key_struct *key) const noexcept { ssh_key_free(key); }

void StringDeleter::operator()(char *text) const noexcept { ssh_string_free_char(text); }

Session::Session(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}
Session::Session(Session &&) noexcept = default;
Session &Session::operator=(Session &&) noexcept = default;

Session::~Session() = default;

Session::Private::~Private()
{
    // libssh says goodbye with a blocking write; a connection that is gone has nobody to hear it.
    if (socket.isOpen() && !isThere())
        ::shutdown(socket.get(), SHUT_RDWR);
}

Result<Session> Session::connect(const Address &address, const ConnectOptions &options,
                                 const JobContext &context)
{
    auto d = Private::open(address, options, context);
    if (!d)
        return std::unexpected(d.error());
    return Session(*std::move(d));
}

Result<std::unique_ptr<Session::Private>> Session::Private::open(const Address &address, const ConnectOptions &options,
                                                                 const JobContext &context)
{
    context.progress(u"Connecting to %1"_s.arg(address.host));
    Result<Transport> transport = openTransport(address, options, context);
    if (!transport)
        return std::unexpected(transport.error());

    auto d = std::make_unique<Private>(address, options, true, std::move(transport->socket), std::move(transport->jump),
                                       nullptr, std::move(transport->ssh), SftpHandle());
    d->guard = std::make_unique<AnswerGuard>(d->ssh.get(), d->socket.get(), std::max(options.timeoutSeconds, 1));
    {
        const Cut cut(context.stopToken(), d->socket.get());
        const Result<QByteArray> key = checkHostKey(d->ssh.get(), options, context);
        Result<QString> login = key ? authenticate(d->ssh.get(), options, context) : std::unexpected(key.error());
        if (context.isCancelled())
            login = cancellation();
        if (!login) {
            ::shutdown(d->socket.get(), SHUT_RDWR);
            return std::unexpected(login.error());
        }
        d->hostKey = *key;
        d->login = *std::move(login);
    }
    context.log(u"Connected to %1 (%2)"_s.arg(serverName(d->ssh.get()),
                                              QString::fromLatin1(ssh_get_cipher_out(d->ssh.get()))));
    return d;
}

const Address &Session::address() const { return d->address; }

bool Session::isAlive() const { return d->isThere(); }

QString Session::login() const { return d->login; }

QByteArray Session::hostKey() const { return d->hostKey; }

void Session::actAs(const QString &user)
{
    if (user == d->options.runAs)
        return;
    d->sftp.reset();
    d->sftpUser.clear();
    d->options.runAs = user;
}

bool Session::Private::isThere() const
{
    if (!alive || !isConnected())
        return false;
    pollfd state{socket.get(), POLLRDHUP, 0};
    return ::poll(&state, 1, 0) >= 0 && (state.revents & (POLLRDHUP | POLLHUP | POLLERR)) == 0;
}

bool Session::Private::isConnected() const { return ssh_is_connected(ssh.get()) != 0; }

QString Session::Private::lastWords() const { return shownName(ssh_get_error(ssh.get())); }

std::unexpected<Error> Session::Private::dead(const QString &code, const QString &message,
                                              const QString &detail)
{
    alive = false;
    ::shutdown(socket.get(), SHUT_RDWR);
    return failure(code, message, u"Check the network and the server, then connect again."_s, detail);
}

Result<void> Session::Private::ready(const JobContext &context) const
{
    if (context.isCancelled())
        return cancellation();
    if (!alive || !isConnected())
        return failure(u"server.connection-lost"_s,
                       u"There is no connection to %1 any more."_s.arg(address.host),
                       u"Check the network and the server, then connect again."_s, lastWords());
    return {};
}

Result<void> Session::Private::openSftp(const JobContext &context)
{
    if (const Result<void> able = ready(context); !able || sftp)
        return able;
    Call call(*this, context);
    if (!options.runAs.isEmpty() && checkSudo(context)) {
        sftpUser = options.runAs;
        sftp = newSftp(call, context);
    }
    if (!sftp && !context.isCancelled() && isConnected()) {
        sftpUser.clear();
        sftp = newSftp(call, context);
    }
    if (sftp)
        return {};
    if (context.isCancelled() || !isConnected())
        return call.lost();
    return failure(u"server.no-sftp"_s, u"%1 does not offer SFTP, version 3."_s.arg(address.host),
                   u"Ask for the SFTP subsystem to be switched on in the server's sshd_config."_s,
                   lastWords());
}

SftpHandle Session::Private::newSftp(Call &call, const JobContext &context)
{
    call.restart();
    SftpHandle fresh;
    if (sftpUser.isEmpty()) {
        fresh.reset(sftp_new(ssh.get()));
    } else if (const auto line = sftpServerLineAs(sftpUser)) {
        if (Result<Channel> channel = startProgram(*line, call, context))
            fresh.reset(sftp_new_channel(ssh.get(), channel->release())); // closes it when it goes
    }
    if (fresh)
        guard->watch(fresh.get());
    // libssh takes any answer for the version and then reads by it; in its ways for older ones it falls.
    const bool isOurs = fresh && sftp_init(fresh.get()) == 0 && sftp_server_version(fresh.get()) == LIBSFTP_VERSION;
    return isOurs ? std::move(fresh) : nullptr;
}

Call::Call(Session::Private &session, const JobContext &context, OnCancel onCancel)
    : m_session(session)
    , m_context(context)
    , m_onCancel(onCancel)
    , m_cut(onCancel == OnCancel::Cut ? context.stopToken() : std::stop_token(), session.socket.get())
{
    restart();
}

void Call::restart()
{
    m_clock.start();
    m_session.guard->restart();
}

std::unexpected<Error> Call::lost()
{
    if (m_context.isCancelled()) {
        m_session.alive = m_onCancel == OnCancel::Stop && m_session.isConnected();
        return cancellation();
    }
    if (m_session.guard->hasCut())
        return m_session.dead(u"server.hostile-answer"_s,
                              u"%1 sent far more than was asked of it, or never came to an end."_s.arg(m_session.address.host),
                              m_session.lastWords());
    if (m_session.isConnected() && m_clock.elapsed() >= m_session.options.timeoutSeconds * 900)
        return m_session.dead(
            u"server.timeout"_s,
            u"%1 did not answer for %2 s."_s.arg(m_session.address.host).arg(m_session.options.timeoutSeconds),
            m_session.lastWords());
    return m_session.dead(u"server.connection-lost"_s,
                          u"The connection to %1 was lost."_s.arg(m_session.address.host),
                          m_session.lastWords());
}

std::unexpected<Error> Call::failed(const QString &doing, QByteArrayView path, sftp_session_struct *sftp)
{
    const bool answered = ssh_get_error_code(m_session.ssh.get()) == SSH_REQUEST_DENIED;
    const int status = sftp_get_error(sftp ? sftp : m_session.sftp.get());
    if (m_context.isCancelled() || !m_session.isConnected() || !answered ||
        m_clock.elapsed() >= m_session.options.timeoutSeconds * 900)
        return lost();
    return sftpFailure(status, doing, path, m_session.lastWords());
}

std::unexpected<Error> sftpFailure(int status, const QString &doing, QByteArrayView path,
                                   const QString &detail)
{
    const QString name = shownName(path);
    switch (status) {
    case SSH_FX_NO_SUCH_FILE:
    case SSH_FX_NO_SUCH_PATH:
        return failure(u"server.file-missing"_s, u"%1 failed: %2 is not on the server."_s.arg(doing, name),
                       u"Check the release directory in the server's address."_s, detail);
    case SSH_FX_PERMISSION_DENIED:
    case SSH_FX_WRITE_PROTECT:
        return failure(u"server.permission"_s,
                       u"%1 failed: the server allows this user no access to %2."_s.arg(doing, name),
                       u"Connect as the user that owns the release directory, or have its rights changed."_s,
                       detail);
    default:
        return failure(u"server.sftp"_s, u"%1 failed for %2."_s.arg(doing, name),
                       u"Look at the server's own words below."_s, detail);
    }
}

} // namespace handover::server

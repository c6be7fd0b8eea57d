// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/sessionprivate.h"
#include "models/server/tcp.h"

#include <QDeadlineTimer>
#include <QFile>

#include <libssh/libssh.h>

#include <poll.h>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

// AES-GCM first: with AES in the processor about twice as fast as OpenSSH's own first choice.
constexpr const char *Ciphers = "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,"
                                "aes256-ctr,aes192-ctr,aes128-ctr";

[[nodiscard]] std::unexpected<Error> unreachable(const QString &name, const QString &detail)
{
    return failure(u"server.unreachable"_s, u"%1 can't be reached by SSH."_s.arg(name),
                   u"Check the name and port, the network, and that sshd runs there."_s, detail);
}

[[nodiscard]] QByteArray option(ssh_session ssh, ssh_options_e which)
{
    char *value = nullptr;
    if (ssh_options_get(ssh, which, &value) != SSH_OK)
        return {};
    const ServerString owner(value);
    return QByteArray(value);
}

[[nodiscard]] bool set(ssh_session ssh, ssh_options_e which, const QByteArray &value)
{
    return ssh_options_set(ssh, which, value.constData()) == SSH_OK;
}

template<typename T>
[[nodiscard]] bool setNumber(ssh_session ssh, ssh_options_e which, T value)
{
    return ssh_options_set(ssh, which, &value) == SSH_OK;
}

[[nodiscard]] Result<void> configure(ssh_session ssh, const Address &address, const ConnectOptions &options)
{
    const auto refused = [&]() -> Result<void> {
        return failure(
            u"server.unreachable"_s, u"The connection to %1 could not be set up."_s.arg(address.host),
            u"Check the server's address and your ssh_config."_s, QString::fromUtf8(ssh_get_error(ssh)));
    };
    if (!set(ssh, SSH_OPTIONS_HOST, address.host.toUtf8()) ||
        !setNumber(ssh, SSH_OPTIONS_PROCESS_CONFIG, false))
        return refused();
    if (options.configFile != "none"_L1) {
        const QByteArray file = options.configFile.toUtf8();
        if (ssh_options_parse_config(ssh, file.isEmpty() ? nullptr : file.constData()) != SSH_OK)
            return refused();
    }
    // All below comes after the configuration and wins over it. With strict checking off libssh
    // calls a changed host key good, so a "StrictHostKeyChecking no" must not stay.
    bool ok = setNumber(ssh, SSH_OPTIONS_STRICTHOSTKEYCHECK, 1) && setNumber(ssh, SSH_OPTIONS_NODELAY, 1) &&
              setNumber(ssh, SSH_OPTIONS_TIMEOUT, long{std::max(options.timeoutSeconds, 1)}) &&
              set(ssh, SSH_OPTIONS_CIPHERS_C_S, Ciphers) && set(ssh, SSH_OPTIONS_CIPHERS_S_C, Ciphers);
    if (address.port != 0)
        ok = ok && setNumber(ssh, SSH_OPTIONS_PORT, static_cast<unsigned>(address.port));
    if (!address.user.isEmpty())
        ok = ok && set(ssh, SSH_OPTIONS_USER, address.user.toUtf8());
    if (!options.knownHostsFile.isEmpty())
        ok = ok &&
             set(ssh, SSH_OPTIONS_KNOWNHOSTS, QFile::encodeName(options.knownHostsFile).replace('%', "%%")) &&
             set(ssh, SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null");
    return ok ? Result<void>() : refused();
}

// Through the jump hosts of ssh_config or straight. Straight without libssh, which would try the
// first address only and whose look-up can't be interrupted.
[[nodiscard]] Result<FileDescriptor> openSocket(ssh_session ssh, const Address &address,
                                                const ConnectOptions &options, const QDeadlineTimer &deadline,
                                                const JobContext &context, JumpHost &jump)
{
    unsigned port = 22;
    ssh_options_get_port(ssh, &port);
    const QByteArray host = option(ssh, SSH_OPTIONS_HOST);
    const QString jumps = JumpHost::forHost(address.host, options.configFile);
    if (jumps.isEmpty())
        return connectTcp(host, static_cast<quint16>(port), deadline, context);
    context.log(u"Going through %1"_s.arg(jumps));
    Result<JumpHost> started = JumpHost::start(jumps, options.configFile, host, port);
    if (!started)
        return std::unexpected(started.error());
    jump = std::move(*started);
    return jump.takeSocket();
}

} // namespace

QString serverName(ssh_session_struct *ssh)
{
    const QString host = QString::fromUtf8(option(ssh, SSH_OPTIONS_HOST));
    unsigned port = 22;
    ssh_options_get_port(ssh, &port);
    return port == 22 ? host : u"%1:%2"_s.arg(host).arg(port);
}

Result<Transport> openTransport(const Address &address, const ConnectOptions &options,
                                const JobContext &context)
{
    if (context.isCancelled())
        return cancellation();
    SessionSocket given;
    SshHandle handle(ssh_new());
    if (!handle)
        return unreachable(address.host, u"libssh could not be started."_s);
    ssh_session ssh = handle.get();
    if (const Result<void> configured = configure(ssh, address, options); !configured)
        return std::unexpected(configured.error());

    const QDeadlineTimer deadline(std::chrono::seconds(std::max(options.timeoutSeconds, 1)));
    const QString name = serverName(ssh);
    JumpHost jump;
    if (option(ssh, SSH_OPTIONS_PROXYCOMMAND).isEmpty()) {
        Result<FileDescriptor> socket = openSocket(ssh, address, options, deadline, context, jump);
        if (!socket)
            return std::unexpected(socket.error());
        given = SessionSocket::given(*std::move(socket));
        if (!given.isOpen())
            return unreachable(name, qt_error_string(errno));
        if (!setNumber(ssh, SSH_OPTIONS_FD, given.number()))
            return unreachable(name, QString::fromUtf8(ssh_get_error(ssh)));
    }

    ssh_set_blocking(ssh, 0);
    while (true) {
        const int state = ssh_connect(ssh);
        if (context.isCancelled()) {
            ssh_silent_disconnect(ssh);
            return cancellation();
        }
        if (state == SSH_OK)
            break;
        if (state != SSH_AGAIN)
            return unreachable(
                name, QString(QString::fromUtf8(ssh_get_error(ssh)) + u'\n' + jump.complaint()).trimmed());
        if (deadline.hasExpired()) {
            ssh_silent_disconnect(ssh);
            return failure(u"server.timeout"_s,
                           u"%1 did not answer for %2 s."_s.arg(name).arg(options.timeoutSeconds),
                           u"Check the name and port, the network, and that sshd runs there."_s);
        }
        pollfd waiting{ssh_get_fd(ssh), POLLIN, 0};
        ::poll(&waiting, 1, 20);
    }
    ssh_set_blocking(ssh, 1);
    if (!given.isOpen())
        given = SessionSocket::madeByLibssh(ssh_get_fd(ssh));
    return Transport{std::move(given), std::move(jump), std::move(handle)};
}

} // namespace handover::server

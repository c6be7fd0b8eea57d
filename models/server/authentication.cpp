// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/sessionprivate.h"

#include <QDeadlineTimer>
#include <QFile>

#include <libssh/callbacks.h>
#include <libssh/libssh.h>

#include <cstring>

#include <poll.h>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr int MaximumRounds = 10; // of keyboard-interactive questions

// Asks for nothing and says everything that was asked for.
class Authentication
{
public:
    Authentication(ssh_session ssh, const ConnectOptions &options, const JobContext &context)
        : m_ssh(ssh)
        , m_options(options)
        , m_context(context)
        , m_password(options.password.toUtf8())
        , m_passphrase(options.passphrase.toUtf8())
    {
        m_callbacks.userdata = this;
        m_callbacks.auth_function = &Authentication::passphraseWanted;
        ssh_callbacks_init(&m_callbacks);
        ssh_set_callbacks(m_ssh, &m_callbacks);
    }
    ~Authentication()
    {
        // libssh keeps the pointer and takes no null: what it calls later must outlive this object.
        static ssh_callbacks_struct silent = [] {
            ssh_callbacks_struct callbacks{};
            ssh_callbacks_init(&callbacks);
            return callbacks;
        }();
        ssh_set_callbacks(m_ssh, &silent);
        m_password.fill('\0');
        m_passphrase.fill('\0');
    }
    Q_DISABLE_COPY_MOVE(Authentication)

    [[nodiscard]] Result<QString> run()
    {
        ssh_set_blocking(m_ssh, 0);
        Result<QString> way = tryAll();
        ssh_set_blocking(m_ssh, 1);
        return way;
    }

private:
    [[nodiscard]] Result<QString> tryAll()
    {
        int state = answered([this] { return ssh_userauth_none(m_ssh, nullptr); });
        if (wants(state, SSH_AUTH_METHOD_PUBLICKEY))
            state = keys();
        const int words = SSH_AUTH_METHOD_PASSWORD | SSH_AUTH_METHOD_INTERACTIVE;
        const bool passwordWouldDo = wants(state, words);
        if (passwordWouldDo && !m_password.isEmpty())
            state = passwords(state);
        if (state == SSH_AUTH_SUCCESS)
            return m_tried.isEmpty() ? u"no key and no password: the server asks for none"_s : m_tried.last();
        return failed(state, passwordWouldDo);
    }

    // Not left to libssh: it goes on waiting for the answer, up to its time-out, when the connection is gone.
    template<typename Attempt>
    [[nodiscard]] int answered(Attempt attempt)
    {
        const QDeadlineTimer deadline(std::chrono::seconds(std::max(m_options.timeoutSeconds, 1)));
        while (true) {
            const int state = attempt();
            if (state != SSH_AUTH_AGAIN)
                return state;
            m_timedOut = deadline.hasExpired();
            if (m_timedOut || m_context.isCancelled() || ssh_is_connected(m_ssh) == 0)
                return SSH_AUTH_ERROR;
            pollfd waiting{ssh_get_fd(m_ssh), POLLIN, 0};
            ::poll(&waiting, 1, 20);
        }
    }

    [[nodiscard]] bool wants(int state, int methods) const
    {
        return (state == SSH_AUTH_DENIED || state == SSH_AUTH_PARTIAL) &&
               (ssh_userauth_list(m_ssh, nullptr) & methods);
    }

    [[nodiscard]] int keys()
    {
        int state = SSH_AUTH_DENIED;
        if (!m_options.identityFile.isEmpty())
            state = identity(m_options.identityFile);
        if (!wants(state, SSH_AUTH_METHOD_PUBLICKEY) || m_options.configFile == "none"_L1)
            return state;
        m_tried += u"the agent's keys and those of ssh_config"_s;
        return answered([this] { return ssh_userauth_publickey_auto(m_ssh, nullptr, passphrase()); });
    }

    [[nodiscard]] int identity(const QString &file)
    {
        m_tried += u"the key %1"_s.arg(file);
        ssh_key raw = nullptr;
        if (ssh_pki_import_privkey_file(QFile::encodeName(file).constData(), passphrase(),
                                        &Authentication::passphraseWanted, this, &raw) != SSH_OK) {
            m_notes += u"%1 could not be read"_s.arg(file);
            m_stillLocked = m_passphrase.isEmpty() ? QString() : file;
            return SSH_AUTH_DENIED;
        }
        const Key key(raw);
        return answered([&] { return ssh_userauth_publickey(m_ssh, nullptr, key.get()); });
    }

    [[nodiscard]] int passwords(int state)
    {
        if (wants(state, SSH_AUTH_METHOD_PASSWORD)) {
            m_tried += u"the password"_s;
            state = answered([this] { return ssh_userauth_password(m_ssh, nullptr, m_password.constData()); });
        }
        if (wants(state, SSH_AUTH_METHOD_INTERACTIVE)) {
            m_tried += u"the password as an answer to the server's questions"_s;
            const auto interactive = [this] { return ssh_userauth_kbdint(m_ssh, nullptr, nullptr); };
            state = answered(interactive);
            for (int round = 0; state == SSH_AUTH_INFO && round < MaximumRounds; ++round) {
                const int prompts = ssh_userauth_kbdint_getnprompts(m_ssh);
                for (int i = 0; i < prompts; ++i) {
                    char echo = 0;
                    ssh_userauth_kbdint_getprompt(m_ssh, static_cast<unsigned>(i), &echo);
                    // What is echoed is no password: a code, a name.
                    ssh_userauth_kbdint_setanswer(m_ssh, static_cast<unsigned>(i),
                                                  echo ? "" : m_password.constData());
                }
                state = answered(interactive);
            }
        }
        return state;
    }

    [[nodiscard]] std::unexpected<Error> failed(int state, bool passwordWouldDo) const
    {
        const QString name = serverName(m_ssh);
        const QString detail = (m_notes + QStringList{QString::fromUtf8(ssh_get_error(m_ssh))}).join(u'\n');
        if (m_timedOut)
            return failure(u"server.timeout"_s,
                           u"%1 did not answer the log-in for %2 s."_s.arg(name).arg(m_options.timeoutSeconds),
                           u"Try again; look into the server's own log if it happens again."_s, detail);
        const bool ended = ssh_is_connected(m_ssh) == 0;
        const bool disconnected = ended || state == SSH_AUTH_ERROR;
        // Who isn't let in is told so before the end, or is asked again.
        const bool wasCut = ended && !std::strstr(ssh_get_error(m_ssh), "SSH_MSG_DISCONNECT");
        if (wasCut || (disconnected && m_tried.isEmpty()))
            return failure(u"server.connection-lost"_s,
                           u"%1 ended the connection before anyone was logged in."_s.arg(name),
                           u"Try again; look into the server's own log if it happens again."_s, detail);
        if (m_passphraseWanted && m_passphrase.isEmpty())
            return failure(u"server.passphrase-needed"_s,
                           u"The key for %1 is locked with a passphrase."_s.arg(name),
                           u"Give its passphrase, or add the key to your agent with ssh-add."_s, detail);
        if (!m_stillLocked.isEmpty() && m_password.isEmpty())
            return failure(u"server.passphrase-needed"_s, u"This passphrase does not open the key %1."_s.arg(m_stillLocked),
                           u"Give the right one, or add the key to your agent with ssh-add."_s, detail);
        if (!disconnected && passwordWouldDo && m_password.isEmpty())
            return failure(u"server.password-needed"_s, u"%1 wants a password."_s.arg(name),
                           u"Give the password, or put your public key on the server."_s, detail);
        return failure(
            u"server.authentication"_s, u"%1 did not let you in."_s.arg(name),
            m_tried.isEmpty()
                ? u"It takes none of the ways to log in that Handover knows: keys and passwords."_s
                : u"Tried: %1. Check the user name and that the server knows your key or password."_s.arg(
                      m_tried.join(u", "_s)),
            detail);
    }

    [[nodiscard]] const char *passphrase() const
    {
        return m_passphrase.isEmpty() ? nullptr : m_passphrase.constData();
    }

    static int passphraseWanted(const char *, char *buffer, size_t size, int, int, void *self)
    {
        auto *that = static_cast<Authentication *>(self);
        that->m_passphraseWanted = true;
        if (that->m_passphrase.isEmpty() || static_cast<size_t>(that->m_passphrase.size()) >= size)
            return -1;
        std::memcpy(buffer, that->m_passphrase.constData(),
                    static_cast<size_t>(that->m_passphrase.size()) + 1);
        return 0;
    }

    ssh_session m_ssh;
    const ConnectOptions &m_options;
    const JobContext &m_context;
    QByteArray m_password;
    QByteArray m_passphrase;
    bool m_passphraseWanted = false;
    bool m_timedOut = false;
    QString m_stillLocked; // a key file that the passphrase didn't open
    QStringList m_tried;
    QStringList m_notes;
    ssh_callbacks_struct m_callbacks{};
};

} // namespace

Result<QString> authenticate(ssh_session_struct *ssh, const ConnectOptions &options,
                             const JobContext &context)
{
    return Authentication(ssh, options, context).run();
}

} // namespace handover::server

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/answerguard.h"

#include <libssh/callbacks.h>
#include <libssh/libssh.h>
#include <libssh/sftp.h>

#include <sys/socket.h>

namespace handover::server {

struct AnswerGuard::Libssh
{
    ssh_counter_struct counter{};
    ssh_channel_callbacks_struct callbacks{};

    // Takes none of the data: it is called when some came.
    static int arrived(ssh_session, ssh_channel, void *, uint32_t, int, void *self)
    {
        static_cast<AnswerGuard *>(self)->look();
        return 0;
    }
};

AnswerGuard::AnswerGuard(ssh_session_struct *ssh, int socket, int timeoutSeconds)
    : m_libssh(std::make_unique<Libssh>())
    , m_socket(socket)
    , m_milliseconds(qint64{timeoutSeconds} * 1000 * MostTimeouts)
{
    ssh_set_counters(ssh, nullptr, &m_libssh->counter);
    ssh_callbacks_init(&m_libssh->callbacks);
    m_libssh->callbacks.userdata = this;
    m_libssh->callbacks.channel_data_function = &Libssh::arrived;
    m_clock.start();
}

AnswerGuard::~AnswerGuard() = default;

void AnswerGuard::watch(sftp_session_struct *sftp)
{
    ssh_add_channel_callbacks(sftp->channel, &m_libssh->callbacks);
}

void AnswerGuard::restart()
{
    m_before = m_libssh->counter.in_bytes;
    m_clock.start();
}

void AnswerGuard::look()
{
    if (m_libssh->counter.in_bytes - m_before <= LargestAnswer && m_clock.elapsed() <= m_milliseconds)
        return;
    m_hasCut = true;
    ::shutdown(m_socket, SHUT_RDWR);
}

} // namespace handover::server

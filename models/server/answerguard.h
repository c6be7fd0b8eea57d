// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>

#include <memory>

struct ssh_session_struct;
struct sftp_session_struct;

namespace handover::server {

/// Bounds what libssh takes for the answer to one SFTP request: packets of up to 256 MB, and each byte of them starts
/// its timeout anew. Whoever sends more than LargestAnswer, or still sends after MostTimeouts, is cut off at the socket.
/// Belongs to the session's thread; goes after the session.
class AnswerGuard
{
public:
    static constexpr quint64 LargestAnswer = 32 * 1024 * 1024; ///< all that may be on its way at once is a quarter
    static constexpr int MostTimeouts = 30;

    AnswerGuard(ssh_session_struct *ssh, int socket, int timeoutSeconds);
    AnswerGuard(const AnswerGuard &) = delete;
    AnswerGuard &operator=(const AnswerGuard &) = delete;
    ~AnswerGuard();

    /// From here on this channel is looked after, too.
    void watch(sftp_session_struct *sftp);
    /// Another request begins.
    void restart();
    [[nodiscard]] bool hasCut() const { return m_hasCut; }

private:
    struct Libssh;
    void look();

    std::unique_ptr<Libssh> m_libssh;
    int m_socket;
    qint64 m_milliseconds;
    quint64 m_before = 0;
    QElapsedTimer m_clock;
    bool m_hasCut = false;
};

} // namespace handover::server

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <thread>
#include <utility>

namespace handover::server {

/// An owned file descriptor.
class FileDescriptor
{
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int fd) noexcept
        : m_fd(fd)
    {
    }
    FileDescriptor(FileDescriptor &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    {
    }
    FileDescriptor &operator=(FileDescriptor &&other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    ~FileDescriptor();

    [[nodiscard]] int get() const noexcept { return m_fd; }
    [[nodiscard]] bool isOpen() const noexcept { return m_fd >= 0; }
    [[nodiscard]] int release() noexcept { return std::exchange(m_fd, -1); }

private:
    int m_fd = -1;
};

/// The socket of one of libssh's sessions, to be destroyed after that. It is a duplicate: libssh may close its own as soon
/// as it notices the end of a connection, and a cancel in another thread must not hit whoever got that number next.
/// Whether libssh closes one that it was given (SSH_OPTIONS_FD) depends on its version; what it leaves open is closed here.
class SessionSocket
{
public:
    SessionSocket() = default;
    [[nodiscard]] static SessionSocket given(FileDescriptor socket); ///< libssh gets its number()
    [[nodiscard]] static SessionSocket madeByLibssh(int socket);
    SessionSocket(SessionSocket &&other) noexcept = default;
    SessionSocket &operator=(SessionSocket &&other) noexcept;
    ~SessionSocket();

    [[nodiscard]] int get() const noexcept { return m_duplicate.get(); }
    [[nodiscard]] bool isOpen() const noexcept { return m_duplicate.isOpen(); }
    [[nodiscard]] int number() const noexcept { return m_given.get(); }

private:
    FileDescriptor m_duplicate;
    FileDescriptor m_given;
};

/// While it lives, a cancel shuts the socket down, so that whoever blocks on it returns.
class Cut
{
public:
    Cut(const std::stop_token &token, int socket)
        : m_callback(token, Shutdown{socket})
    {
    }

private:
    struct Shutdown
    {
        int socket;
        void operator()() const noexcept;
    };
    std::stop_callback<Shutdown> m_callback;
};

/// The same, but the work gets two seconds first to notice the cancel itself and to clean up.
class GracefulCut
{
public:
    GracefulCut(const std::stop_token &token, int socket);

private:
    std::jthread m_watch;
};

} // namespace handover::server

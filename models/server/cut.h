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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/cut.h"

#include <condition_variable>
#include <mutex>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace handover::server {

FileDescriptor::~FileDescriptor()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

namespace {

constexpr std::chrono::seconds Grace(2);

} // namespace

SessionSocket SessionSocket::given(FileDescriptor socket)
{
    SessionSocket made = madeByLibssh(socket.get());
    made.m_given = std::move(socket);
    return made;
}

SessionSocket SessionSocket::madeByLibssh(int socket)
{
    SessionSocket made;
    made.m_duplicate = FileDescriptor(::fcntl(socket, F_DUPFD_CLOEXEC, 3));
    return made;
}

SessionSocket &SessionSocket::operator=(SessionSocket &&other) noexcept
{
    std::swap(m_duplicate, other.m_duplicate);
    std::swap(m_given, other.m_given);
    return *this;
}

SessionSocket::~SessionSocket()
{
    struct stat ours{};
    struct stat given{};
    const bool isOurs = m_given.isOpen() && m_duplicate.isOpen() && ::fstat(m_duplicate.get(), &ours) == 0 &&
                        ::fstat(m_given.get(), &given) == 0 && ours.st_dev == given.st_dev && ours.st_ino == given.st_ino;
    if (m_given.isOpen() && m_duplicate.isOpen() && !isOurs) // libssh closed it, and somebody else may have the number
        (void)m_given.release();
}

void Cut::Shutdown::operator()() const noexcept { ::shutdown(socket, SHUT_RDWR); }

GracefulCut::GracefulCut(const std::stop_token &token, int socket)
{
    if (!token.stop_possible())
        return;
    m_watch = std::jthread([token, socket](const std::stop_token &over) {
        std::mutex mutex;
        std::condition_variable_any wake;
        // Its destructor waits for a running call, so it must come after the lock was let go.
        const std::stop_callback onCancel(token, [&] {
            const std::scoped_lock lock(mutex);
            wake.notify_all();
        });
        std::unique_lock lock(mutex);
        wake.wait(lock, over, [&] { return token.stop_requested(); });
        if (over.stop_requested())
            return;
        wake.wait_for(lock, over, Grace, [] { return false; });
        if (!over.stop_requested())
            ::shutdown(socket, SHUT_RDWR);
    });
}

} // namespace handover::server

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/cut.h"

#include <condition_variable>
#include <mutex>

#include <sys/socket.h>
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

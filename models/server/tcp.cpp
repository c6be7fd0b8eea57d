// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/tcp.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <future>
#include <memory>
#include <thread>

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace handover::server {

namespace {

struct AddressesDeleter
{
    void operator()(addrinfo *list) const noexcept { ::freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, AddressesDeleter>;

struct LookUp
{
    int error = 0;
    Addresses addresses;
};

[[nodiscard]] std::unexpected<Error> timedOut(const QByteArray &host)
{
    return failure(u"server.timeout"_s, u"%1 did not answer in time."_s.arg(QString::fromUtf8(host)),
                   u"Check the name and port, the network, and that sshd runs there."_s);
}

// getaddrinfo() can't be interrupted: it runs in a thread of its own that is left to itself when
// nobody waits for it any more.
[[nodiscard]] Result<Addresses> lookUp(const QByteArray &host, quint16 port, const QDeadlineTimer &deadline,
                                       const JobContext &context)
{
    std::promise<LookUp> promise;
    std::future<LookUp> answer = promise.get_future();
    std::thread([host, port, result = std::move(promise)]() mutable {
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        hints.ai_flags = AI_NUMERICSERV;
        addrinfo *list = nullptr;
        const QByteArray service = QByteArray::number(port);
        const int error = ::getaddrinfo(host.constData(), service.constData(), &hints, &list);
        result.set_value({error, Addresses(list)});
    }).detach();
    while (answer.wait_for(50ms) != std::future_status::ready) {
        if (context.isCancelled())
            return cancellation();
        if (deadline.hasExpired())
            return timedOut(host);
    }
    LookUp found = answer.get();
    if (found.error != 0)
        return failure(u"server.unreachable"_s, u"The name %1 was not found."_s.arg(QString::fromUtf8(host)),
                       u"Check the server's address, and the network's name service."_s,
                       QString::fromLocal8Bit(::gai_strerror(found.error)));
    return std::move(found.addresses);
}

// 0, or the system's error number; the deadline's is ETIMEDOUT.
[[nodiscard]] int connectOne(const FileDescriptor &socket, const addrinfo &address,
                             const QDeadlineTimer &deadline, const JobContext &context)
{
    if (::connect(socket.get(), address.ai_addr, address.ai_addrlen) == 0)
        return 0;
    if (errno != EINPROGRESS)
        return errno;
    while (!context.isCancelled()) {
        pollfd waiting{socket.get(), POLLOUT, 0};
        if (::poll(&waiting, 1, 50) > 0) {
            int error = 0;
            socklen_t size = sizeof error;
            ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size);
            return error;
        }
        if (deadline.hasExpired())
            return ETIMEDOUT;
    }
    return ECANCELED;
}

} // namespace

Result<FileDescriptor> connectTcp(const QByteArray &host, quint16 port, const QDeadlineTimer &deadline,
                                  const JobContext &context)
{
    const Result<Addresses> addresses = lookUp(host, port, deadline, context);
    if (!addresses)
        return std::unexpected(addresses.error());
    int left = 0;
    for (const addrinfo *a = addresses->get(); a != nullptr; a = a->ai_next)
        ++left;
    int error = 0;
    for (const addrinfo *a = addresses->get(); a != nullptr; a = a->ai_next, --left) {
        FileDescriptor socket(
            ::socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, a->ai_protocol));
        if (!socket.isOpen()) {
            error = errno;
            continue;
        }
        // An address that swallows packets must leave time for the ones behind it.
        error = connectOne(socket, *a, QDeadlineTimer(std::max<qint64>(deadline.remainingTime() / left, 1)),
                           context);
        if (context.isCancelled())
            return cancellation();
        if (error == 0)
            return socket;
    }
    if (error == ETIMEDOUT)
        return timedOut(host);
    return failure(u"server.unreachable"_s,
                   u"%1 does not take connections on port %2."_s.arg(QString::fromUtf8(host)).arg(port),
                   u"Check the name and port, the network, and that sshd runs there."_s,
                   QString::fromLocal8Bit(std::strerror(error)));
}

} // namespace handover::server

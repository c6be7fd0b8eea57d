// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/// Plain sockets of this machine, for relays between a client and a server.
namespace handover::test {

[[nodiscard]] inline sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<quint16>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

struct Listener
{
    int socket = -1; ///< none if there is no port to be had; whoever takes it closes it
    int port = 0;
};
[[nodiscard]] inline Listener listenOnLoopback()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(socket, reinterpret_cast<const sockaddr *>(&address), size) == 0 && ::listen(socket, 16) == 0 &&
        ::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size) == 0)
        return {socket, ntohs(address.sin_port)};
    ::close(socket);
    return {};
}

/// A connected socket, which whoever asked for it closes; -1 if nobody listens there.
[[nodiscard]] inline int connectTo(int port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        return socket;
    ::close(socket);
    return -1;
}

} // namespace handover::test

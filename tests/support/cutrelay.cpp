// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cutrelay.h"

#include "tests/support/loopback.h"

#include <QByteArray>

#include <algorithm>
#include <list>
#include <optional>
#include <vector>

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace handover::test {

namespace {

constexpr qint64 PieceSize = 64 * 1024;

void reset(int socket)
{
    const linger none{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    ::close(socket);
}

/// What goes one way: one piece at a time, so that a cut falls where it should.
struct Line
{
    int from;
    int to;
    QByteArray piece{};
    bool ended = false;

    [[nodiscard]] bool receive(qint64 most)
    {
        piece.resize(std::min(most, PieceSize));
        const ssize_t got = ::recv(from, piece.data(), static_cast<size_t>(piece.size()), MSG_DONTWAIT);
        const bool busy = got < 0 && (errno == EAGAIN || errno == EINTR);
        piece.truncate(std::max<ssize_t>(got, 0));
        if (got == 0) {
            ended = true;
            ::shutdown(to, SHUT_WR);
        }
        return got >= 0 || busy;
    }
    /// What went; nothing if the connection is over.
    [[nodiscard]] std::optional<qint64> send()
    {
        const ssize_t put =
            ::send(to, piece.constData(), static_cast<size_t>(piece.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (put < 0)
            return errno == EAGAIN || errno == EINTR ? std::optional<qint64>(0) : std::nullopt;
        piece.remove(0, put);
        return put;
    }
};

struct Connection
{
    Line up;
    Line down;
    bool over = false;

    [[nodiscard]] bool isDone() const
    {
        return over || (up.ended && down.ended && up.piece.isEmpty() && down.piece.isEmpty());
    }
    void close() const
    {
        reset(up.from);
        reset(up.to);
    }
};

} // namespace

std::unique_ptr<CutRelay> CutRelay::start(int port)
{
    const Listener listener = listenOnLoopback();
    return std::unique_ptr<CutRelay>(listener.socket < 0 ? nullptr : new CutRelay(listener.socket, listener.port, port));
}

CutRelay::CutRelay(int listener, int port, int target)
    : m_listener(listener)
    , m_port(port)
    , m_thread([this, target](const std::stop_token &stop) { run(stop, target); })
{
}

CutRelay::~CutRelay()
{
    m_thread.request_stop();
    m_thread.join();
    ::close(m_listener);
}

void CutRelay::run(const std::stop_token &stop, int target)
{
    std::list<Connection> connections;
    qint64 left = Never; // of the bytes up to the cut; counted down as they are received
    while (!stop.stop_requested()) {
        if (const qint64 wish = m_left.exchange(Never); wish >= 0)
            left = wish;
        std::vector<pollfd> waiting{{m_listener, POLLIN, 0}};
        for (const Connection &connection : connections) {
            for (const Line *line : {&connection.up, &connection.down}) {
                waiting.push_back({line->ended || !line->piece.isEmpty() ? -1 : line->from, POLLIN, 0});
                waiting.push_back({line->piece.isEmpty() ? -1 : line->to, POLLOUT, 0});
            }
        }
        ::poll(waiting.data(), waiting.size(), 20);
        auto state = waiting.begin() + 1;
        for (Connection &connection : connections) {
            for (Line *line : {&connection.up, &connection.down}) {
                if ((state++)->revents != 0 && left != 0) {
                    connection.over = connection.over || !line->receive(left > 0 ? left : PieceSize);
                    left -= left > 0 ? line->piece.size() : 0;
                }
                if ((state++)->revents != 0) {
                    const auto sent = line->send();
                    connection.over = connection.over || !sent;
                    m_carried += sent.value_or(0);
                }
            }
        }
        const bool allWent = std::ranges::all_of(connections, [](const Connection &connection) {
            return connection.up.piece.isEmpty() && connection.down.piece.isEmpty();
        });
        if (m_cut.exchange(false) || (left == 0 && allWent)) {
            left = Never;
            ++m_cuts;
            for (Connection &connection : connections)
                connection.over = true;
        }
        std::erase_if(connections, [](const Connection &connection) {
            if (connection.isDone())
                connection.close();
            return connection.isDone();
        });
        if (waiting.front().revents == 0)
            continue;
        const int here = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        const int there = here >= 0 && m_open ? connectTo(target) : -1;
        if (there < 0) {
            reset(here);
            continue;
        }
        ++m_accepted;
        const int on = 1;
        ::setsockopt(here, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ::setsockopt(there, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connections.push_back({{here, there}, {there, here}});
    }
    for (const Connection &connection : connections)
        connection.close();
}

} // namespace handover::test

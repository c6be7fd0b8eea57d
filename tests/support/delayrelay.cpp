// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/delayrelay.h"

#include "tests/support/loopback.h"

#include <QtTypes>

#include <algorithm>
#include <deque>
#include <list>
#include <vector>

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace handover::test {

namespace {

using Clock = std::chrono::steady_clock;

constexpr qsizetype MostOnTheWay = 64 * 1024 * 1024; // more than any window lets out
constexpr qsizetype PieceSize = 256 * 1024;
constexpr std::chrono::milliseconds Idle(50);

/// What goes one way.
struct Line
{
    int from;
    int to;
    struct Piece
    {
        Clock::time_point due;
        QByteArray bytes;
    };
    std::deque<Piece> pieces;
    qsizetype size = 0;
    qsizetype written = 0; ///< of the first piece
    bool ended = false;

    // False when the connection is over.
    [[nodiscard]] bool receive(std::chrono::milliseconds delay)
    {
        QByteArray bytes(PieceSize, Qt::Uninitialized);
        const ssize_t got = ::recv(from, bytes.data(), static_cast<size_t>(bytes.size()), MSG_DONTWAIT);
        if (got < 0)
            return errno == EAGAIN || errno == EINTR;
        ended = got == 0;
        bytes.truncate(got);
        size += got;
        pieces.push_back({Clock::now() + delay, std::move(bytes)});
        return true;
    }
    [[nodiscard]] bool isDue(Clock::time_point now) const { return !pieces.empty() && pieces.front().due <= now; }
    [[nodiscard]] bool send()
    {
        const QByteArray &bytes = pieces.front().bytes;
        if (bytes.isEmpty()) { // the end
            ::shutdown(to, SHUT_WR);
            pieces.pop_front();
            return true;
        }
        const ssize_t put = ::send(to, bytes.data() + written, static_cast<size_t>(bytes.size() - written),
                                   MSG_DONTWAIT | MSG_NOSIGNAL);
        if (put < 0)
            return errno == EAGAIN || errno == EINTR;
        written += put;
        size -= put;
        if (written == bytes.size()) {
            pieces.pop_front();
            written = 0;
        }
        return true;
    }
};

struct Connection
{
    Line up;
    Line down;
    bool over = false;
};

void sendAtOnce(int socket)
{
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

class Relay
{
public:
    Relay(int listener, int target, std::chrono::milliseconds delay)
        : m_listener(listener)
        , m_target(target)
        , m_delay(delay)
    {
    }

    void run(const std::stop_token &stop)
    {
        while (!stop.stop_requested())
            turn();
        for (const Connection &connection : m_connections)
            close(connection);
    }

private:
    static void close(const Connection &connection)
    {
        ::close(connection.up.from);
        ::close(connection.up.to);
    }

    void turn()
    {
        const auto now = Clock::now();
        std::vector<pollfd> waiting{{m_listener, POLLIN, 0}};
        auto next = now + Idle;
        for (const Connection &connection : m_connections) {
            for (const Line *line : {&connection.up, &connection.down}) {
                const bool takes = !line->ended && line->size < MostOnTheWay;
                waiting.push_back({takes ? line->from : -1, POLLIN, 0});
                waiting.push_back({line->isDue(now) ? line->to : -1, POLLOUT, 0});
                if (!line->pieces.empty() && !line->isDue(now))
                    next = std::min(next, line->pieces.front().due);
            }
        }
        const auto rest = std::max(next - now, Clock::duration::zero());
        const timespec timeout{0, std::chrono::duration_cast<std::chrono::nanoseconds>(rest).count()};
        if (::ppoll(waiting.data(), waiting.size(), &timeout, nullptr) <= 0)
            return;
        auto state = waiting.begin() + 1;
        for (Connection &connection : m_connections) {
            for (Line *line : {&connection.up, &connection.down}) {
                const bool in = (state++)->revents != 0;
                const bool out = (state++)->revents != 0;
                connection.over = connection.over || (in && !line->receive(m_delay)) || (out && !line->send());
            }
            connection.over = connection.over || (connection.up.ended && connection.down.ended &&
                                                  connection.up.pieces.empty() && connection.down.pieces.empty());
        }
        std::erase_if(m_connections, [](const Connection &connection) {
            if (connection.over)
                close(connection);
            return connection.over;
        });
        if (waiting.front().revents != 0)
            accept();
    }

    void accept()
    {
        const int here = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        const int there = here >= 0 ? connectTo(m_target) : -1;
        if (there < 0) {
            ::close(here);
            return;
        }
        sendAtOnce(here);
        sendAtOnce(there);
        m_connections.push_back({{here, there, {}, 0, 0, false}, {there, here, {}, 0, 0, false}, false});
    }

    int m_listener;
    int m_target;
    std::chrono::milliseconds m_delay;
    std::list<Connection> m_connections;
};

} // namespace

std::unique_ptr<DelayRelay> DelayRelay::start(int port, std::chrono::milliseconds roundTrip)
{
    const Listener listener = listenOnLoopback();
    return std::unique_ptr<DelayRelay>(listener.socket < 0 ? nullptr : new DelayRelay(listener.socket, listener.port, port, roundTrip / 2));
}

DelayRelay::DelayRelay(int listener, int port, int target, std::chrono::milliseconds delay)
    : m_listener(listener)
    , m_port(port)
    , m_thread([=](const std::stop_token &stop) { Relay(listener, target, delay).run(stop); })
{
}

DelayRelay::~DelayRelay()
{
    m_thread.request_stop();
    m_thread.join();
    ::close(m_listener);
}

} // namespace handover::test

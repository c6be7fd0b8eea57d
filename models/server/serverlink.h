// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/session.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace handover::server {

/// One server's connections, kept between the jobs that use them. Any thread may call use(); each session serves one
/// at a time, and who finds none free waits; if that ends because connecting failed, so does this. The second and later ones are made when all before are in use, and only
/// after the first was let in: what connecting asks is asked once. A server that takes fewer of them gets fewer. While
/// nobody uses them, the further ones are closed, and the first is asked for a sign of life now and then, so that neither
/// routers nor the server forget it. A session that died is replaced by a new one at the next use.
class ServerLink
{
public:
    static constexpr std::chrono::milliseconds KeepAliveEvery = std::chrono::seconds(20);

    /// `most`: sessions at a time, at least 1.
    ServerLink(Address address, ConnectOptions options, int most = 1, std::chrono::milliseconds keepAliveEvery = KeepAliveEvery);
    ~ServerLink() = default;
    Q_DISABLE_COPY_MOVE(ServerLink)

    [[nodiscard]] Address address() const { return m_address; }
    [[nodiscard]] int most() const { return m_most; }
    /// Answers to what the last attempt asked (host key, password); takes effect at the next connect.
    void setOptions(const ConnectOptions &options);
    [[nodiscard]] ConnectOptions options() const;

    /// What Session::connect() gave elsewhere: the next use() takes that session, or gives that error. Not while a job
    /// uses this.
    void adopt(Result<Session> connected);

    template<typename T>
    [[nodiscard]] Result<T> use(const JobContext &context, const std::function<Result<T>(Session &)> &work)
    {
        const auto taken = take(context);
        if (!taken)
            return std::unexpected(taken.error());
        return work(*taken->get()->session);
    }

private:
    /// Of one session.
    struct Place
    {
        std::optional<Session> session;
        bool isTaken = false;
        bool wasUsed = false; ///< since the keeper looked
    };
    struct GiveBack
    {
        ServerLink *link;
        void operator()(Place *place) const { link->giveBack(*place); }
    };
    using Taken = std::unique_ptr<Place, GiveBack>;

    [[nodiscard]] Result<Taken> take(const JobContext &context); ///< connected
    [[nodiscard]] Result<Taken> takeFree(const JobContext &context);
    void giveBack(Place &place);
    [[nodiscard]] bool isFirst(const Place &place) const { return &place == &m_places.front(); }
    [[nodiscard]] Result<> connect(Place &place, const JobContext &context);
    void keepAlive(const std::stop_token &stop, std::chrono::milliseconds every);

    const Address m_address;
    const int m_most;
    mutable std::mutex m_optionsMutex;
    ConnectOptions m_options;
    std::mutex m_placesMutex; // of all but the sessions in places that are taken
    std::condition_variable m_given;
    std::deque<Place> m_places;
    int m_allowed = 1; // of them, by the server
    std::optional<Error> m_refused; // adopted, to be said once
    Error m_failure;    // of the first's last attempt to connect that failed
    int m_failures = 0;
    std::jthread m_keeper; // last: it looks at all of these
};

} // namespace handover::server

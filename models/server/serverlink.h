// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/session.h"

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace handover::server {

/// One server's connection, kept between the jobs that use it. Any thread may call use(); one at a
/// time gets the session, the others wait. While nobody uses it, a sign of life is asked for now and then, so that
/// neither routers nor the server forget it. A session that died is replaced by a new one at the next use.
class ServerLink
{
public:
    static constexpr std::chrono::milliseconds KeepAliveEvery = std::chrono::seconds(20);

    ServerLink(Address address, ConnectOptions options, std::chrono::milliseconds keepAliveEvery = KeepAliveEvery);
    ~ServerLink() = default;
    Q_DISABLE_COPY_MOVE(ServerLink)

    [[nodiscard]] Address address() const { return m_address; }
    /// Answers to what the last attempt asked (host key, password); takes effect at the next connect.
    void setOptions(const ConnectOptions &options);
    [[nodiscard]] ConnectOptions options() const;

    /// What Session::connect() gave elsewhere: the next use() takes that session, or gives that error. Not while a job
    /// uses this.
    void adopt(Result<Session> connected);

    template<typename T>
    [[nodiscard]] Result<T> use(const JobContext &context, const std::function<Result<T>(Session &)> &work)
    {
        std::unique_lock lock(m_inUse, std::defer_lock);
        while (!lock.try_lock_for(std::chrono::milliseconds(50))) {
            if (context.isCancelled())
                return cancellation();
        }
        auto session = connected(context);
        if (!session)
            return std::unexpected(session.error());
        return work(**session);
    }

private:
    [[nodiscard]] Result<Session *> connected(const JobContext &context);
    void keepAlive(const std::stop_token &stop, std::chrono::milliseconds every);

    const Address m_address;
    mutable std::mutex m_optionsMutex;
    ConnectOptions m_options;
    std::timed_mutex m_inUse;
    std::optional<Session> m_session;
    std::optional<Error> m_refused; // adopted, to be said once
    std::jthread m_keeper; // last: it looks at all of these
};

} // namespace handover::server

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/session.h"

#include <functional>
#include <mutex>
#include <optional>

namespace handover::server {

/// One server's connection, kept between the jobs that use it. Any thread may call use(); one at a
/// time gets the session, the others wait. A dead session is replaced by a new one at the next use.
class ServerLink
{
public:
    ServerLink(Address address, ConnectOptions options);

    [[nodiscard]] Address address() const { return m_address; }
    /// Answers to what the last attempt asked (host key, password); takes effect at the next connect.
    void setOptions(const ConnectOptions &options);
    [[nodiscard]] ConnectOptions options() const;

    template<typename T>
    [[nodiscard]] Result<T> use(const JobContext &context, const std::function<Result<T>(Session &)> &work)
    {
        const std::scoped_lock lock(m_inUse);
        auto session = connected(context);
        if (!session)
            return std::unexpected(session.error());
        return work(**session);
    }

private:
    [[nodiscard]] Result<Session *> connected(const JobContext &context);

    const Address m_address;
    mutable std::mutex m_optionsMutex;
    ConnectOptions m_options;
    std::mutex m_inUse;
    std::optional<Session> m_session;
};

} // namespace handover::server

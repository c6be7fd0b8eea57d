// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/serverlink.h"

#include <condition_variable>
#include <utility>

namespace handover::server {

ServerLink::ServerLink(Address address, ConnectOptions options, std::chrono::milliseconds keepAliveEvery)
    : m_address(std::move(address)), m_options(std::move(options))
    , m_keeper([this, keepAliveEvery](const std::stop_token &stop) { keepAlive(stop, keepAliveEvery); })
{
}

void ServerLink::keepAlive(const std::stop_token &stop, std::chrono::milliseconds every)
{
    std::mutex mutex;
    std::condition_variable_any over;
    while (true) {
        {
            std::unique_lock lock(mutex);
            over.wait_for(lock, stop, every, [] { return false; });
        }
        if (stop.stop_requested())
            return;
        const std::unique_lock lock(m_inUse, std::try_to_lock);
        if (lock && m_session && !m_session->keepAlive(JobContext(stop, {})))
            m_session.reset();
    }
}

void ServerLink::setOptions(const ConnectOptions &options)
{
    const std::scoped_lock lock(m_optionsMutex);
    m_options = options;
}

ConnectOptions ServerLink::options() const
{
    const std::scoped_lock lock(m_optionsMutex);
    return m_options;
}

void ServerLink::adopt(Result<Session> connected)
{
    const std::scoped_lock lock(m_inUse);
    m_session.reset();
    m_refused.reset();
    if (connected)
        m_session.emplace(*std::move(connected));
    else
        m_refused = connected.error();
}

Result<Session *> ServerLink::connected(const JobContext &context)
{
    if (const auto refused = std::exchange(m_refused, std::nullopt))
        return std::unexpected(*refused);
    if (!m_session || !m_session->isAlive()) {
        m_session.reset();
        auto session = Session::connect(m_address, options(), context);
        if (!session)
            return std::unexpected(session.error());
        m_session.emplace(std::move(*session));
    }
    return &*m_session;
}

} // namespace handover::server

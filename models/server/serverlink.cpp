// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/serverlink.h"

namespace handover::server {

ServerLink::ServerLink(Address address, ConnectOptions options)
    : m_address(std::move(address)), m_options(std::move(options))
{
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

Result<Session *> ServerLink::connected(const JobContext &context)
{
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/serverlink.h"

namespace handover::workspace {

ServerLink::ServerLink(server::Address address, server::ConnectOptions options)
    : m_address(std::move(address)), m_options(std::move(options))
{
}

void ServerLink::setOptions(const server::ConnectOptions &options)
{
    const std::scoped_lock lock(m_optionsMutex);
    m_options = options;
}

server::ConnectOptions ServerLink::options() const
{
    const std::scoped_lock lock(m_optionsMutex);
    return m_options;
}

Result<server::Session *> ServerLink::connected(const JobContext &context)
{
    if (!m_session || !m_session->isAlive()) {
        m_session.reset();
        auto session = server::Session::connect(m_address, options(), context);
        if (!session)
            return std::unexpected(session.error());
        m_session.emplace(std::move(*session));
    }
    return &*m_session;
}

} // namespace handover::workspace

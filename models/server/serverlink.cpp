// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/serverlink.h"

#include <algorithm>
#include <utility>

namespace handover::server {

using namespace std::chrono_literals;

ServerLink::ServerLink(Address address, ConnectOptions options, int most, std::chrono::milliseconds keepAliveEvery)
    : m_address(std::move(address)), m_most(std::max(most, 1)), m_options(std::move(options))
    , m_places(static_cast<size_t>(m_most))
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
        for (Place &place : m_places) {
            if (stop.stop_requested())
                return;
            bool used = false;
            {
                const std::scoped_lock lock(m_placesMutex);
                used = std::exchange(place.wasUsed, false);
                if (place.isTaken || !place.session)
                    continue;
                place.isTaken = true;
            }
            const bool stays = isFirst(place) ? place.session->keepAlive(JobContext(stop, {})).has_value() : used;
            if (!stays)
                place.session.reset();
            giveBack(place);
        }
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
    auto first = takeFree({});
    if (!first)
        return;
    (*first)->session.reset();
    const std::scoped_lock lock(m_placesMutex);
    m_refused.reset();
    m_allowed = connected ? m_most : 1;
    if (connected)
        (*first)->session.emplace(*std::move(connected));
    else
        m_refused = connected.error();
}

Result<ServerLink::Taken> ServerLink::take(const JobContext &context)
{
    while (true) {
        auto taken = takeFree(context);
        if (!taken)
            return taken;
        const auto connected = connect(**taken, context);
        if (connected)
            return taken;
        if (isFirst(**taken) || context.isCancelled())
            return std::unexpected(connected.error());
        context.log(QStringLiteral("No further connection: %1").arg(connected.error().message));
    }
}

Result<ServerLink::Taken> ServerLink::takeFree(const JobContext &context)
{
    std::unique_lock lock(m_placesMutex);
    const int failures = m_failures;
    while (!context.isCancelled()) {
        if (m_failures != failures)
            return std::unexpected(m_failure);
        for (int i = 0; i < m_most; ++i) {
            Place &place = m_places[static_cast<size_t>(i)];
            if (!place.isTaken && (i < m_allowed || place.session)) {
                place.isTaken = place.wasUsed = true;
                return Taken(&place, {this});
            }
        }
        m_given.wait_for(lock, 50ms);
    }
    return cancellation();
}

void ServerLink::giveBack(Place &place)
{
    const bool died = place.session && !place.session->isAlive();
    if (died)
        place.session.reset();
    {
        const std::scoped_lock lock(m_placesMutex);
        place.isTaken = false;
        if (died)
            m_allowed = 1; // until the first was let in again
    }
    m_given.notify_all();
}

Result<> ServerLink::connect(Place &place, const JobContext &context)
{
    const bool first = isFirst(place);
    if (first) {
        const std::scoped_lock lock(m_placesMutex);
        if (const auto refused = std::exchange(m_refused, std::nullopt))
            return std::unexpected(*refused);
    }
    if (place.session && place.session->isAlive())
        return {};
    place.session.reset();
    auto session = Session::connect(m_address, options(), context);
    {
        const std::scoped_lock lock(m_placesMutex);
        m_allowed = session && first ? m_most : session ? m_allowed : 1; // more than there are now, or no more
        if (!session && first && !context.isCancelled()) {
            m_failure = session.error();
            ++m_failures;
        }
    }
    if (!session)
        return std::unexpected(session.error());
    place.session.emplace(*std::move(session));
    m_given.notify_all(); // who waits may connect, too
    return {};
}

} // namespace handover::server

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>
#include <memory>
#include <thread>

namespace handover::test {

/// A port on loopback behind which a distant one lies: what is sent either way arrives half a round trip later, in
/// order and as fast as it came. In a thread of its own; ends, with its connections, when it is destroyed.
class DelayRelay
{
public:
    /// Nothing if there is no port to be had.
    [[nodiscard]] static std::unique_ptr<DelayRelay> start(int port, std::chrono::milliseconds roundTrip);
    ~DelayRelay();
    Q_DISABLE_COPY_MOVE(DelayRelay)

    [[nodiscard]] int port() const noexcept { return m_port; }

private:
    DelayRelay(int listener, int port, int target, std::chrono::milliseconds delay);

    int m_listener;
    int m_port;
    std::jthread m_thread;
};

} // namespace handover::test

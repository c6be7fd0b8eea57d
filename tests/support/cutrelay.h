// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <atomic>
#include <memory>
#include <thread>

namespace handover::test {

/// A port on loopback that leads to another one, and breaks where it is told to. In a thread of its own; ends, with its
/// connections, when it is destroyed.
class CutRelay
{
public:
    /// Nothing if there is no port to be had.
    [[nodiscard]] static std::unique_ptr<CutRelay> start(int port);
    ~CutRelay();
    Q_DISABLE_COPY_MOVE(CutRelay)

    [[nodiscard]] int port() const noexcept { return m_port; }
    /// After exactly so many further bytes, both ways and in all connections together, these are reset. New ones may be
    /// made.
    void cutAfter(qint64 bytes) { m_left = bytes; }
    void cutNow() { m_cut = true; }
    [[nodiscard]] int cuts() const { return m_cuts; } ///< so far
    /// Whether it takes new connections; else they are reset.
    void setOpen(bool open) { m_open = open; }
    [[nodiscard]] qint64 carried() const { return m_carried; } ///< bytes, both ways
    [[nodiscard]] int accepted() const { return m_accepted; }  ///< connections so far

private:
    CutRelay(int listener, int port, int target);
    void run(const std::stop_token &stop, int target);

    static constexpr qint64 Never = -1;
    int m_listener;
    int m_port;
    std::atomic<qint64> m_left = Never;
    std::atomic<qint64> m_carried = 0;
    std::atomic<int> m_accepted = 0;
    std::atomic<int> m_cuts = 0;
    std::atomic<bool> m_open = true;
    std::atomic<bool> m_cut = false;
    std::jthread m_thread;
};

} // namespace handover::test

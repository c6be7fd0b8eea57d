// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/sessionprivate.h"

#include <atomic>
#include <thread>

namespace handover::server {

/// The server's SHA-256 of a file, computed over a connection of its own while the file is on its way: else the
/// download of a large one ends with waiting for it. Ends when it is destroyed.
class SumAhead
{
public:
    SumAhead(const Session::Private &session, const RemotePath &file);

    /// Waits for it. Empty if it could not be had this way, and after a cancel.
    [[nodiscard]] QByteArray result(const JobContext &context);

private:
    QByteArray m_sum;
    std::atomic<bool> m_over = false;
    std::jthread m_thread; // last: it writes m_sum
};

} // namespace handover::server

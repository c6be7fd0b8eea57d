// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/jobcontext.h"

#include <QByteArray>
#include <QString>

#include <condition_variable>
#include <functional>
#include <limits>
#include <mutex>
#include <thread>

namespace handover::server {

/// The SHA-256 of a local file, computed in a thread of its own: with it in the sending thread an
/// upload on a fast line takes nearly twice as long. Stops when it is destroyed.
class FileHash
{
public:
    /// `file` is open, and stays open as long as this lives; it is read at offsets, to its end or up to `most` bytes.
    explicit FileHash(int file, qint64 most = std::numeric_limits<qint64>::max());
    /// Of a file that is still arriving: `there` says how much of its beginning may be read.
    FileHash(int file, qint64 size, std::function<qint64()> there);

    /// Waits for it. 64 hexadecimal digits; empty when the file could not be read to its end, and after a cancel.
    [[nodiscard]] QByteArray result(const JobContext &context);

private:
    std::mutex m_mutex;
    std::condition_variable_any m_ended;
    QByteArray m_hash;
    bool m_over = false;
    std::jthread m_thread; // last: it writes the others
};

} // namespace handover::server

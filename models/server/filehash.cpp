// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/filehash.h"

#include "models/package/sha256.h"

#include <algorithm>
#include <cerrno>
#include <chrono>

#include <unistd.h>

namespace handover::server {

namespace {

[[nodiscard]] QByteArray hashOf(int file, qint64 most, const std::function<qint64()> &there,
                                const std::stop_token &stop)
{
    package::Sha256 hash;
    QByteArray piece(256 * 1024, Qt::Uninitialized);
    for (qint64 at = 0; !stop.stop_requested();) {
        const qint64 wanted = std::min<qint64>(piece.size(), std::min(most, there()) - at);
        if (wanted <= 0 && at < most) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            continue;
        }
        const ssize_t size = ::pread(file, piece.data(), static_cast<size_t>(wanted), at);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return {};
        if (size == 0)
            return hash.hex();
        hash.add(QByteArrayView(piece).first(size));
        at += size;
    }
    return {};
}

} // namespace

FileHash::FileHash(int file, qint64 most)
    : FileHash(file, most, [most] { return most; })
{
}

FileHash::FileHash(int file, qint64 size, std::function<qint64()> there)
    : m_thread([this, file, size, there = std::move(there)](const std::stop_token &stop) {
        QByteArray hash = hashOf(file, size, there, stop);
        const std::scoped_lock lock(m_mutex);
        m_hash = std::move(hash);
        m_over = true;
        m_ended.notify_all();
    })
{
}

QByteArray FileHash::result(const JobContext &context)
{
    std::unique_lock lock(m_mutex);
    return m_ended.wait(lock, context.stopToken(), [this] { return m_over; }) ? m_hash : QByteArray();
}

} // namespace handover::server

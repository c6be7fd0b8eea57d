// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/filehash.h"

#include "models/package/sha256.h"

#include <cerrno>
#include <chrono>

#include <unistd.h>

namespace handover::server {

namespace {

[[nodiscard]] QByteArray hashOf(int file, const std::stop_token &stop)
{
    package::Sha256 hash;
    QByteArray piece(256 * 1024, Qt::Uninitialized);
    for (qint64 at = 0; !stop.stop_requested();) {
        const ssize_t size = ::pread(file, piece.data(), static_cast<size_t>(piece.size()), at);
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

FileHash::FileHash(int file)
    : m_thread([this, file](const std::stop_token &stop) {
        m_hash = hashOf(file, stop);
        m_over = true;
    })
{
}

QByteArray FileHash::result(const JobContext &context)
{
    while (!m_over) {
        if (context.isCancelled())
            return {};
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return m_hash;
}

} // namespace handover::server

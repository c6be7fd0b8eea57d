// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/filehash.h"

#include <QCryptographicHash>
#include <QFile>

#include <chrono>

namespace handover::server {

namespace {

[[nodiscard]] QByteArray hashOf(const QString &fileName, const std::stop_token &stop)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray piece(256 * 1024, Qt::Uninitialized);
    while (!stop.stop_requested()) {
        const qint64 size = file.read(piece.data(), piece.size());
        if (size < 0)
            return {};
        if (size == 0)
            return hash.result();
        hash.addData(QByteArrayView(piece).first(size));
    }
    return {};
}

} // namespace

FileHash::FileHash(const QString &fileName)
    : m_thread([this, fileName](const std::stop_token &stop) {
        m_hash = hashOf(fileName, stop);
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

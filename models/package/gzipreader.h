// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/jobs/jobcontext.h"
#include "models/package/limits.h"
#include "models/package/sha256.h"

#include <QByteArray>
#include <QFile>

#include <memory>

struct z_stream_s;

namespace handover::package {

/// Reads a gzip file once, from its first byte to its last: unpacks it, checks the CRC-32 and the
/// length of every member, and takes the SHA-256 of the file on the way. (libarchive and KArchive
/// unpack gzip without looking at the check sum.) Needs the same memory for every file.
class GzipReader
{
public:
    GzipReader(const QString &file, const Limits &limits, const JobContext &context);
    ~GzipReader();
    Q_DISABLE_COPY_MOVE(GzipReader)

    [[nodiscard]] Result<> open();
    /// The next piece, good until the next call; empty when the end was reached and all was right.
    [[nodiscard]] Result<QByteArrayView> next();

    [[nodiscard]] bool atEnd() const noexcept { return m_atEnd; }
    [[nodiscard]] qint64 fileBytes() const noexcept { return m_fileBytes; } ///< read so far
    [[nodiscard]] qint64 lastNonZero() const noexcept
    {
        return m_lastNonZero;
    }                                                          ///< offset behind the last byte that is not 0
    [[nodiscard]] QByteArray sha256() { return m_hash.hex(); } ///< once, at the end

private:
    struct Closer
    {
        void operator()(z_stream_s *stream) const;
    };
    [[nodiscard]] Result<> fill();
    [[nodiscard]] Result<> endMember();
    [[nodiscard]] std::unexpected<Error> truncated() const;
    [[nodiscard]] std::unexpected<Error> damaged(const QString &why) const;

    QFile m_file;
    const Limits m_limits;
    const JobContext &m_context;
    std::unique_ptr<z_stream_s, Closer> m_stream;
    Sha256 m_hash;
    QByteArray m_input;
    QByteArray m_output;
    qint64 m_fileBytes = 0;
    qint64 m_fileSize = 0;
    qint64 m_unpacked = 0;
    qint64 m_lastNonZero = 0;
    bool m_inMember = false;
    bool m_atEnd = false;
};

} // namespace handover::package

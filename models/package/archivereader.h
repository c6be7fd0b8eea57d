// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/package/gzipreader.h"
#include "models/package/tarball.h"

#include <memory>
#include <optional>

#include <sys/types.h>

struct archive;
struct archive_entry;

namespace handover::package {

/// Goes through the entries of a .tar.gz with libarchive. Whatever the tar seems to say, a wrong
/// check sum of the gzip around it is the error that is reported.
class ArchiveReader
{
public:
    ArchiveReader(const QString &file, const Limits &limits, const JobContext &context);
    ~ArchiveReader();
    Q_DISABLE_COPY_MOVE(ArchiveReader)

    [[nodiscard]] Result<> open();
    /// The next entry with its path and link target as they stand in the archive; nothing at its
    /// end, when everything was read and was right.
    [[nodiscard]] Result<std::optional<Entry>> next();
    /// The next bytes of the entry's contents, so many or what is left of them; empty at their end.
    [[nodiscard]] Result<QByteArray> piece(qint64 size);
    /// The rest of the contents of the entry, which is of at most that many bytes in all.
    [[nodiscard]] Result<QByteArray> contents(qint64 limit);

    [[nodiscard]] GzipReader &gzip() noexcept { return m_gzip; }
    /// `error`, or what is wrong with the rest of the compressed data, if anything is.
    [[nodiscard]] std::unexpected<Error> fail(Error error);

private:
    struct Closer
    {
        void operator()(archive *reader) const;
    };
    static ssize_t feed(archive *reader, void *self, const void **buffer);
    [[nodiscard]] std::unexpected<Error> tarFailure();
    [[nodiscard]] Result<> finish();
    void drain(); ///< reads the rest of the compressed data for the sake of its check sum

    QString m_file;
    GzipReader m_gzip;
    std::optional<Error> m_feedError;
    std::unique_ptr<archive, Closer> m_archive;
    archive_entry *m_entry = nullptr; ///< owned by m_archive
    qint64 m_left = 0;                ///< of the entry's contents
    bool m_any = false;               ///< an entry was read
};

} // namespace handover::package

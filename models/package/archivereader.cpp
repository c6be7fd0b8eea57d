// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/archivereader.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace handover::package {

namespace {

EntryType typeOf(archive_entry *entry)
{
    if (archive_entry_hardlink(entry))
        return EntryType::Hardlink;
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
        return EntryType::File;
    case AE_IFDIR:
        return EntryType::Directory;
    case AE_IFLNK:
        return EntryType::Symlink;
    default:
        return EntryType::Other;
    }
}

/// A name that is not UTF-8 is most likely Latin-1; in any case nothing of it is lost.
QString nameOf(const char *utf8, const char *raw)
{
    return utf8 ? QString::fromUtf8(utf8) : QString::fromLatin1(raw);
}

} // namespace

void ArchiveReader::Closer::operator()(archive *reader) const { archive_read_free(reader); }

ArchiveReader::ArchiveReader(const QString &file, const Limits &limits, const JobContext &context)
    : m_file(file)
    , m_gzip(file, limits, context)
    , m_archive(archive_read_new())
{
}

ArchiveReader::~ArchiveReader() = default;

ssize_t ArchiveReader::feed(archive *reader, void *self, const void **buffer)
{
    auto *that = static_cast<ArchiveReader *>(self);
    auto piece = that->m_gzip.next();
    if (!piece) {
        that->m_feedError = std::move(piece.error());
        archive_set_error(reader, EIO, "the compressed data ended with an error");
        return ARCHIVE_FATAL;
    }
    *buffer = piece->data();
    return piece->size();
}

void ArchiveReader::drain()
{
    while (!m_feedError && !m_gzip.atEnd()) {
        if (auto piece = m_gzip.next(); !piece)
            m_feedError = std::move(piece.error());
    }
}

std::unexpected<Error> ArchiveReader::fail(Error error)
{
    // A flipped bit can make any name, type or size: the check sum knows better.
    drain();
    return std::unexpected(m_feedError ? *std::move(m_feedError) : std::move(error));
}

std::unexpected<Error> ArchiveReader::tarFailure()
{
    const char *text = archive_error_string(m_archive.get());
    const QString detail = QString::fromUtf8(text ? text : "");
    const QString hint = u"Copy or build it again."_s;
    const QString code = !m_any                           ? u"package.not-a-tarball"_s
                         : m_gzip.atEnd() && !m_feedError ? u"package.truncated"_s
                                                          : u"package.damaged"_s;
    const QString message = (!m_any                           ? u"What %1 holds is not a tar archive."_s
                             : code == u"package.truncated"_s ? u"The archive inside %1 is cut short."_s
                                                              : u"The archive inside %1 is damaged."_s)
                                .arg(m_file);
    return fail({ErrorKind::Outside, code, message, hint, detail});
}

Result<> ArchiveReader::open()
{
    if (auto opened = m_gzip.open(); !opened)
        return opened;
    archive *reader = m_archive.get();
    if (!reader)
        return failure(u"package.unreadable"_s, u"There is not enough memory to read %1."_s.arg(m_file));
    if (archive_read_support_format_tar(reader) != ARCHIVE_OK ||
        archive_read_open(reader, this, nullptr, &ArchiveReader::feed, nullptr) != ARCHIVE_OK)
        return tarFailure();
    return {};
}

Result<std::optional<Entry>> ArchiveReader::next()
{
    const int status = archive_read_next_header(m_archive.get(), &m_entry);
    if (status == ARCHIVE_EOF) {
        if (auto finished = finish(); !finished)
            return std::unexpected(finished.error());
        return std::nullopt;
    }
    // A warning says that a part of a header was ignored, which another program may not do.
    if (status != ARCHIVE_OK) {
        m_any = m_any || status == ARCHIVE_WARN;
        return tarFailure();
    }
    m_any = true;

    m_left = archive_entry_size(m_entry);
    Entry entry;
    entry.type = typeOf(m_entry);
    entry.mode = static_cast<int>(archive_entry_perm(m_entry));
    const char *raw = archive_entry_pathname(m_entry);
    entry.path = nameOf(archive_entry_pathname_utf8(m_entry), raw ? raw : "");
    if (entry.type == EntryType::File)
        entry.size = archive_entry_size(m_entry);
    else if (entry.type == EntryType::Symlink)
        entry.linkTarget = nameOf(archive_entry_symlink_utf8(m_entry), archive_entry_symlink(m_entry));
    else if (entry.type == EntryType::Hardlink)
        entry.linkTarget = nameOf(archive_entry_hardlink_utf8(m_entry), archive_entry_hardlink(m_entry));
    return entry;
}

Result<QByteArray> ArchiveReader::contents(qint64 limit)
{
    if (archive_entry_size(m_entry) > limit)
        return fail({ErrorKind::Outside,
                     u"package.too-large"_s,
                     u"%1 holds a file that is far larger than a release needs."_s.arg(m_file),
                     u"Don't unpack it; find out where it comes from."_s,
                     {}});
    return piece(m_left);
}

Result<QByteArray> ArchiveReader::piece(qint64 most)
{
    const qint64 size = std::min(most, m_left);
    QByteArray bytes(size, Qt::Uninitialized);
    qint64 done = 0;
    while (done < size) {
        const auto got =
            archive_read_data(m_archive.get(), bytes.data() + done, static_cast<size_t>(size - done));
        if (got <= 0)
            return tarFailure();
        done += got;
    }
    m_left -= size;
    return bytes;
}

Result<> ArchiveReader::finish()
{
    const qint64 end = archive_read_header_position(m_archive.get());
    const qint64 marker = archive_filter_bytes(m_archive.get(), 0) - end;
    drain();
    if (m_feedError) // libarchive may have met it while it looked ahead, and have kept it to itself
        return std::unexpected(*m_feedError);
    // libarchive also ends where the data does; only the block of zeros says that nothing is missing.
    if (marker < 512)
        return failure(u"package.truncated"_s,
                       u"The archive inside %1 is cut short: it has no end mark."_s.arg(m_file),
                       u"Copy or build it again."_s);
    if (m_gzip.lastNonZero() > end)
        return failure(u"package.damaged"_s,
                       u"There is something behind the end of the archive inside %1."_s.arg(m_file),
                       u"Copy or build it again."_s);
    return {};
}

} // namespace handover::package

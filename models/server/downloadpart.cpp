// SPDX-License-Identifier: GPL-3.0-or-later
// What of a download is here already, and whether it can be gone on with.
#include "models/server/download.h"

#include <QFileInfo>
#include <QStorageInfo>

#include <libssh/sftp.h>

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace handover::server {

std::unexpected<Error> Download::noPlace(const QString &detail) const
{
    return failure(u"server.local-file"_s, u"%1 can't be written."_s.arg(m_localFile),
                   u"Check its folder and the disk, then try again."_s, detail);
}

std::unexpected<Error> Download::targetExists() const
{
    return failure(u"server.target-exists"_s, u"%1 is there already."_s.arg(m_localFile),
                   u"Say whether it is to be replaced."_s);
}

void Download::startAnew(const QString &remark)
{
    m_remark = remark;
    m_context.log(remark);
    m_part = Part{m_part.name};
    m_resumed = false;
    m_anew = true;
    keep({});
}

void Download::keep(const ByteRanges &arrived)
{
    m_part.arrived = arrived;
    if (m_resumption && m_resumption->keep)
        m_resumption->keep(m_part);
}

bool Download::isArrived()
{
    struct stat facts
    {
    };
    const FileDescriptor file(::open(target().constData(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen() || ::fstat(file.get(), &facts) != 0 || facts.st_size != m_part.size)
        return false;
    FileHash hash(file.get());
    const Result<QByteArray> there = sumThere();
    m_sum = hash.result(m_context);
    m_checked = there && !there->isEmpty() && *there == m_sum;
    m_created = m_checked;
    if (m_checked)
        discard();
    return m_checked;
}

Result<> Download::checkPlace()
{
    if (QFileInfo(QFile::decodeName(target())).isDir())
        return noPlace(u"It is a folder."_s);
    const qint64 wanted = static_cast<qint64>(m_facts->size) - m_part.arrived.bytes();
    const QStorageInfo disk(QFile::decodeName(m_directory));
    if (!disk.isValid() || disk.bytesAvailable() >= wanted)
        return {};
    return failure(u"server.local-file"_s,
                   u"The disk here is full: %1 needs %2 bytes, and %3 are free."_s.arg(m_localFile)
                       .arg(wanted)
                       .arg(disk.bytesAvailable()),
                   u"Make room, or download to another disk."_s);
}

Result<> Download::open()
{
    struct stat facts
    {
    };
    if (m_resumption && !m_resumption->replaces && ::lstat(target().constData(), &facts) == 0)
        return targetExists();
    m_resumed = m_part.isBegun() && isPartHere();
    if (m_part.isBegun() && !m_resumed)
        startAnew(u"What had arrived before is not here any more, so it was fetched from its beginning."_s);
    if (!m_resumed && !m_anew && m_resumption && m_resumption->adoptsTarget)
        m_resumed = adopt();
    if (auto place = checkPlace(); !place)
        return place;
    return m_resumed ? Result<>() : create();
}

Result<> Download::create()
{
    m_part = {m_part.name, m_directory, static_cast<qint64>(m_facts->size), m_facts->mtime * qint64{1000}, {}};
    keep({}); // before it is there: what nobody knows of, nobody removes
    const QByteArray name = temporary();
    if (m_resumption) // of an attempt that ended before it could say so
        ::unlink(name.constData());
    m_file = FileDescriptor(::open(name.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, Part::Mode));
    if (!m_file.isOpen())
        return noPlace(qt_error_string(errno));
    m_created = true;
    return {};
}

bool Download::isPartHere()
{
    struct stat facts
    {
    };
    FileDescriptor file(::open(temporary().constData(), O_RDWR | O_NOFOLLOW | O_CLOEXEC));
    if (!file.isOpen() || ::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode) ||
        facts.st_size < m_part.arrived.end() || facts.st_size > m_part.size)
        return false;
    m_file = std::move(file);
    m_created = true;
    return true;
}

// Whether it fits is seen by the sum of the whole.
bool Download::adopt()
{
    struct stat facts
    {
    };
    const FileDescriptor old(::open(target().constData(), O_RDONLY | O_CLOEXEC));
    if (!old.isOpen() || ::fstat(old.get(), &facts) != 0 || !S_ISREG(facts.st_mode) || facts.st_size <= 0 ||
        static_cast<quint64>(facts.st_size) >= m_facts->size || !create())
        return false;
    constexpr size_t piece = 16 * 1024 * 1024;
    for (off_t done = 0; done < facts.st_size;) {
        const ssize_t copied =
            m_context.isCancelled() ? -1 : ::copy_file_range(old.get(), nullptr, m_file.get(), nullptr, piece, 0);
        if (copied <= 0)
            return false;
        done += copied;
    }
    ByteRanges arrived;
    arrived.add({0, facts.st_size});
    keep(arrived);
    return true;
}

void Download::discard()
{
    m_file = FileDescriptor();
    if (m_created)
        ::unlink(temporary().constData());
    m_created = false;
}

} // namespace handover::server

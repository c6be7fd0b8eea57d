// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/upload.h"

#include "models/package/sha256.h"
#include "models/server/carriage.h"

#include <QRandomGenerator>

#include <libssh/libssh.h>
#include <libssh/sftp.h>

#include <algorithm>

#include <fcntl.h>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr quint64 MaximumChunk = 256 * 1024;
constexpr mode_t FileMode = 0644;
constexpr qsizetype MaximumFileName = 255;

struct StatvfsDeleter
{
    void operator()(sftp_statvfs_t statvfs) const noexcept { sftp_statvfs_free(statvfs); }
};

[[nodiscard]] std::optional<quint64> freeBytes(sftp_session sftp, const QByteArray &directory)
{
    if (!sftp_extension_supported(sftp, "statvfs@openssh.com", "2"))
        return std::nullopt;
    const std::unique_ptr<sftp_statvfs_struct, StatvfsDeleter> space(
        sftp_statvfs(sftp, directory.constData()));
    if (!space || space->f_blocks == 0) // as of file systems that are not on a disk
        return std::nullopt;
    return space->f_bavail * space->f_frsize;
}

[[nodiscard]] QString mebibytes(quint64 bytes)
{
    return u"%1 MiB"_s.arg(static_cast<double>(bytes) / (1024 * 1024), 0, 'f', 1);
}

[[nodiscard]] QByteArray partName(const QByteArray &name)
{
    const QByteArray random = QByteArray::number(QRandomGenerator::system()->generate64(), 36);
    const QByteArray tail = ".handover-" + random + ".part";
    return '.' + name.first(std::min(name.size(), MaximumFileName - 1 - tail.size())) + tail;
}

} // namespace

Upload::Upload(Session::Private &session, const RemotePath &target, const JobContext &context)
    : m_session(session)
    , m_context(context)
    , m_directory(target.bytes().first(target.bytes().lastIndexOf('/')))
    , m_targetName(target.fileName())
    , m_name(partName(target.fileName()))
    , m_cut(context.stopToken(), session.socket.get())
    , m_call(session, context, Call::OnCancel::Stop)
{
    if (m_directory.isEmpty())
        m_directory = "/.";
}

std::unexpected<Error> Upload::failed(const QString &doing)
{
    return explained(m_call.failed(doing, m_created ? path(m_targetName) : m_directory));
}

std::unexpected<Error> Upload::explained(const std::unexpected<Error> &error)
{
    // SFTP has no status of its own for a full disk.
    if (error.error().code == "server.sftp"_L1 && m_created) {
        const std::optional<quint64> space = freeBytes(m_session.sftp.get(), m_directory);
        if (space && *space < static_cast<quint64>(m_total - m_arrived))
            return failure(u"server.disk-full"_s,
                           u"The server's disk is full: %1 more were needed, %2 are free."_s.arg(
                               mebibytes(static_cast<quint64>(m_total - m_arrived)), mebibytes(*space)),
                           u"Make room in %1, for instance by removing old releases."_s.arg(
                               QString::fromUtf8(m_directory)),
                           error.error().detail);
    }
    return error;
}

std::unexpected<Error> Upload::localFailure(const QFile &file, const QString &what)
{
    return failure(u"server.local-file"_s, u"%1 %2."_s.arg(file.fileName(), what),
                   u"Check the file, then try again."_s, file.errorString());
}

Result<void> Upload::open()
{
    sftp_session sftp = m_session.sftp.get();
    if (const std::optional<quint64> space = freeBytes(sftp, m_directory);
        space && *space < static_cast<quint64>(m_total))
        return failure(
            u"server.disk-full"_s,
            u"The file has %1, but only %2 are free on the server's disk."_s.arg(
                mebibytes(static_cast<quint64>(m_total)), mebibytes(*space)),
            u"Make room in %1, for instance by removing old releases."_s.arg(QString::fromUtf8(m_directory)));
    m_call.restart();
    m_file.reset(sftp_open(sftp, path(m_name).constData(), O_WRONLY | O_CREAT | O_EXCL, FileMode));
    if (!m_file)
        return failed(u"Uploading"_s);
    m_created = true;
    return {};
}

Result<void> Upload::send(const QFile &file)
{
    m_total = file.size();
    if (const Result<void> opened = open(); !opened)
        return opened;
    Ranges ranges(0, m_total);
    const Freight freight{Freight::Way::Up, file.handle(), file.fileName(), path(m_name), path(m_targetName)};
    auto sent = Carriage(m_session, freight, ranges, m_call, m_context)
                    .run(std::move(m_file), u"Uploading %1"_s.arg(QString::fromUtf8(m_targetName)));
    m_arrived = ranges.arrivedBytes();
    if (!sent)
        return explained(std::unexpected(sent.error()));
    m_file = *std::move(sent);
    if (file.size() != m_total)
        return localFailure(file, u"changed while it was sent"_s);
    return finish();
}

Result<void> Upload::finish()
{
    m_call.restart();
    sftp_session sftp = m_session.sftp.get();
    if (sftp_extension_supported(sftp, "fsync@openssh.com", "1") && sftp_fsync(m_file.get()) != SSH_OK)
        return failed(u"Writing to the disk"_s);
    if (sftp_close(m_file.release()) != SSH_OK)
        return failed(u"Closing"_s);
    if (sftp_chmod(sftp, path(m_name).constData(), FileMode) != SSH_OK)
        return failed(u"Setting the mode"_s);
    return {};
}

Result<QByteArray> Upload::readBack()
{
    m_call.restart();
    const SftpFile file(sftp_open(m_session.sftp.get(), path(m_name).constData(), O_RDONLY, 0));
    if (!file)
        return failed(u"Reading back"_s);
    package::Sha256 hash;
    QByteArray piece(static_cast<qsizetype>(MaximumChunk), Qt::Uninitialized);
    qint64 read = 0;
    while (true) {
        if (m_context.isCancelled())
            return cancellation();
        m_call.restart();
        const ssize_t got = sftp_read(file.get(), piece.data(), static_cast<size_t>(piece.size()));
        if (got < 0)
            return failed(u"Reading back"_s);
        if (got == 0)
            return hash.hex();
        hash.add(QByteArrayView(piece).first(got));
        read += got;
        m_context.progress({u"Checking %1"_s.arg(QString::fromUtf8(m_targetName)), read, m_total, true});
        if (read > m_total)
            return hash.hex();
    }
}

Result<void> Upload::rename()
{
    m_call.restart();
    sftp_session sftp = m_session.sftp.get();
    const QByteArray from = path(m_name);
    const QByteArray to = path(m_targetName);
    if (sftp_rename(sftp, from.constData(), to.constData()) == SSH_OK) {
        m_created = false;
        return {};
    }
    // Without OpenSSH's extension a rename never replaces: the old file steps aside first.
    if (sftp_extension_supported(sftp, "posix-rename@openssh.com", "1") ||
        sftp_get_error(sftp) != SSH_FX_FAILURE ||
        ssh_get_error_code(m_session.ssh.get()) != SSH_REQUEST_DENIED)
        return failed(u"Renaming"_s);
    const QByteArray aside = path(partName(m_targetName));
    if (sftp_rename(sftp, to.constData(), aside.constData()) != SSH_OK)
        return failed(u"Renaming"_s);
    if (sftp_rename(sftp, from.constData(), to.constData()) != SSH_OK) {
        const std::unexpected<Error> error = failed(u"Renaming"_s);
        sftp_rename(sftp, aside.constData(), to.constData());
        return error;
    }
    m_created = false;
    sftp_unlink(sftp, aside.constData());
    return {};
}

void Upload::discard()
{
    if (!m_created || !m_session.alive || !m_session.isConnected())
        return;
    m_file.reset();
    sftp_unlink(m_session.sftp.get(), path(m_name).constData());
    m_created = false;
}

} // namespace handover::server

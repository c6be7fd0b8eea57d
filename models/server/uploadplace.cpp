// SPDX-License-Identifier: GPL-3.0-or-later
// The place of an upload on the server: its room, who owns it, and the last step.
#include "models/server/upload.h"

#include <libssh/libssh.h>
#include <libssh/sftp.h>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr mode_t FileMode = 0644;

[[nodiscard]] std::optional<quint64> freeBytes(sftp_session sftp, const QByteArray &directory)
{
    if (!sftp_extension_supported(sftp, "statvfs@openssh.com", "2"))
        return std::nullopt;
    const SftpSpace space(sftp_statvfs(sftp, directory.constData()));
    if (!space || space->f_blocks == 0) // as of file systems that are not on a disk
        return std::nullopt;
    return space->f_bavail * space->f_frsize;
}

[[nodiscard]] QString mebibytes(quint64 bytes)
{
    return u"%1 MiB"_s.arg(static_cast<double>(bytes) / (1024 * 1024), 0, 'f', 1);
}

} // namespace

std::unexpected<Error> Upload::failed(const QString &doing)
{
    return explained(m_call.failed(doing, m_created ? path(m_targetName) : m_directory));
}

std::unexpected<Error> Upload::explained(const std::unexpected<Error> &error)
{
    // SFTP has no status of its own for a full disk.
    if (error.error().code == "server.sftp"_L1 && m_created) {
        const auto wanted = static_cast<quint64>(m_total - m_part.arrived.bytes());
        const std::optional<quint64> space = freeBytes(m_session.sftp.get(), m_directory);
        if (space && *space < wanted)
            return failure(
                u"server.disk-full"_s,
                u"The server's disk is full: %1 more were needed, %2 are free."_s.arg(mebibytes(wanted),
                                                                                      mebibytes(*space)),
                u"Make room in %1, for instance by removing old releases."_s.arg(QString::fromUtf8(m_directory)),
                error.error().detail);
    }
    return error;
}

std::unexpected<Error> Upload::localFailure(const QString &what, const QString &detail)
{
    return failure(u"server.local-file"_s, u"%1 %2."_s.arg(m_localFile, what), u"Check the file, then try again."_s,
                   detail);
}

std::unexpected<Error> targetExists(QByteArrayView target)
{
    return failure(u"server.target-exists"_s, u"%1 is there already."_s.arg(QString::fromUtf8(target)),
                   u"Say whether it is to be replaced."_s);
}

SftpAttributes Upload::attributes(const QByteArray &name)
{
    m_call.restart();
    return SftpAttributes(sftp_lstat(m_session.sftp.get(), path(name).constData()));
}

Result<> Upload::checkTarget()
{
    if (!m_resumption || m_resumption->replaces || !attributes(m_targetName))
        return {};
    return targetExists(path(m_targetName));
}

Result<> Upload::checkSpace()
{
    const auto wanted = static_cast<quint64>(m_total - m_part.arrived.bytes());
    const std::optional<quint64> space = freeBytes(m_session.sftp.get(), m_directory);
    if (!space || *space >= wanted)
        return {};
    return failure(
        u"server.disk-full"_s,
        u"The file needs %1, but only %2 are free on the server's disk."_s.arg(mebibytes(wanted), mebibytes(*space)),
        u"Make room in %1, for instance by removing old releases."_s.arg(QString::fromUtf8(m_directory)));
}

// A release may be read by everybody. Another file hands its mode on, or takes over that of the file which it replaces,
// and its owner, where this user may give files away.
Result<> Upload::takeOver()
{
    m_call.restart();
    sftp_session sftp = m_session.sftp.get();
    const QByteArray part = path(temporary());
    // Else there is nothing to take over from. For a small file that isn't asked twice.
    const bool mayReplace = m_resumption && m_resumption->replaces && !(m_isNew && isSmall());
    const SftpAttributes old = mayReplace ? attributes(m_targetName) : SftpAttributes();
    const SftpAttributes fresh = old ? attributes(temporary()) : SftpAttributes();
    if (fresh && (fresh->uid != old->uid || fresh->gid != old->gid)) {
        sftp_attributes_struct owner{};
        owner.flags = SSH_FILEXFER_ATTR_UIDGID;
        owner.uid = old->uid;
        owner.gid = old->gid;
        if (sftp_setstat(sftp, part.constData(), &owner) != SSH_OK)
            m_remark = u"The file belongs to this user now: it may not be given to its former owner."_s;
    }
    sftp_attributes_struct facts{};
    facts.flags = SSH_FILEXFER_ATTR_PERMISSIONS | SSH_FILEXFER_ATTR_ACMODTIME;
    facts.atime = facts.mtime = static_cast<uint32_t>(m_time / 1000);
    facts.permissions = m_resumption ? m_mode : FileMode;
    if (old && old->type == SSH_FILEXFER_TYPE_REGULAR)
        facts.permissions = old->permissions & 0777U;
    if (sftp_setstat(sftp, part.constData(), &facts) == SSH_OK)
        return {};
    m_context.log(u"The server doesn't keep the file's time"_s);
    if (sftp_chmod(sftp, part.constData(), facts.permissions) != SSH_OK)
        return failed(u"Setting the mode"_s);
    return {};
}

Result<> Upload::rename()
{
    if (auto taken = takeOver(); !taken)
        return taken;
    m_call.restart();
    if (m_resumption && !m_resumption->replaces) {
        sftp_session sftp = m_session.sftp.get();
        // A link is never made over something; a rename is.
        if (sftp_extension_supported(sftp, "hardlink@openssh.com", "1") &&
            sftp_hardlink(sftp, path(temporary()).constData(), path(m_targetName).constData()) == SSH_OK) {
            discard();
            // Else nobody would remove it any more: who goes on finds that it has arrived, and does.
            return m_session.isConnected() ? Result<>() : failed(u"Renaming"_s);
        }
        if (auto free = checkTarget(); !free)
            return free;
    }
    return renameOver();
}

Result<> Upload::renameOver()
{
    m_call.restart();
    sftp_session sftp = m_session.sftp.get();
    const QByteArray from = path(temporary());
    const QByteArray to = path(m_targetName);
    if (sftp_rename(sftp, from.constData(), to.constData()) == SSH_OK) {
        m_created = false;
        return {};
    }
    // Without OpenSSH's extension a rename never replaces: the old file steps aside first.
    if (sftp_extension_supported(sftp, "posix-rename@openssh.com", "1") || sftp_get_error(sftp) != SSH_FX_FAILURE ||
        ssh_get_error_code(m_session.ssh.get()) != SSH_REQUEST_DENIED)
        return failed(u"Renaming"_s);
    const QByteArray aside = path(newPartName(m_targetName));
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
    sftp_unlink(m_session.sftp.get(), path(temporary()).constData());
    m_created = false;
}

} // namespace handover::server

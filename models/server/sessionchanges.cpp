// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/sessionprivate.h"

#include <libssh/libssh.h>
#include <libssh/sftp.h>

#include <limits>

#include <fcntl.h>
#include <sys/time.h>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr mode_t AsTheServerLikes = 0777; // less its umask

[[nodiscard]] std::unexpected<Error> taken(const RemotePath &path)
{
    return failure(u"server.exists"_s, u"There is something called %1 already."_s.arg(shownName(path.bytes())),
                   u"Choose another name, or rename or delete that first."_s);
}

} // namespace

Result<void> Session::rename(const RemotePath &from, const RemotePath &to, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return open;
    Call call(*d, context);
    sftp_session sftp = d->sftp.get();
    const QString doing = u"Renaming"_s;
    const QByteArray &old = from.bytes();
    const QByteArray &fresh = to.bytes();
    const SftpAttributes source(sftp_lstat(sftp, old.constData()));
    if (!source)
        return call.failed(doing, old);
    if (const SftpAttributes there(sftp_lstat(sftp, fresh.constData())); there)
        return taken(to);

    // libssh renames as POSIX does, over what is there by then; a second name for a file never does.
    if (source->type != SSH_FILEXFER_TYPE_DIRECTORY && sftp_extension_supported(sftp, "hardlink@openssh.com", "1") &&
        sftp_hardlink(sftp, old.constData(), fresh.constData()) == SSH_OK) {
        if (sftp_unlink(sftp, old.constData()) == SSH_OK)
            return {};
        const std::unexpected<Error> error = call.failed(doing, old);
        if (d->alive && d->isConnected())
            sftp_unlink(sftp, fresh.constData());
        return error;
    }
    if (const SftpAttributes there(sftp_lstat(sftp, fresh.constData())); there)
        return taken(to);
    if (sftp_rename(sftp, old.constData(), fresh.constData()) != SSH_OK)
        return call.failed(doing, old);
    return {};
}

Result<void> Session::replace(const RemotePath &from, const RemotePath &to, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return open;
    Call call(*d, context);
    if (sftp_rename(d->sftp.get(), from.bytes().constData(), to.bytes().constData()) != SSH_OK)
        return call.failed(u"Replacing"_s, to.bytes());
    return {};
}

Result<void> Session::createFile(const RemotePath &path, const QByteArray &contents, quint32 mode, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return open;
    Call call(*d, context);
    sftp_session sftp = d->sftp.get();
    const QString doing = u"Writing"_s;
    SftpFile file(sftp_open(sftp, path.bytes().constData(), O_WRONLY | O_CREAT | O_EXCL, mode & 07777U));
    if (!file)
        return call.failed(doing, path.bytes());
    const auto givenUp = [&] {
        const std::unexpected<Error> error = call.failed(doing, path.bytes());
        file.reset();
        if (d->alive && d->isConnected())
            sftp_unlink(sftp, path.bytes().constData());
        return error;
    };
    for (QByteArrayView rest(contents); !rest.isEmpty();) {
        call.restart();
        const ssize_t sent = sftp_write(file.get(), rest.data(), static_cast<size_t>(rest.size()));
        if (sent <= 0 || context.isCancelled())
            return givenUp();
        rest = rest.sliced(sent);
    }
    if (sftp_extension_supported(sftp, "fsync@openssh.com", "1") && sftp_fsync(file.get()) != SSH_OK)
        return givenUp();
    if (sftp_close(file.release()) != SSH_OK)
        return givenUp();
    return {};
}

Result<void> Session::makeDirectory(const RemotePath &path, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return open;
    Call call(*d, context);
    if (const SftpAttributes there(sftp_lstat(d->sftp.get(), path.bytes().constData())); there)
        return taken(path);
    if (sftp_mkdir(d->sftp.get(), path.bytes().constData(), AsTheServerLikes) != SSH_OK)
        return call.failed(u"Making the directory"_s, path.bytes());
    return {};
}

Result<void> Session::removeDirectory(const RemotePath &path, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return open;
    std::unexpected<Error> error = cancellation();
    {
        Call call(*d, context);
        if (sftp_rmdir(d->sftp.get(), path.bytes().constData()) == SSH_OK)
            return {};
        error = call.failed(u"Deleting"_s, path.bytes());
    }
    if (error.error().code != "server.sftp"_L1)
        return error;
    // SFTP has no status of its own for it.
    const Result<QList<QByteArray>> inside = list(path, context);
    if (!inside || inside->isEmpty())
        return error;
    return failure(u"server.not-empty"_s, u"%1 is not empty."_s.arg(shownName(path.bytes())),
                   u"Delete what is in it first."_s, error.error().detail);
}

Result<void> Session::setMode(const RemotePath &path, quint32 mode, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return open;
    Call call(*d, context);
    if (sftp_chmod(d->sftp.get(), path.bytes().constData(), mode & 07777U) != SSH_OK)
        return call.failed(u"Setting the permissions"_s, path.bytes());
    return {};
}

Result<void> Session::setOwner(const RemotePath &path, quint32 uid, quint32 gid, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return open;
    Call call(*d, context);
    if (sftp_chown(d->sftp.get(), path.bytes().constData(), uid, gid) != SSH_OK)
        return call.failed(u"Setting the owner"_s, path.bytes());
    return {};
}

Result<void> Session::setModified(const RemotePath &path, qint64 seconds, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return open;
    Call call(*d, context);
    const timeval times[] = {{seconds, 0}, {seconds, 0}};
    if (sftp_utimes(d->sftp.get(), path.bytes().constData(), times) != SSH_OK)
        return call.failed(u"Setting the time"_s, path.bytes());
    return {};
}

Result<std::optional<qint64>> Session::freeSpace(const RemotePath &directory, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return std::unexpected(open.error());
    if (!sftp_extension_supported(d->sftp.get(), "statvfs@openssh.com", "2"))
        return std::nullopt;
    Call call(*d, context);
    const SftpSpace space(sftp_statvfs(d->sftp.get(), directory.bytes().constData()));
    if (!space)
        return call.failed(u"Asking for the free space"_s, directory.bytes());
    if (space->f_blocks == 0) // as of file systems that are not on a disk
        return std::nullopt;
    constexpr quint64 largest = std::numeric_limits<qint64>::max();
    const quint64 unit = std::max<quint64>(space->f_frsize, 1);
    return space->f_bavail > largest / unit ? std::numeric_limits<qint64>::max()
                                            : static_cast<qint64>(space->f_bavail * unit);
}

} // namespace handover::server

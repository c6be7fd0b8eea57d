// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/sessionprivate.h"

#include <libssh/libssh.h>
#include <libssh/sftp.h>

#include <algorithm>

#include <fcntl.h>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

} // namespace

Result<QByteArray> Session::readFile(const RemotePath &path, const JobContext &context, qint64 limit)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return std::unexpected(open.error());
    Call call(*d, context);
    const QString doing = u"Reading"_s;
    const SftpFile file(sftp_open(d->sftp.get(), path.bytes().constData(), O_RDONLY, 0));
    if (!file) {
        const std::unexpected<Error> error = call.failed(doing, path.bytes());
        return d->isForAnother(error.error()) ? d->readAsAnother(path, limit, context) : error;
    }
    QByteArray contents;
    QByteArray piece(64 * 1024, Qt::Uninitialized);
    while (true) {
        call.restart();
        const ssize_t got = sftp_read(file.get(), piece.data(), static_cast<size_t>(piece.size()));
        if (got < 0)
            return call.failed(doing, path.bytes());
        if (got == 0)
            break;
        contents.append(piece.constData(), got);
        if (contents.size() > limit)
            return failure(
                u"server.file-too-large"_s,
                u"%1 has more than the %2 bytes that such a file may have."_s.arg(path.text()).arg(limit),
                u"Look at it on the server: it is hardly what it should be."_s);
        if (context.isCancelled())
            return call.lost();
    }
    return contents;
}

Result<QList<QByteArray>> Session::list(const RemotePath &directory, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return std::unexpected(open.error());
    Call call(*d, context);
    const QString doing = u"Listing"_s;
    const SftpDirectory handle(sftp_opendir(d->sftp.get(), directory.bytes().constData()));
    if (!handle) {
        const std::unexpected<Error> error = call.failed(doing, directory.bytes());
        return d->isForAnother(error.error()) ? d->listAsAnother(directory, context) : error;
    }
    QList<QByteArray> names;
    int seen = 0; // "." and ".." without end are one, too
    while (true) {
        call.restart();
        const SftpAttributes entry(sftp_readdir(d->sftp.get(), handle.get()));
        if (!entry)
            break;
        if (++seen > MaximumEntries)
            return failure(u"server.file-too-large"_s,
                           u"%1 has more than %2 entries."_s.arg(shownName(directory.bytes())).arg(MaximumEntries),
                           u"Check the release directory in the server's address."_s);
        const QByteArray name(entry->name);
        if (name == "." || name == "..")
            continue;
        if (!isEntryName(name))
            return hostileName(name, directory);
        names += name;
    }
    if (!sftp_dir_eof(handle.get()))
        return call.failed(doing, directory.bytes());
    std::ranges::sort(names);
    return names;
}

Result<bool> Session::exists(const RemotePath &path, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return std::unexpected(open.error());
    Call call(*d, context);
    const SftpAttributes attributes(sftp_stat(d->sftp.get(), path.bytes().constData()));
    if (attributes)
        return true;
    const std::unexpected<Error> error = call.failed(u"Looking"_s, path.bytes());
    if (error.error().code == "server.file-missing"_L1)
        return false;
    return d->isForAnother(error.error()) ? d->existsForAnother(path, context) : error;
}

Result<void> Session::removeFile(const RemotePath &path, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return open;
    Call call(*d, context);
    if (sftp_unlink(d->sftp.get(), path.bytes().constData()) != SSH_OK) {
        const std::unexpected<Error> error = call.failed(u"Deleting"_s, path.bytes());
        return d->isForAnother(error.error()) ? d->removeAsAnother(path, context) : error;
    }
    return {};
}

} // namespace handover::server

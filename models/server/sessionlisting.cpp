// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/sessionprivate.h"

#include <libssh/libssh.h>
#include <libssh/sftp.h>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr qsizetype LongestTarget = 4096; // Linux's PATH_MAX; there may be many of them

[[nodiscard]] RemoteEntry::Type typeOf(const sftp_attributes_struct &attributes)
{
    switch (attributes.type) {
    case SSH_FILEXFER_TYPE_REGULAR: return RemoteEntry::Type::File;
    case SSH_FILEXFER_TYPE_DIRECTORY: return RemoteEntry::Type::Directory;
    case SSH_FILEXFER_TYPE_SYMLINK: return RemoteEntry::Type::Link;
    default: return RemoteEntry::Type::Other;
    }
}

// OpenSSH puts "?" where it looks up no names.
[[nodiscard]] QString accountName(const char *name, quint32 id)
{
    const QByteArrayView bytes(name);
    return bytes.isEmpty() || bytes == "?" ? QString::number(id) : shownName(bytes);
}

[[nodiscard]] RemoteEntry entryOf(const sftp_attributes_struct &attributes, QByteArray name)
{
    constexpr quint64 largest = std::numeric_limits<qint64>::max();
    RemoteEntry entry;
    entry.name = std::move(name);
    entry.type = typeOf(attributes);
    entry.size = static_cast<qint64>(std::min<quint64>(attributes.size, largest));
    entry.modified = attributes.mtime;
    entry.mode = attributes.permissions & 07777U;
    entry.uid = attributes.uid;
    entry.gid = attributes.gid;
    entry.owner = accountName(attributes.owner, attributes.uid);
    entry.group = accountName(attributes.group, attributes.gid);
    entry.leadsToDirectory = entry.type == RemoteEntry::Type::Directory;
    return entry;
}

void resolve(sftp_session sftp, RemoteEntry &link, const QByteArray &path)
{
    const ServerString target(sftp_readlink(sftp, path.constData()));
    link.target = QByteArray(target.get()).left(LongestTarget);
    const SftpAttributes there(sftp_stat(sftp, path.constData()));
    link.leadsToDirectory = there && typeOf(*there) == RemoteEntry::Type::Directory;
}

} // namespace

std::unexpected<Error> hostileName(QByteArrayView name, const RemotePath &directory)
{
    constexpr qsizetype enough = 255;
    return failure(u"server.hostile-name"_s,
                   u"The server says that '%1' is in %2; no file has such a name."_s.arg(
                       shownName(name.first(std::min(name.size(), enough))), shownName(directory.bytes())),
                   u"Don't trust this server before you know why it says so."_s);
}

Result<QList<RemoteEntry>> Session::entries(const RemotePath &directory, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return std::unexpected(open.error());
    const GracefulCut cut(context.stopToken(), d->socket.get());
    Call call(*d, context, Call::OnCancel::Stop);
    const QString doing = u"Listing"_s;
    sftp_session sftp = d->sftp.get();
    const SftpDirectory handle(sftp_opendir(sftp, directory.bytes().constData()));
    if (!handle)
        return call.failed(doing, directory.bytes());

    QList<RemoteEntry> entries;
    int seen = 0; // "." and ".." without end are one, too
    while (!context.isCancelled()) {
        call.restart();
        const SftpAttributes attributes(sftp_readdir(sftp, handle.get()));
        if (!attributes)
            break;
        if (++seen > MaximumEntries)
            return failure(u"server.file-too-large"_s,
                           u"%1 has more than %2 entries."_s.arg(shownName(directory.bytes())).arg(MaximumEntries),
                           u"Look at it in a shell on the server."_s);
        const QByteArray name(attributes->name);
        if (name == "." || name == "..")
            continue;
        if (!isEntryName(name))
            return hostileName(name, directory);
        entries += entryOf(*attributes, name);
        if (entries.size() % 500 == 0)
            context.progress(u"Listing %1"_s.arg(shownName(directory.bytes())), entries.size());
    }
    if (context.isCancelled())
        return call.lost();
    if (!sftp_dir_eof(handle.get()))
        return call.failed(doing, directory.bytes());
    std::ranges::sort(entries, {}, &RemoteEntry::name);

    int resolved = 0;
    for (RemoteEntry &entry : entries) {
        if (entry.type != RemoteEntry::Type::Link || ++resolved > MaximumResolved)
            continue;
        call.restart();
        if (const auto path = directory.child(entry.name))
            resolve(sftp, entry, path->bytes());
        if (context.isCancelled() || !d->isConnected())
            return call.lost();
    }
    return entries;
}

Result<RemoteEntry> Session::attributes(const RemotePath &path, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return std::unexpected(open.error());
    Call call(*d, context);
    const SftpAttributes attributes(sftp_lstat(d->sftp.get(), path.bytes().constData()));
    if (!attributes)
        return call.failed(u"Looking"_s, path.bytes());
    RemoteEntry entry = entryOf(*attributes, path.fileName());
    if (entry.type == RemoteEntry::Type::Link)
        resolve(d->sftp.get(), entry, path.bytes());
    return entry;
}

Result<RemotePath> Session::canonical(const RemotePath &path, const JobContext &context)
{
    return d->canonical(path.bytes(), context);
}

Result<RemotePath> Session::home(const JobContext &context) { return d->canonical(".", context); }

Result<RemotePath> Session::Private::canonical(const QByteArray &path, const JobContext &context)
{
    if (const Result<void> open = openSftp(context); !open)
        return std::unexpected(open.error());
    Call call(*this, context);
    const ServerString found(sftp_canonicalize_path(sftp.get(), path.constData()));
    if (!found)
        return call.failed(u"Looking"_s, path);
    return QByteArrayView(found.get()) == "/" ? RemotePath::root() : RemotePath::parse(found.get());
}

} // namespace handover::server

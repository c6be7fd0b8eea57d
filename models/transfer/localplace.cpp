// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/fileplace.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QStorageInfo>

#include <algorithm>

#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace handover::transfer {

namespace {

struct DirectoryDeleter
{
    void operator()(DIR *directory) const noexcept { ::closedir(directory); }
};

[[nodiscard]] std::unexpected<Error> systemFailure(const QString &doing, const Path &path, int number)
{
    return failure(u"files.local"_s, u"%1 failed for %2."_s.arg(doing, server::shownName(path.bytes())),
                   u"Check the rights and the disk, then try again."_s, qt_error_string(number));
}

[[nodiscard]] std::unexpected<Error> taken(const Path &path)
{
    return failure(u"files.exists"_s, u"There is something called %1 already."_s.arg(server::shownName(path.bytes())),
                   u"Choose another name, or rename or delete that first."_s);
}

[[nodiscard]] bool isThere(const Path &path)
{
    struct stat info{};
    return ::lstat(path.bytes().constData(), &info) == 0;
}

// Names of accounts are asked for once in a listing: they may come over a network.
class Accounts
{
public:
    [[nodiscard]] QString user(uid_t id)
    {
        auto found = m_users.find(id);
        if (found == m_users.end()) {
            char buffer[4096];
            passwd entry{};
            passwd *result = nullptr;
            ::getpwuid_r(id, &entry, buffer, sizeof buffer, &result);
            found = m_users.insert(id, result ? server::shownName(result->pw_name) : QString::number(id));
        }
        return *found;
    }
    [[nodiscard]] QString group(gid_t id)
    {
        auto found = m_groups.find(id);
        if (found == m_groups.end()) {
            char buffer[16384];
            ::group entry{};
            ::group *result = nullptr;
            ::getgrgid_r(id, &entry, buffer, sizeof buffer, &result);
            found = m_groups.insert(id, result ? server::shownName(result->gr_name) : QString::number(id));
        }
        return *found;
    }

private:
    QHash<uid_t, QString> m_users;
    QHash<gid_t, QString> m_groups;
};

[[nodiscard]] FileEntry::Type typeOf(mode_t mode)
{
    return S_ISREG(mode) ? FileEntry::Type::File
           : S_ISDIR(mode) ? FileEntry::Type::Directory
           : S_ISLNK(mode) ? FileEntry::Type::Link
                           : FileEntry::Type::Other;
}

[[nodiscard]] std::optional<FileEntry> entryOf(int directory, const char *name, Accounts &accounts)
{
    struct stat info{};
    if (::fstatat(directory, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return std::nullopt; // gone meanwhile
    FileEntry entry;
    entry.name = name;
    entry.type = typeOf(info.st_mode);
    entry.size = info.st_size;
    entry.modified = info.st_mtime;
    entry.mode = info.st_mode & 07777U;
    entry.uid = info.st_uid;
    entry.gid = info.st_gid;
    entry.owner = accounts.user(info.st_uid);
    entry.group = accounts.group(info.st_gid);
    entry.leadsToDirectory = entry.type == FileEntry::Type::Directory;
    if (entry.type == FileEntry::Type::Link) {
        char target[4096];
        const ssize_t size = ::readlinkat(directory, name, target, sizeof target);
        entry.target = QByteArray(target, std::max<ssize_t>(size, 0));
        entry.leadsToDirectory = ::fstatat(directory, name, &info, 0) == 0 && S_ISDIR(info.st_mode);
    }
    return entry;
}

class LocalPlace final : public FilePlace
{
public:
    QString name() const override { return {}; }
    std::optional<server::Address> address() const override { return std::nullopt; }

    Result<QList<FileEntry>> list(const Path &directory, const JobContext &context) override
    {
        const std::unique_ptr<DIR, DirectoryDeleter> handle(::opendir(directory.bytes().constData()));
        if (!handle)
            return systemFailure(u"Listing"_s, directory, errno);
        Accounts accounts;
        QList<FileEntry> entries;
        while (const dirent *found = ::readdir(handle.get())) {
            if (context.isCancelled())
                return cancellation();
            if (!server::isEntryName(found->d_name))
                continue;
            if (auto entry = entryOf(::dirfd(handle.get()), found->d_name, accounts))
                entries += *std::move(entry);
        }
        std::ranges::sort(entries, {}, &FileEntry::name);
        return entries;
    }

    Result<Path> home(const JobContext &) override { return Path::parse(QFile::encodeName(QDir::homePath())); }

    Result<std::optional<qint64>> freeSpace(const Path &directory, const JobContext &) override
    {
        const QStorageInfo disk(QFile::decodeName(directory.bytes()));
        return disk.isValid() ? std::optional(disk.bytesAvailable()) : std::nullopt;
    }

    Result<void> rename(const Path &from, const Path &to, const JobContext &) override
    {
        if (::renameat2(AT_FDCWD, from.bytes().constData(), AT_FDCWD, to.bytes().constData(), RENAME_NOREPLACE) == 0)
            return {};
        if (errno == EEXIST || isThere(to))
            return taken(to);
        const bool unknown = errno == EINVAL || errno == ENOSYS; // as file systems of other systems say
        if (unknown && ::rename(from.bytes().constData(), to.bytes().constData()) == 0)
            return {};
        return systemFailure(u"Renaming"_s, from, errno);
    }

    Result<void> makeDirectory(const Path &path, const JobContext &) override
    {
        if (::mkdir(path.bytes().constData(), 0777) == 0)
            return {};
        if (errno == EEXIST)
            return taken(path);
        return systemFailure(u"Making the directory"_s, path, errno);
    }

    Result<void> setMode(const Path &path, quint32 mode, const JobContext &) override
    {
        if (::chmod(path.bytes().constData(), mode & 07777U) == 0)
            return {};
        return systemFailure(u"Setting the permissions"_s, path, errno);
    }

    Result<server::Removal> planRemoval(const QList<Path> &paths, const JobContext &) override
    {
        server::Removal removal;
        removal.roots = paths;
        for (const Path &path : paths) {
            struct stat info{};
            if (::lstat(path.bytes().constData(), &info) != 0)
                return systemFailure(u"Looking"_s, path, errno);
            const bool isDirectory = S_ISDIR(info.st_mode);
            removal.items += {path, isDirectory};
            ++(isDirectory ? removal.directories : S_ISLNK(info.st_mode) ? removal.links : removal.files);
        }
        return removal;
    }

    Result<void> remove(const server::Removal &removal, const JobContext &context) override
    {
        for (const Path &path : removal.roots) {
            if (context.isCancelled())
                return cancellation();
            QFile file(QFile::decodeName(path.bytes()));
            if (!file.moveToTrash())
                return failure(u"files.local"_s, u"%1 can't be moved to the trash."_s.arg(server::shownName(path.bytes())),
                               u"Delete it in the file manager, if it is really to go."_s, file.errorString());
            context.log(u"Moved %1 to the trash"_s.arg(server::shownName(path.bytes())));
        }
        return {};
    }

    bool hasTrash() const override { return true; }
};

} // namespace

std::shared_ptr<FilePlace> localPlace() { return std::make_shared<LocalPlace>(); }

} // namespace handover::transfer

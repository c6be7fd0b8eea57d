// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/disk.h"

#include <QDir>
#include <QFile>
#include <QStringDecoder>

#include <cerrno>
#include <ctime>
#include <memory>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

// A kernel's clock for files ticks every 10 ms at worst; the rest is for file systems of other machines.
constexpr qint64 UnsettledNanoseconds = 100'000'000;

class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Q_DISABLE_COPY_MOVE(Descriptor)

    [[nodiscard]] int number() const noexcept { return m_number; }
    [[nodiscard]] int release() noexcept { return std::exchange(m_number, -1); }

private:
    int m_number;
};

struct CloseDirectory
{
    void operator()(DIR *directory) const noexcept { ::closedir(directory); }
};

qint64 nanoseconds(const timespec &time) { return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec; }

FileIdentity identityOf(const struct stat &status)
{
    using Kind = FileIdentity::Kind;
    return {S_ISREG(status.st_mode)   ? Kind::Regular
            : S_ISDIR(status.st_mode) ? Kind::Directory
                                      : Kind::Other,
            quint64(status.st_dev),
            quint64(status.st_ino),
            qint64(status.st_size),
            nanoseconds(status.st_mtim),
            nanoseconds(status.st_ctim)};
}

std::expected<FileIdentity, int> identityOf(const Descriptor &file)
{
    struct stat status = {};
    if (::fstat(file.number(), &status) != 0)
        return std::unexpected(errno);
    return identityOf(status);
}

// The time of change is the one nobody can set; a change of the contents sets it too.
bool isSettled(const FileIdentity &identity)
{
    timespec now = {};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return nanoseconds(now) - identity.changed > UnsettledNanoseconds;
}

std::expected<QByteArray, int> readAll(const Descriptor &file, qint64 expectedSize)
{
    QByteArray bytes(expectedSize + 1, Qt::Uninitialized);
    qsizetype filled = 0;
    while (true) {
        if (filled == bytes.size())
            bytes.resize(bytes.size() * 2);
        const auto count = ::read(file.number(), bytes.data() + filled, size_t(bytes.size() - filled));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return std::unexpected(errno);
        filled += count;
        if (filled > Disk::MostBytes)
            return std::unexpected(EFBIG);
        if (count == 0)
            break;
    }
    bytes.truncate(filled);
    return bytes;
}

std::expected<QStringList, int> readNames(DIR *directory)
{
    QStringList names;
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    while (true) {
        errno = 0;
        const dirent *entry = ::readdir(directory);
        if (!entry && errno != 0)
            return std::unexpected(errno);
        if (!entry)
            return names;
        const QByteArrayView bytes(entry->d_name);
        QString name = decode(bytes);
        if (!decode.hasError() && bytes != "." && bytes != "..")
            names.append(std::move(name));
        decode.resetState();
        if (names.size() > Disk::MostNames)
            return std::unexpected(E2BIG);
    }
}

} // namespace

Disk::Disk(const QString &directory)
    : m_directory(QDir::cleanPath(QDir(directory).absolutePath()))
{
}

Disk::~Disk()
{
    if (m_base >= 0)
        ::close(m_base);
}

void Disk::beginPass()
{
    if (m_depth++ == 0)
        ++m_pass;
}

void Disk::endPass()
{
    if (--m_depth > 0 || m_base < 0)
        return;
    ::close(m_base);
    m_base = -1;
}

std::optional<QByteArray> Disk::path(const QString &name) const
{
    if (name.isEmpty() || name.contains(QChar::Null) || !name.isValidUtf16())
        return std::nullopt;
    QStringView rest = name;
    if (name.startsWith(m_directory) &&
        (name.size() == m_directory.size() || name[m_directory.size()] == u'/'))
        rest = rest.sliced(m_directory.size());
    const bool absolute = rest.size() == name.size() && name.startsWith(u'/');
    QStringList parts;
    for (const QStringView part : rest.split(u'/', Qt::SkipEmptyParts)) {
        if (part != u".")
            parts.append(part.toString());
    }
    const QString joined = parts.join(u'/');
    return QFile::encodeName(absolute ? QString(u'/' + joined) : joined.isEmpty() ? u"."_s : joined);
}

// What names are looked up from; -1, which no lookup accepts, if the directory isn't there.
int Disk::base(const QByteArray &path)
{
    if (path.startsWith('/'))
        return AT_FDCWD;
    if (m_base < 0)
        m_base = ::open(QFile::encodeName(m_directory).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    return m_base;
}

std::expected<FileIdentity, int> Disk::identify(const QByteArray &path)
{
    const int from = base(path);
    struct stat status = {};
    if (from == -1)
        return std::unexpected(ENOENT);
    if (::fstatat(from, path.constData(), &status, 0) != 0)
        return std::unexpected(errno);
    return identityOf(status);
}

std::expected<FileBytes, int> Disk::read(const QByteArray &path)
{
    // Looked at first: to open a device or a pipe can do something.
    const auto before = identify(path);
    if (!before)
        return std::unexpected(before.error());
    if (before->kind != FileIdentity::Kind::Regular)
        return std::unexpected(before->kind == FileIdentity::Kind::Directory ? EISDIR : ENOTSUP);
    const Descriptor file(
        ::openat(base(path), path.constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.number() < 0)
        return std::unexpected(errno);
    const auto identity = identityOf(file);
    if (!identity)
        return std::unexpected(identity.error());
    if (identity->kind != FileIdentity::Kind::Regular)
        return std::unexpected(ENOTSUP);
    if (identity->size > MostBytes)
        return std::unexpected(EFBIG);
    const bool settled = isSettled(*identity);
    auto bytes = readAll(file, identity->size);
    if (!bytes)
        return std::unexpected(bytes.error());
    const auto after = identityOf(file);
    return FileBytes{*identity, settled && after == identity, *std::move(bytes)};
}

std::expected<DirectoryNames, int> Disk::list(const QByteArray &path)
{
    const int from = base(path);
    if (from == -1)
        return std::unexpected(ENOENT);
    Descriptor descriptor(::openat(from, path.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.number() < 0)
        return std::unexpected(errno);
    const auto identity = identityOf(descriptor);
    if (!identity)
        return std::unexpected(identity.error());
    const bool settled = isSettled(*identity);
    const std::unique_ptr<DIR, CloseDirectory> directory(::fdopendir(descriptor.number()));
    if (!directory)
        return std::unexpected(errno);
    std::ignore = descriptor.release(); // the directory's from here on
    auto names = readNames(directory.get());
    if (!names)
        return std::unexpected(names.error());
    return DirectoryNames{*identity, settled, *std::move(names)};
}

} // namespace handover::relup

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <expected>
#include <optional>

namespace handover::relup {

/// What tells that a file or a directory is still the one that was read, and as it was.
struct FileIdentity
{
    enum class Kind { Regular, Directory, Other };

    Kind kind = Kind::Other;
    quint64 device = 0;
    quint64 inode = 0;
    qint64 size = 0;
    qint64 modified = 0; ///< nanoseconds since 1970, as `changed`
    qint64 changed = 0;

    friend bool operator==(const FileIdentity &, const FileIdentity &) = default;
};

/// What was read, and whether the identity will tell when it changes. It doesn't when the last change
/// was just before: another one could get the same time.
struct FileBytes
{
    FileIdentity identity;
    bool settled = false;
    QByteArray bytes;
};

struct DirectoryNames
{
    FileIdentity identity;
    bool settled = false;
    QStringList names; ///< in the order of the directory, without "." and ".."; only those in UTF-8
};

/// Names below one directory, read with few calls of the system: within a pass that directory is
/// opened once and names are looked up from there. Errors are errno.
class Disk
{
public:
    /// Beyond it a file isn't read (EFBIG).
    static constexpr qint64 MostBytes = 64LL * 1024 * 1024;
    /// Beyond it a directory isn't listed (E2BIG).
    static constexpr qsizetype MostNames = 1'000'000;

    explicit Disk(const QString &directory);
    ~Disk();
    Q_DISABLE_COPY_MOVE(Disk)

    void beginPass(); ///< passes may stand within each other; only the outermost counts
    void endPass();
    /// Another number in each pass, never 0.
    [[nodiscard]] quint64 pass() const noexcept { return m_pass; }
    /// From here on nothing counts as looked at in this pass.
    void forgetPass() noexcept { ++m_pass; }

    /// The name as the system takes it: without needless "." and slashes, relative to the directory
    /// if it lies in it. Nothing if no file can have that name.
    [[nodiscard]] std::optional<QByteArray> path(const QString &name) const;

    [[nodiscard]] std::expected<FileIdentity, int> identify(const QByteArray &path);
    /// Of a regular file; anything else is ENOTSUP, a directory EISDIR.
    [[nodiscard]] std::expected<FileBytes, int> read(const QByteArray &path);
    [[nodiscard]] std::expected<DirectoryNames, int> list(const QByteArray &path);

private:
    [[nodiscard]] int base(const QByteArray &path);

    QString m_directory; ///< absolute
    quint64 m_pass = 0;
    int m_depth = 0;
    int m_base = -1; ///< m_directory, while a pass goes on
};

} // namespace handover::relup

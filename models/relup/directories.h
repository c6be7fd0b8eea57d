// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/disk.h"

#include <QHash>
#include <QSet>

namespace handover::relup {

/// Directories and the names in them, kept until they change.
class Directories
{
public:
    explicit Directories(Disk &disk)
        : m_disk(disk)
    {
    }

    [[nodiscard]] bool isDirectory(const QString &path);
    /// Whether the names in it are known; not if it may not be listed. What is no directory has none.
    [[nodiscard]] bool isListed(const QString &path);
    [[nodiscard]] bool contains(const QString &path, const QString &name);
    /// The names in it that a part of a path with '*' stands for, in the order of the directory.
    [[nodiscard]] QStringList matching(const QString &path, const QString &part);

    /// Another number whenever names of a directory may have changed.
    [[nodiscard]] quint64 revision() const noexcept { return m_revision; }

private:
    struct Entry
    {
        std::optional<QByteArray> path;       ///< nothing: no directory can have that name
        quint64 pass = 0;                     ///< when it was looked at
        std::optional<FileIdentity> identity; ///< of a directory
        bool settled = false;
        bool listed = false;
        bool unlistable = false;
        QStringList names;
        QSet<QString> lookup;
        QHash<QString, QStringList> matches;
    };

    Entry &look(const QString &path);
    Entry &list(const QString &path);
    void forget(Entry &entry);

    Disk &m_disk;
    QHash<QString, Entry> m_entries;
    quint64 m_revision = 1;
};

} // namespace handover::relup

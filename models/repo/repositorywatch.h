// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>

namespace handover::repo {

/// Notices when somebody makes, moves or deletes a tag or a branch, packs references, commits or
/// checks something out: git does all of that by renaming files in a few directories. Files that are
/// edited in the work tree are not seen.
class RepositoryWatch final : public QObject
{
    Q_OBJECT

public:
    explicit RepositoryWatch(QObject *parent = nullptr);

    /// `gitDirectory` is that of the work tree, `commonDirectory` that of all its linked ones; often
    /// they are the same. Forgets what was watched before.
    void watch(const QString &gitDirectory, const QString &commonDirectory);

signals:
    /// Once git has been quiet for a moment, or has been busy for a second.
    void changed();

private:
    void noticed();
    void addDirectories();

    QFileSystemWatcher m_watcher;
    QString m_gitDirectory;
    QString m_commonDirectory;
    QTimer m_quiet;
    QTimer m_busy;
};

} // namespace handover::repo

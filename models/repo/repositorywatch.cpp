// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/repositorywatch.h"

#include <QDirIterator>

using namespace Qt::StringLiterals;

namespace handover::repo {

namespace {

constexpr int QuietMs = 150;
constexpr int BusyMs = 1000;

// Names of tags and branches may hold '/', each of which is a directory. The system lets everybody
// watch only so many.
constexpr qsizetype MaximumDirectories = 1000;

} // namespace

RepositoryWatch::RepositoryWatch(QObject *parent)
    : QObject(parent)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(QuietMs);
    m_busy.setSingleShot(true);
    m_busy.setInterval(BusyMs);
    const auto tell = [this] {
        m_quiet.stop();
        m_busy.stop();
        addDirectories();
        emit changed();
    };
    connect(&m_quiet, &QTimer::timeout, this, tell);
    connect(&m_busy, &QTimer::timeout, this, tell);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &RepositoryWatch::noticed);
}

void RepositoryWatch::watch(const QString &gitDirectory, const QString &commonDirectory)
{
    if (gitDirectory == m_gitDirectory && commonDirectory == m_commonDirectory)
        return;
    m_quiet.stop();
    m_busy.stop();
    if (const QStringList before = m_watcher.directories(); !before.isEmpty())
        m_watcher.removePaths(before);
    m_gitDirectory = gitDirectory;
    m_commonDirectory = commonDirectory;
    addDirectories();
}

void RepositoryWatch::noticed()
{
    m_quiet.start();
    if (!m_busy.isActive())
        m_busy.start();
}

void RepositoryWatch::addDirectories()
{
    if (m_gitDirectory.isEmpty())
        return;
    QStringList wanted{m_gitDirectory, m_commonDirectory, m_commonDirectory + u"/refs"_s};
    for (const QString &kind : {u"tags"_s, u"heads"_s}) {
        const QString top = m_commonDirectory + u"/refs/"_s + kind;
        wanted += top;
        QDirIterator below(top, QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDirIterator::Subdirectories);
        while (below.hasNext() && wanted.size() < MaximumDirectories)
            wanted += below.next();
    }
    const QStringList watched = m_watcher.directories();
    const QSet<QString> already(watched.begin(), watched.end());
    wanted.removeIf([&already](const QString &directory) { return already.contains(directory); });
    wanted.removeDuplicates();
    wanted.removeIf([](const QString &directory) { return !QFileInfo::exists(directory); });
    if (!wanted.isEmpty())
        m_watcher.addPaths(wanted);
}

} // namespace handover::repo

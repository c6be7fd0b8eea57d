// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/treewalk.h"

#include "models/package/entrycheck.h"

#include <QDir>
#include <QFileInfo>

#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace handover::package {

namespace {

constexpr qsizetype DeepestFolder = 64;

std::unexpected<Error> incomplete(const QString &message, const QString &hint)
{
    return failure(u"package.incomplete"_s, message, hint);
}

} // namespace

Result<> TreeWalk::add(const QString &source, const QString &path, const Filter &filter)
{
    if (m_context.isCancelled())
        return cancellation();
    if (filter && !filter(path))
        return {};
    return QFileInfo(source).isSymLink() ? addLink(source, path, filter) : addFollowed(source, path, filter);
}

Result<> TreeWalk::addLink(const QString &source, const QString &path, const Filter &filter)
{
    const QFileInfo info(source);
    if (!info.exists())
        return incomplete(u"The link %1 leads nowhere: %2"_s.arg(source, info.readSymLink()),
                          u"Remove it or build the release again."_s);
    PackItem item;
    item.entry = {path, EntryType::Symlink, 0, 0777, info.readSymLink()};
    item.source = source;
    item.modified = info.lastModified();
    if (!linkDestination(path, item.entry.linkTarget))
        return addFollowed(source, path, filter);
    m_paths.insert(path);
    m_links.append({std::move(item), filter});
    return {};
}

Result<> TreeWalk::addFollowed(const QString &source, const QString &path, const Filter &filter)
{
    struct stat status = {};
    if (::stat(QFile::encodeName(source).constData(), &status) != 0)
        return failure(u"package.unreadable"_s, u"%1 could not be read."_s.arg(source),
                       u"Check its permissions or build the release again."_s, qt_error_string());
    PackItem item;
    item.source = source;
    item.modified = QDateTime::fromSecsSinceEpoch(status.st_mtime);
    item.entry.path = path;
    item.entry.mode = static_cast<int>(status.st_mode & 0777);
    m_paths.insert(path);
    if (S_ISDIR(status.st_mode)) {
        item.entry.type = EntryType::Directory;
        return addFolder(source, std::move(item), filter);
    }
    if (!S_ISREG(status.st_mode))
        return incomplete(u"%1 is a device, a pipe or a socket, which no release can hold."_s.arg(source),
                          u"Remove it or build the release again."_s);
    item.entry.size = status.st_size;
    m_items.append(std::move(item));
    return {};
}

Result<> TreeWalk::addFolder(const QString &source, PackItem item, const Filter &filter)
{
    const QString real = QFileInfo(source).canonicalFilePath();
    if (m_open.contains(real) || m_open.size() >= DeepestFolder)
        return incomplete(u"The links below %1 lead in a circle."_s.arg(m_open.first()),
                          u"Remove the link %1."_s.arg(source));
    const QDir folder(source);
    if (!QFileInfo(source).isReadable())
        return failure(u"package.unreadable"_s, u"The folder %1 could not be read."_s.arg(source),
                       u"Check its permissions or build the release again."_s);
    m_open.append(real);
    const auto entries =
        folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
    // As in rebar3's tarballs, a folder that is not empty has no entry of its own.
    if (entries.isEmpty())
        m_items.append(item);
    for (const QString &name : entries) {
        if (auto added = add(source + u'/' + name, item.entry.path + u'/' + name, filter); !added)
            return added;
    }
    m_open.removeLast();
    return {};
}

Result<> TreeWalk::settleLinks()
{
    // Following a link may find further ones, which are appended.
    for (qsizetype i = 0; i < m_links.size(); ++i) {
        const Link link = m_links[i];
        const auto destination = linkDestination(link.item.entry.path, link.item.entry.linkTarget);
        if (destination && m_paths.contains(*destination)) {
            m_items.append(link.item);
        } else if (auto followed = addFollowed(link.item.source, link.item.entry.path, link.filter);
                   !followed) {
            return followed;
        }
    }
    return {};
}

} // namespace handover::package

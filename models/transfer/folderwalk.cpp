// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/folderwalk.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace handover::transfer {

namespace {

constexpr qsizetype MaximumName = 255;
constexpr qsizetype MaximumSeen = server::Session::MaximumEntries; // folders without files among them

[[nodiscard]] std::unexpected<Error> noFolder(const QString &path)
{
    return failure(u"transfer.no-folder"_s, u"%1 is there already, and it is no folder."_s.arg(path),
                   u"Rename one of the two, then try again."_s);
}

// A server's name as one of ours.
[[nodiscard]] std::optional<QString> nameHere(const QByteArray &name)
{
    if (!server::isEntryName(name) || name.size() > MaximumName || !name.isValidUtf8())
        return std::nullopt;
    return QString::fromUtf8(name);
}

[[nodiscard]] QString counted(int count, const QString &one, const QString &more)
{
    return count == 0 ? QString() : count == 1 ? u" 1 "_s + one : u" %1 "_s.arg(count) + more;
}

} // namespace

Result<Outcome> FolderWalk::up(const QString &local, const server::RemotePath &remote)
{
    return outcome(walkUp(local, remote, 0));
}

Result<Outcome> FolderWalk::down(const server::RemotePath &remote, const QString &local)
{
    return outcome(walkDown(remote, local, 0));
}

Result<Outcome> FolderWalk::outcome(const Result<> &walked)
{
    if (!walked)
        return std::unexpected(walked.error());
    QString words = m_found.size() == 1 ? u"1 file found."_s : u"%1 files found."_s.arg(m_found.size());
    words += counted(m_links, u"link was left out."_s, u"links were left out."_s);
    words += counted(m_others, u"device or socket was left out."_s, u"devices and sockets were left out."_s);
    words += counted(m_refused, u"name was refused: it can't be one on the other side."_s,
                     u"names were refused: they can't be ones on the other side."_s);
    return Outcome{.kind = Outcome::Kind::Folder, .words = words, .found = std::move(m_found)};
}

Result<> FolderWalk::bounded(int depth) const
{
    if (m_context.isCancelled())
        return cancellation();
    if (m_found.size() <= MaximumFound && m_seen <= MaximumSeen && depth <= MaximumDepth)
        return {};
    return failure(
        u"transfer.too-many"_s,
        u"The folder has more than %1 files, or is deeper than %2 levels."_s.arg(MaximumFound).arg(MaximumDepth),
        u"Choose some of the folders in it, or pack it into one file."_s);
}

Result<> FolderWalk::makeThere(const server::RemotePath &directory)
{
    const Result<> made = m_session.makeDirectory(directory, m_context);
    if (made || made.error().code != "server.exists"_L1)
        return made;
    const auto there = m_session.attributes(directory, m_context);
    if (!there)
        return std::unexpected(there.error());
    // Where a link leads there is the server's owner's own choice; the same is done there as he would see.
    if (there->type == server::RemoteEntry::Type::Directory || there->type == server::RemoteEntry::Type::Link)
        return {};
    return noFolder(directory.text());
}

Result<> FolderWalk::walkUp(const QString &local, const server::RemotePath &remote, int depth)
{
    if (auto able = bounded(depth); !able)
        return able;
    if (auto made = makeThere(remote); !made)
        return made;
    m_context.progress(u"Looking into %1"_s.arg(local));
    const QFileInfoList entries =
        QDir(local).entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
    for (const QFileInfo &entry : entries) {
        const QByteArray name = QFile::encodeName(entry.fileName());
        const auto target = remote.child(name);
        if (entry.isSymLink()) {
            ++m_links;
        } else if (!target) {
            ++m_refused;
        } else if (entry.isDir()) {
            if (auto walked = walkUp(entry.filePath(), *target, depth + 1); !walked)
                return walked;
        } else if (!entry.isFile()) {
            ++m_others;
        } else if (!server::isPartName(name)) {
            m_found += {entry.filePath(), *target, entry.size()};
        }
    }
    return bounded(depth);
}

Result<> FolderWalk::walkDown(const server::RemotePath &remote, const QString &local, int depth)
{
    if (auto able = bounded(depth); !able)
        return able;
    const auto entries = m_session.entries(remote, m_context);
    if (!entries)
        return std::unexpected(entries.error());
    if (!QDir().mkpath(local)) {
        if (QFileInfo::exists(local))
            return noFolder(local);
        return failure(u"server.local-file"_s, u"The folder %1 can't be made."_s.arg(local),
                       u"Check its place and the disk, then try again."_s);
    }
    m_context.progress(u"Looking into %1"_s.arg(server::shownName(remote.bytes())));
    m_seen += entries->size();
    for (const server::RemoteEntry &entry : *entries) {
        const auto name = nameHere(entry.name);
        const auto source = remote.child(entry.name);
        if (entry.type == server::RemoteEntry::Type::Link) {
            ++m_links;
        } else if (!name || !source) {
            ++m_refused;
        } else if (entry.type == server::RemoteEntry::Type::Directory) {
            if (auto walked = walkDown(*source, local + u'/' + *name, depth + 1); !walked)
                return walked;
        } else if (entry.type == server::RemoteEntry::Type::Other) {
            ++m_others;
        } else if (!server::isPartName(entry.name)) {
            m_found += {local + u'/' + *name, *source, entry.size};
        }
    }
    return bounded(depth);
}

} // namespace handover::transfer

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/removal.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr int MaximumDepth = 100;

class Planner
{
public:
    Planner(Session &session, const JobContext &context)
        : m_session(session)
        , m_context(context)
    {
    }

    [[nodiscard]] Result<void> add(const RemotePath &path, const RemoteEntry &entry, int depth)
    {
        if (depth > MaximumDepth || m_seen > Session::MaximumEntries)
            return failure(u"server.file-too-large"_s,
                           u"There is too much in %1 to delete it from here."_s.arg(shownName(path.bytes())),
                           u"Delete parts of it, or do it in a shell on the server."_s);
        const bool isDirectory = entry.type == RemoteEntry::Type::Directory;
        if (isDirectory) {
            if (const Result<void> inside = addContents(path, depth); !inside)
                return inside;
        }
        count(entry);
        m_removal.items += {path, isDirectory};
        return {};
    }
    [[nodiscard]] Removal result() { return std::move(m_removal); }

private:
    [[nodiscard]] Result<void> addContents(const RemotePath &directory, int depth)
    {
        m_context.progress(u"Counting in %1"_s.arg(shownName(directory.bytes())), m_removal.items.size());
        const Result<QList<RemoteEntry>> entries = m_session.entries(directory, m_context);
        if (!entries)
            return std::unexpected(entries.error());
        m_seen += entries->size();
        for (const RemoteEntry &entry : *entries) {
            const Result<RemotePath> path = directory.child(entry.name);
            if (!path)
                return std::unexpected(path.error());
            if (const Result<void> added = add(*path, entry, depth + 1); !added)
                return added;
        }
        return {};
    }
    void count(const RemoteEntry &entry)
    {
        switch (entry.type) {
        case RemoteEntry::Type::Directory: ++m_removal.directories; break;
        case RemoteEntry::Type::Link: ++m_removal.links; break;
        case RemoteEntry::Type::File: m_removal.bytes += entry.size; [[fallthrough]];
        case RemoteEntry::Type::Other: ++m_removal.files; break;
        }
    }

    Session &m_session;
    const JobContext &m_context;
    Removal m_removal;
    qsizetype m_seen = 0; // more than are planned yet: a directory comes after what is in it
};

} // namespace

Result<Removal> planRemoval(Session &session, const QList<RemotePath> &paths, const JobContext &context)
{
    Planner planner(session, context);
    for (const RemotePath &path : paths) {
        if (path.isRoot())
            return refusal(u"server.root"_s, u"The root directory can't be deleted."_s, u"Choose what is in it."_s);
        const Result<RemoteEntry> entry = session.attributes(path, context);
        if (!entry)
            return std::unexpected(entry.error());
        if (const Result<void> added = planner.add(path, *entry, 0); !added)
            return std::unexpected(added.error());
    }
    Removal removal = planner.result();
    removal.roots = paths;
    return removal;
}

Result<void> carryOut(Session &session, const Removal &removal, const JobContext &context)
{
    qsizetype done = 0;
    for (const auto &[path, isDirectory] : removal.items) {
        context.progress(u"Deleting %1"_s.arg(shownName(path.bytes())), done, removal.items.size());
        const Result<void> gone = isDirectory ? session.removeDirectory(path, context) : session.removeFile(path, context);
        if (!gone && gone.error().code != "server.file-missing"_L1) {
            Error error = gone.error();
            if (!error.isCancelled())
                error.message += u" %1 of %2 were deleted before."_s.arg(done).arg(removal.items.size());
            return std::unexpected(error);
        }
        ++done;
        context.log(u"Deleted %1"_s.arg(shownName(path.bytes())));
    }
    return {};
}

} // namespace handover::server

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/gitlibrary.h"

#include <QHash>

#include <git2.h>

using namespace Qt::StringLiterals;

namespace handover::repo {

Result<qsizetype> Repository::firstInHistory(const ObjectId &from, const QList<ObjectId> &commits,
                                             const JobContext &context) const
{
    QHash<ObjectId, qsizetype> places;
    for (qsizetype i = commits.size() - 1; i >= 0; --i)
        places.insert(commits[i], i);

    const git_oid start = rawId(from);
    GitPtr<git_revwalk> walk;
    if (git_revwalk_new(std::out_ptr(walk), m_handle->repository.get()) != 0 ||
        git_revwalk_sorting(walk.get(), GIT_SORT_TIME) != 0 || git_revwalk_push(walk.get(), &start) != 0)
        return objectMissing(from);
    qsizetype first = -1;
    git_oid id;
    // The first of the list is mostly near, and what comes after it doesn't matter then.
    while (first != 0) {
        if (context.isCancelled())
            return cancellation();
        const int code = git_revwalk_next(&id, walk.get());
        if (code == GIT_ITEROVER)
            break;
        if (code != 0)
            return objectMissing(from);
        const auto found = places.constFind(objectId(id));
        if (found != places.constEnd() && (first < 0 || *found < first))
            first = *found;
    }
    return first;
}

} // namespace handover::repo

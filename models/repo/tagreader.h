// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/repo/gitlibrary.h"
#include "models/repo/objecttext.h"

#include <git2.h>
#include <git2/sys/odb_backend.h>

#include <vector>

namespace handover::repo {

struct StoreFree
{
    git_odb_backend *store = nullptr;
    void operator()(void *data) const noexcept { git_odb_backend_data_free(store, data); }
};

/// Reads tags for a list. Objects are taken from the repository's stores as they are, which is twice
/// as quick as having them hashed, parsed and kept; what gets built is never read here. Commits are
/// read only where a tag leaves something out.
class TagReader
{
public:
    enum class Outcome { Read, NoCommit, Missing };

    /// The repository must live as long.
    explicit TagReader(git_repository *repository);

    /// Fills in what `tag` lacks yet besides its name and, as its commit, the object `id` itself.
    [[nodiscard]] Outcome read(const git_oid &id, Tag &tag);

private:
    struct Object
    {
        git_object_t type = GIT_OBJECT_INVALID;
        size_t size = 0;
        std::unique_ptr<void, StoreFree> data;

        [[nodiscard]] QByteArrayView bytes() const
        {
            return {static_cast<const char *>(data.get()), static_cast<qsizetype>(size)};
        }
    };

    [[nodiscard]] Object lookUp(const git_oid &id);
    [[nodiscard]] Object lookUpInStores(const git_oid &id) const;
    [[nodiscard]] Outcome readAnnotated(const Object &object, Tag &tag);
    void fillFromCommit(const ObjectText &commit, Tag &tag);
    [[nodiscard]] QString author(QByteArrayView name, const QByteArray &encoding);

    GitPtr<git_odb> m_odb;
    std::vector<git_odb_backend *> m_stores;
    bool m_refreshed = false;
    QByteArray m_lastName; // mostly it is the same again
    QString m_lastAuthor;
};

} // namespace handover::repo

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/gitlibrary.h"

#include <QFile>
#include <QFileInfo>

#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>

using namespace Qt::StringLiterals;

namespace handover::repo {

namespace {

constexpr qint64 LargestFile = 16 * 1024 * 1024; // all of them are held in memory
constexpr int BeforeTheDisk = 1000;              // of the stores, the one that is written to

std::unexpected<Error> snapshotFailure()
{
    return gitFailure(u"repo.snapshot"_s, u"The files in the work tree can't be compared."_s,
                      u"Run \"git status\" there and see what it says."_s);
}

// 0: to be added, more: not.
int skipLarge(const char *path, const char *, void *workTree)
{
    const QFileInfo file(*static_cast<const QString *>(workTree) + u'/' + QFile::decodeName(path));
    return !file.isSymLink() && file.size() > LargestFile ? 1 : 0;
}

bool keepInMemory(git_repository *repository)
{
    GitPtr<git_odb> odb;
    git_odb_backend *memory = nullptr;
    if (git_repository_odb(std::out_ptr(odb), repository) != 0 || git_mempack_new(&memory) != 0)
        return false;
    if (git_odb_add_backend(odb.get(), memory, BeforeTheDisk) == 0)
        return true; // it belongs to the store now
    memory->free(memory);
    return false;
}

std::optional<git_oid> writeTree(git_repository *repository, QString workTree)
{
    GitPtr<git_index> index; // as it is on the disk, and never put back there
    git_oid tree;
    const git_strarray all = {};
    if (git_repository_index(std::out_ptr(index), repository) != 0 ||
        git_index_update_all(index.get(), &all, skipLarge, &workTree) != 0 ||
        git_index_add_all(index.get(), &all, GIT_INDEX_ADD_DEFAULT, skipLarge, &workTree) != 0 ||
        git_index_write_tree(&tree, index.get()) != 0)
        return std::nullopt;
    return tree;
}

} // namespace

Result<Snapshot> snapshotOfWorkTree(const QString &path)
{
    auto opened = Repository::open(path);
    if (!opened)
        return std::unexpected(opened.error());
    git_repository *const repository = opened->m_handle->repository.get();
    if (git_repository_is_bare(repository))
        return refusal(u"repo.bare"_s, u"This repository has no work tree."_s, u"Open a clone of it."_s);
    if (!keepInMemory(repository))
        return snapshotFailure();
    const auto treeId = writeTree(repository, opened->workTree());
    GitPtr<git_tree> tree;
    GitPtr<git_signature> nobody;
    git_oid commit;
    // Without a date or a parent, its name depends on the files alone.
    if (!treeId || git_tree_lookup(std::out_ptr(tree), repository, &*treeId) != 0 ||
        git_signature_new(std::out_ptr(nobody), "work tree", "none", 0, 0) != 0 ||
        git_commit_create(&commit, repository, nullptr, nobody.get(), nobody.get(), nullptr, "", tree.get(), 0, nullptr) != 0)
        return snapshotFailure();
    return Snapshot{*std::move(opened), objectId(commit)};
}

} // namespace handover::repo

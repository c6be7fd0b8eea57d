// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/gitlibrary.h"

#include <git2.h>

#include <vector>

using namespace Qt::StringLiterals;

namespace handover::repo {

namespace {

// Git lets a few objects stand for any number of files; no project comes near these.
constexpr size_t maxDepth = 256;
constexpr qsizetype maxEntries = 1'000'000;
constexpr size_t maxBlob = 256 * 1024 * 1024;

std::unexpected<Error> tooLarge(const QString &what)
{
    return failure(u"repo.too-large"_s, what, u"Check that the repository holds what you expect."_s);
}

Result<GitPtr<git_tree>> lookUpTree(git_repository *repository, const ObjectId &id)
{
    const git_oid raw = rawId(id);
    GitPtr<git_object> object;
    GitPtr<git_object> tree;
    if (git_object_lookup(std::out_ptr(object), repository, &raw, GIT_OBJECT_ANY) != 0 ||
        git_object_peel(std::out_ptr(tree), object.get(), GIT_OBJECT_TREE) != 0)
        return objectMissing(id);
    return GitPtr<git_tree>(reinterpret_cast<git_tree *>(tree.release()));
}

// A tree on the way from the top, and how far it has been read.
struct Level
{
    GitPtr<git_tree> tree;
    QByteArray prefix;
    size_t next = 0;
};

TreeEntry::Kind kindOf(const git_tree_entry *entry)
{
    switch (git_tree_entry_filemode(entry)) {
    case GIT_FILEMODE_TREE:
        return TreeEntry::Kind::Directory;
    case GIT_FILEMODE_LINK:
        return TreeEntry::Kind::Link;
    case GIT_FILEMODE_COMMIT:
        return TreeEntry::Kind::Submodule;
    default:
        return TreeEntry::Kind::File;
    }
}

} // namespace

Result<QList<TreeEntry>> Repository::entries(const ObjectId &treeOrCommit) const
{
    const auto tree = lookUpTree(m_handle->repository.get(), treeOrCommit);
    if (!tree)
        return std::unexpected(tree.error());
    QList<TreeEntry> entries;
    const size_t count = git_tree_entrycount(tree->get());
    entries.reserve(static_cast<qsizetype>(count));
    for (size_t i = 0; i < count; ++i) {
        const git_tree_entry *entry = git_tree_entry_byindex(tree->get(), i);
        entries.append({git_tree_entry_name(entry), kindOf(entry), objectId(*git_tree_entry_id(entry))});
    }
    return entries;
}

Result<QList<TreeFile>> Repository::files(const ObjectId &commit) const
{
    auto top = lookUpTree(m_handle->repository.get(), commit);
    if (!top)
        return std::unexpected(top.error());

    QList<TreeFile> files;
    qsizetype entries = 0;
    std::vector<Level> levels; // not recursion: the depth is the repository's choice
    levels.push_back({*std::move(top), {}});
    while (!levels.empty()) {
        Level &level = levels.back();
        if (level.next == git_tree_entrycount(level.tree.get())) {
            levels.pop_back();
            continue;
        }
        if (++entries > maxEntries)
            return tooLarge(
                u"Commit %1 has more than %2 files and folders."_s.arg(commit.shortText()).arg(maxEntries));
        const git_tree_entry *entry = git_tree_entry_byindex(level.tree.get(), level.next++);
        const TreeEntry::Kind kind = kindOf(entry);
        const ObjectId id = objectId(*git_tree_entry_id(entry));
        if (kind == TreeEntry::Kind::Directory) {
            if (levels.size() == maxDepth)
                return tooLarge(
                    u"The folders of commit %1 are nested more than %2 deep."_s.arg(commit.shortText())
                        .arg(maxDepth));
            auto below = lookUpTree(m_handle->repository.get(), id);
            if (!below)
                return std::unexpected(below.error());
            levels.push_back({*std::move(below), level.prefix + git_tree_entry_name(entry) + '/'});
        } else if (kind != TreeEntry::Kind::Submodule) {
            files.append({level.prefix + git_tree_entry_name(entry), id});
        }
    }
    return files;
}

Result<std::optional<QByteArray>> Repository::fileAt(const ObjectId &commit, QByteArrayView path) const
{
    const auto tree = lookUpTree(m_handle->repository.get(), commit);
    if (!tree)
        return std::unexpected(tree.error());
    if (path.isEmpty() || path.contains('\0'))
        return std::nullopt;
    git_tree_entry *entry = nullptr;
    const int code = git_tree_entry_bypath(&entry, tree->get(), path.toByteArray().constData());
    const std::unique_ptr<git_tree_entry, decltype([](git_tree_entry *e) { git_tree_entry_free(e); })> owner(
        entry);
    if (code == GIT_ENOTFOUND)
        return std::nullopt;
    if (code != 0)
        return objectMissing(commit);
    if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB)
        return std::nullopt;
    auto contents = blob(objectId(*git_tree_entry_id(entry)));
    if (!contents)
        return std::unexpected(contents.error());
    return *std::move(contents);
}

Result<QByteArray> Repository::blob(const ObjectId &id) const
{
    const git_oid raw = rawId(id);
    GitPtr<git_odb> odb;
    size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    if (git_repository_odb(std::out_ptr(odb), m_handle->repository.get()) != 0 ||
        git_odb_read_header(&size, &type, odb.get(), &raw) != 0)
        return objectMissing(id);
    if (size > maxBlob)
        return tooLarge(u"File %1 of the repository has %2 MB."_s.arg(id.shortText()).arg(size / 1'000'000));
    GitPtr<git_blob> blob;
    if (git_blob_lookup(std::out_ptr(blob), m_handle->repository.get(), &raw) != 0)
        return objectMissing(id);
    return QByteArray(static_cast<const char *>(git_blob_rawcontent(blob.get())),
                      static_cast<qsizetype>(git_blob_rawsize(blob.get())));
}

} // namespace handover::repo

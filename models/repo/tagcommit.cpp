// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/tagcommit.h"

#include "models/repo/gitlibrary.h"

#include <git2.h>

#include <vector>

using namespace Qt::StringLiterals;

namespace handover::repo {

namespace {

std::unexpected<Error> writeFailure(const QString &what)
{
    return gitFailure(u"repo.write"_s, u"%1 could not be written; nothing was changed."_s.arg(what),
                      u"Check that no other git is at work there, that there is space on the disk and that you may "
                      "write to the repository."_s);
}

std::unexpected<Error> uncommitted(const QString &files)
{
    return refusal(u"repo.uncommitted"_s, u"There are changes of yours that are not committed in %1."_s.arg(files),
                   u"Commit or stash them first; other changed files don't matter."_s);
}

Result<> checkPlace(const Repository &reader, git_repository *repository)
{
    if (git_repository_is_bare(repository))
        return refusal(u"repo.bare"_s, u"This repository has no work tree, so nothing can be committed in it."_s,
                       u"Make the version in a clone of it."_s);
    const auto head = reader.head();
    if (!head)
        return std::unexpected(head.error());
    if (head->branch.isEmpty())
        return refusal(u"repo.detached"_s, u"HEAD is on no branch, so a commit would belong to none."_s,
                       u"Check out the branch that the version is to be made on."_s);
    if (git_repository_state(repository) != GIT_REPOSITORY_STATE_NONE)
        return refusal(u"repo.unfinished"_s, u"A merge, rebase or the like is not finished in this repository."_s,
                       u"Finish it or give it up; \"git status\" says how."_s);
    return {};
}

Result<> checkFiles(const Repository &reader, const QList<NewContents> &files)
{
    QStringList changed;
    for (const NewContents &file : files) {
        const auto isChanged = reader.isChanged(file.path);
        if (!isChanged)
            return std::unexpected(isChanged.error());
        if (*isChanged)
            changed += QString::fromUtf8(file.path);
    }
    return changed.isEmpty() ? Result<>() : uncommitted(changed.join(u", "_s));
}

Result<git_oid> writeTree(git_repository *repository, git_tree *baseline, const QList<NewContents> &files)
{
    std::vector<git_tree_update> updates;
    for (const NewContents &file : files) {
        git_tree_entry *entry = nullptr;
        if (git_tree_entry_bypath(&entry, baseline, file.path.constData()) != 0)
            return writeFailure(u"%1, which is not in the commit,"_s.arg(QString::fromUtf8(file.path)));
        git_tree_update update = {GIT_TREE_UPDATE_UPSERT, {}, git_tree_entry_filemode(entry), file.path.constData()};
        git_tree_entry_free(entry);
        if (git_blob_create_from_buffer(&update.id, repository, file.contents.constData(),
                                        static_cast<size_t>(file.contents.size())) != 0)
            return writeFailure(u"The file %1"_s.arg(QString::fromUtf8(file.path)));
        updates.push_back(update);
    }
    git_oid tree;
    if (git_tree_create_updated(&tree, repository, baseline, updates.size(), updates.data()) != 0)
        return writeFailure(u"The commit's tree"_s);
    return tree;
}

// A lock that is held until the transaction is committed or freed.
Result<GitPtr<git_transaction>> lock(git_repository *repository, const QByteArray &reference)
{
    GitPtr<git_transaction> transaction;
    if (git_transaction_new(std::out_ptr(transaction), repository) != 0 ||
        git_transaction_lock_ref(transaction.get(), reference.constData()) != 0)
        return writeFailure(u"%1"_s.arg(QString::fromUtf8(reference)));
    return transaction;
}

} // namespace

TagCommit::TagCommit(git_repository *repository, ObjectId id, const NewTag &wanted)
    : m_repository(repository)
    , m_id(std::move(id))
    , m_parent(wanted.head)
    , m_reflog("commit: " + wanted.commitMessage.trimmed().section(u'\n', 0, 0).toUtf8())
{
    for (const NewContents &file : wanted.files)
        m_paths += file.path;
}

Result<TagCommit> TagCommit::prepare(const Repository &reader, git_repository *repository, const NewTag &wanted,
                                     const git_signature *author, const git_signature *committer)
{
    if (const auto possible = checkPlace(reader, repository); !possible)
        return std::unexpected(possible.error());
    if (const auto clean = checkFiles(reader, wanted.files); !clean)
        return std::unexpected(clean.error());
    const auto parent = lookUpCommit(repository, wanted.head);
    if (!parent)
        return std::unexpected(parent.error());
    GitPtr<git_tree> baseline;
    if (git_commit_tree(std::out_ptr(baseline), parent->get()) != 0)
        return objectMissing(wanted.head);
    const auto treeId = writeTree(repository, baseline.get(), wanted.files);
    if (!treeId)
        return std::unexpected(treeId.error());
    GitPtr<git_tree> tree;
    const git_commit *parents[] = {parent->get()};
    git_oid id;
    if (git_tree_lookup(std::out_ptr(tree), repository, &*treeId) != 0 ||
        git_commit_create(&id, repository, nullptr, author, committer, nullptr, messageBytes(wanted.commitMessage).constData(),
                          tree.get(), 1, parents) != 0)
        return writeFailure(u"The commit"_s);

    TagCommit commit(repository, objectId(id), wanted);
    const auto head = reader.head();
    if (!head)
        return std::unexpected(head.error());
    commit.m_branch = "refs/heads/" + head->branch.toUtf8();
    auto locked = lock(repository, commit.m_branch);
    if (!locked)
        return std::unexpected(locked.error());
    commit.m_lock = *std::move(locked);
    return commit;
}

// Only these paths, in the work tree and in the index. Carefully, it stops before it changes anything if
// a file isn't as `from` has it.
Result<> TagCommit::checkOut(const ObjectId &from, const ObjectId &to, const QByteArrayList &paths, How how) const
{
    std::vector<char *> names;
    for (const QByteArray &path : paths)
        names.push_back(const_cast<char *>(path.constData())); // which libgit2 doesn't change
    const auto older = lookUpCommit(m_repository, from);
    const auto newer = lookUpCommit(m_repository, to);
    GitPtr<git_tree> baseline;
    GitPtr<git_tree> target;
    if (!older || !newer || git_commit_tree(std::out_ptr(baseline), older->get()) != 0 ||
        git_commit_tree(std::out_ptr(target), newer->get()) != 0)
        return objectMissing(to);
    git_checkout_options options = GIT_CHECKOUT_OPTIONS_INIT;
    options.checkout_strategy = (how == How::ByForce ? GIT_CHECKOUT_FORCE : GIT_CHECKOUT_SAFE) |
                                GIT_CHECKOUT_DISABLE_PATHSPEC_MATCH;
    options.paths = {names.data(), names.size()};
    options.baseline = baseline.get();
    const int code = git_checkout_tree(m_repository, reinterpret_cast<git_object *>(target.get()), &options);
    if (code == GIT_ECONFLICT)
        return uncommitted(u"these files"_s);
    return code == 0 ? Result<>() : writeFailure(u"The files of the commit"_s);
}

// Each for itself, so that one that doesn't go back keeps no other from it.
void TagCommit::takeBack(How how) const
{
    for (const QByteArray &path : m_paths)
        std::ignore = checkOut(m_id, m_parent, {path}, how);
}

Result<> TagCommit::carryOut()
{
    // Somebody may have committed between the look and the lock.
    git_oid now;
    const bool isSame = git_reference_name_to_id(&now, m_repository, m_branch.constData()) == 0 && objectId(now) == m_parent;
    if (!isSame)
        return refusal(u"repo.head-moved"_s, u"HEAD is not at %1 any more."_s.arg(m_parent.shortText()),
                       u"Look at the new version again before you make it."_s);
    if (const auto written = checkOut(m_parent, m_id, m_paths, How::Carefully); !written) {
        // All of them were as the parent has them; now any of them may be half written.
        if (written.error().code != u"repo.uncommitted")
            takeBack(How::ByForce);
        return written;
    }
    const git_oid id = rawId(m_id);
    if (git_transaction_set_target(m_lock.get(), m_branch.constData(), &id, nullptr, m_reflog.constData()) != 0 ||
        git_transaction_commit(m_lock.get()) != 0) {
        const auto failed = writeFailure(u"The branch"_s);
        takeBack(How::Carefully);
        return failed;
    }
    m_lock.reset();
    return {};
}

Result<PreparedTag> PreparedTag::prepare(git_repository *repository, const NewTag &wanted, const ObjectId &commit,
                                         const git_signature *tagger)
{
    const git_oid target = rawId(commit);
    GitPtr<git_object> object;
    git_oid id;
    if (git_object_lookup(std::out_ptr(object), repository, &target, GIT_OBJECT_COMMIT) != 0 ||
        git_tag_annotation_create(&id, repository, wanted.name.constData(), object.get(), tagger,
                                  messageBytes(wanted.message).constData()) != 0)
        return writeFailure(u"The tag"_s);
    const QByteArray name = "refs/tags/" + wanted.name;
    auto locked = lock(repository, name);
    if (!locked)
        return std::unexpected(locked.error());
    GitPtr<git_reference> other;
    if (git_reference_lookup(std::out_ptr(other), repository, name.constData()) == 0)
        return refusal(u"repo.tag-exists"_s, u"There is a tag %1 by now."_s.arg(QString::fromUtf8(wanted.name)),
                       u"Choose another version."_s);
    return PreparedTag(name, {commit, objectId(id)}, *std::move(locked));
}

Result<> PreparedTag::carryOut(bool hasCommitted)
{
    const git_oid id = rawId(m_made.object);
    if (git_transaction_set_target(m_lock.get(), m_name.constData(), &id, nullptr, nullptr) == 0 &&
        git_transaction_commit(m_lock.get()) == 0) {
        m_lock.reset();
        return {};
    }
    const QString tag = QString::fromUtf8(m_name.sliced(qstrlen("refs/tags/")));
    if (!hasCommitted)
        return writeFailure(u"The tag %1"_s.arg(tag));
    return gitFailure(u"repo.not-tagged"_s,
                      u"The new versions were committed as %1, but the tag %2 could not be written."_s.arg(
                          m_made.commit.shortText(), tag),
                      u"Either tag that commit (git update-ref refs/tags/%1 %2), or take it back (git reset --keep HEAD~1)."_s.arg(
                          tag, m_made.object.text()));
}

} // namespace handover::repo

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/repo/handles.h"
#include "models/repo/tagwriter.h"

namespace handover::repo {

/// The commit of a few files, in two steps: the objects, which nobody sees yet; then, with the branch
/// locked, the files, the index and the branch.
class TagCommit
{
public:
    /// `repository` is the handle of `reader`. Errors: TagWriter::make()'s.
    [[nodiscard]] static Result<TagCommit> prepare(const Repository &reader, git_repository *repository, const NewTag &wanted,
                                                   const git_signature *author, const git_signature *committer);

    [[nodiscard]] const ObjectId &id() const { return m_id; }
    /// All or nothing.
    [[nodiscard]] Result<> carryOut();

private:
    TagCommit(git_repository *repository, ObjectId id, const NewTag &wanted);
    enum class How { Carefully, ByForce };
    [[nodiscard]] Result<> checkOut(const ObjectId &from, const ObjectId &to, const QByteArrayList &paths, How how) const;
    void takeBack(How how) const;

    git_repository *m_repository;
    ObjectId m_id;
    ObjectId m_parent;
    QByteArray m_branch; ///< refs/heads/…
    QByteArrayList m_paths;
    QByteArray m_reflog;
    GitPtr<git_transaction> m_lock;
};

/// The object of an annotated tag, and then, with its name locked from the beginning, the tag.
class PreparedTag
{
public:
    [[nodiscard]] static Result<PreparedTag> prepare(git_repository *repository, const NewTag &wanted, const ObjectId &commit,
                                                     const git_signature *tagger);

    [[nodiscard]] const MadeTag &made() const { return m_made; }
    /// `hasCommitted` is for the words of an error: what is there now.
    [[nodiscard]] Result<> carryOut(bool hasCommitted);

private:
    PreparedTag(QByteArray name, MadeTag made, GitPtr<git_transaction> lock)
        : m_name(std::move(name))
        , m_made(std::move(made))
        , m_lock(std::move(lock))
    {
    }

    QByteArray m_name;
    MadeTag m_made;
    GitPtr<git_transaction> m_lock;
};

} // namespace handover::repo

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/repo/repository.h"

namespace handover::repo {

/// A file of HEAD's with other contents.
struct NewContents
{
    QByteArray path; ///< in the tree
    QByteArray contents;

    friend bool operator==(const NewContents &, const NewContents &) = default;
};

/// An annotated tag that is to be made, and the commit before it.
struct NewTag
{
    ObjectId head;            ///< HEAD's commit when all this was thought out
    QList<NewContents> files; ///< empty: no commit, the tag goes on `head`
    QString commitMessage;
    QByteArray name;
    QString message;
};

/// A tag that was made.
struct MadeTag
{
    ObjectId commit; ///< that it is on
    ObjectId object; ///< of the tag itself
};

/// A tag that was deleted: all that is needed to have it back.
struct DeletedTag
{
    QByteArray name;
    ObjectId object;

    friend bool operator==(const DeletedTag &, const DeletedTag &) = default;
};

/// What "git commit" and "git tag" would do in a repository besides, and TagWriter doesn't.
struct LeftOut
{
    bool signatures = false; ///< commit.gpgSign, tag.gpgSign
    bool hooks = false;      ///< pre-commit, commit-msg and the like

    friend bool operator==(const LeftOut &, const LeftOut &) = default;
};

/// The only thing that changes a user's repository: it makes, deletes and brings back tags. The
/// repository must live as long.
class TagWriter
{
public:
    explicit TagWriter(const Repository &repository)
        : m_repository(repository)
    {
    }

    /// Who would commit and tag, as "name <address>". Errors: repo.no-identity.
    [[nodiscard]] Result<QString> identity() const;
    [[nodiscard]] LeftOut leftOut() const;

    /// Commits the files on the branch that is checked out, and nothing else: other changes of the work
    /// tree and of the index stay as they are. Then tags the commit. All of it or nothing, unless the
    /// very last step fails: the error repo.not-tagged says what is there then and what to do. Errors
    /// besides: repo.tag-name, repo.tag-exists, repo.no-identity, repo.head-moved, repo.detached,
    /// repo.bare, repo.unfinished (a merge or the like), repo.uncommitted (a file to be written was
    /// changed), repo.write.
    [[nodiscard]] Result<MadeTag> make(const NewTag &wanted, const JobContext &context) const;

    /// Deletes a tag here; the objects stay. Errors: repo.no-such-tag, repo.write.
    [[nodiscard]] Result<DeletedTag> remove(const QByteArray &name) const;
    /// Errors: repo.tag-exists, repo.object-missing, repo.write.
    [[nodiscard]] Result<> bringBack(const DeletedTag &tag) const;

private:
    const Repository &m_repository;
};

/// Whether git takes a tag of that name (git-check-ref-format).
[[nodiscard]] bool isTagName(QByteArrayView name);

} // namespace handover::repo

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/jobs/jobcontext.h"
#include "models/repo/objectid.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace handover::repo {

/// A tag that leads to a commit. Names are git's bytes (without refs/tags/), never a shell's.
struct Tag
{
    QByteArray name;
    ObjectId commit;
    bool annotated = false;
    QDateTime date;  ///< the tagger's if annotated, else the commit's
    QString author;  ///< name of the tagger, or of the commit's author
    QString message; ///< of the tag if annotated, else of the commit; whole, trimmed

    [[nodiscard]] QString text() const { return QString::fromUtf8(name); }

    friend bool operator==(const Tag &, const Tag &) = default;
};

/// Where HEAD stands.
struct Head
{
    std::optional<ObjectId> commit; ///< nothing while the first commit is to be made
    QString branch;                 ///< short name; empty when detached

    friend bool operator==(const Head &, const Head &) = default;
};

/// What `git status` would say, by count.
struct WorkTreeState
{
    int changed = 0; ///< files that differ from HEAD, staged or not
    int untracked = 0;

    friend bool operator==(const WorkTreeState &, const WorkTreeState &) = default;
};

struct TreeFile
{
    QByteArray path; ///< from the top of the tree, with '/'
    ObjectId blob;
};

/// What stands directly in a tree.
struct TreeEntry
{
    enum class Kind { File, Link, Directory, Submodule };

    QByteArray name;
    Kind kind = Kind::File;
    ObjectId id;
};

/// Where tags can be pushed to.
struct Remote
{
    QString name;
    QString url; ///< that pushes go to, for people: without a password

    friend bool operator==(const Remote &, const Remote &) = default;
};

struct Snapshot;

/// A git repository, read only: no function here changes anything in it or in its work tree (that is
/// TagWriter's part). Move-only; belongs to one thread at a time. Several may be open on one directory.
class Repository
{
public:
    /// Opens the repository that `path` is in. Errors: repo.not-a-repository, repo.unsupported
    /// (reftable, SHA-256, partial clone), repo.not-owned (safe.directory), repo.unreadable,
    /// repo.no-such-directory.
    [[nodiscard]] static Result<Repository> open(const QString &path);

    Repository(Repository &&) noexcept;
    Repository &operator=(Repository &&) noexcept;
    ~Repository();

    [[nodiscard]] QString workTree() const;        ///< absolute, without trailing '/'; empty if bare
    [[nodiscard]] QString gitDirectory() const;    ///< .git, of this work tree
    [[nodiscard]] QString commonDirectory() const; ///< .git, of the main work tree if linked

    /// All tags that lead to a commit, in git's order. Cancellable.
    [[nodiscard]] Result<QList<Tag>> tags(const JobContext &context) const;
    [[nodiscard]] Result<Head> head() const;
    [[nodiscard]] Result<WorkTreeState> workTreeState() const;
    /// Whether a file of HEAD's is otherwise in the index or in the work tree, or not there.
    [[nodiscard]] Result<bool> isChanged(QByteArrayView path) const;
    /// All remotes, first the one that git would push the branch to. Errors: repo.unreadable.
    [[nodiscard]] Result<QList<Remote>> remotes() const;
    /// Which of the commits is first in the list among those that `from` has in its history (or is); -1
    /// if it has none of them. Cancellable. Errors: repo.object-missing.
    [[nodiscard]] Result<qsizetype> firstInHistory(const ObjectId &from, const QList<ObjectId> &commits,
                                                   const JobContext &context) const;

    /// Every file and symbolic link of a commit's tree, no submodules. Errors: repo.object-missing,
    /// repo.too-large (beyond what a project can have).
    [[nodiscard]] Result<QList<TreeFile>> files(const ObjectId &commit) const;
    /// A file's contents at a commit; nothing if there is no such file.
    [[nodiscard]] Result<std::optional<QByteArray>> fileAt(const ObjectId &commit, QByteArrayView path) const;
    [[nodiscard]] Result<QByteArray> blob(const ObjectId &id) const;
    /// The entries of a tree, or of a commit's top tree.
    [[nodiscard]] Result<QList<TreeEntry>> entries(const ObjectId &treeOrCommit) const;

    /// Makes `directory` (which must not exist yet) a repository of its own at `commit`: HEAD
    /// detached there, all tags known (rebar3 asks git for versions), objects borrowed from this
    /// one through alternates. No configuration and no hook of this repository gets there, and
    /// nothing is written to it. The directory appears when it is complete, or not at all.
    /// Errors: repo.exists, repo.object-missing, repo.too-large, repo.unsafe-tree, repo.checkout.
    /// `keepTag`, where given, says which tags are known in it.
    using KeepTag = std::function<bool(const QByteArray &name, const ObjectId &commit)>;
    [[nodiscard]] Result<void> checkoutApart(const ObjectId &commit, const QString &directory,
                                             const JobContext &context, const KeepTag &keepTag = {}) const;

private:
    friend class TagWriter;
    friend Result<Snapshot> snapshotOfWorkTree(const QString &path);
    struct Handle;
    explicit Repository(std::unique_ptr<Handle> handle);
    std::unique_ptr<Handle> m_handle;
};

/// A repository in which the files as they are now are a commit like others.
struct Snapshot
{
    Repository repository;
    ObjectId commit; ///< the same as long as the files are
};

/// Takes the work tree as "git add --all" would, without what is ignored or too large for a source. What
/// it makes is in this repository's memory only: nothing is written, the index neither. Errors: open()'s,
/// repo.bare, repo.snapshot.
[[nodiscard]] Result<Snapshot> snapshotOfWorkTree(const QString &path);

} // namespace handover::repo

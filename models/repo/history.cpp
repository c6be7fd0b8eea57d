// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/history.h"

#include "models/repo/checkout.h"
#include "models/repo/gitlibrary.h"
#include "models/repo/newrepository.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <git2.h>

using namespace Qt::StringLiterals;

namespace handover::repo {

namespace {

std::unexpected<Error> historyFailure(const QString &what)
{
    return gitFailure(u"repo.history"_s, u"%1 could not be made."_s.arg(what),
                      u"Check that there is space on the disk and that the folder may be written to."_s);
}

struct Source
{
    QByteArray contents;
    uint32_t mode = GIT_FILEMODE_BLOB;
};

Result<Source> readSource(const QFileInfo &info)
{
    if (info.isSymLink())
        return Source{QFile::encodeName(info.readSymLink()), GIT_FILEMODE_LINK};
    QFile file(info.filePath());
    if (!file.open(QIODevice::ReadOnly))
        return failure(u"repo.history"_s,
                       u"%1 can't be read."_s.arg(QDir::toNativeSeparators(info.filePath())),
                       u"Check that the file is there and may be read."_s, file.errorString());
    const bool executable = info.permissions().testFlag(QFile::ExeOwner);
    return Source{file.readAll(), executable ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB};
}

Result<GitPtr<git_tree>> writeTree(git_repository *repository, const QString &directory,
                                   const JobContext &context)
{
    if (!QFileInfo(directory).isDir())
        return failure(u"repo.no-such-directory"_s,
                       u"There is no folder \"%1\"."_s.arg(QDir::toNativeSeparators(directory)),
                       u"Check the name."_s);
    GitPtr<git_index> index; // in memory only: it sorts, and makes the trees
    if (git_index_new(std::out_ptr(index)) != 0)
        return historyFailure(u"The index"_s);
    const QDir top(directory);
    QDirIterator files(directory, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        if (context.isCancelled())
            return cancellation();
        const QFileInfo info = files.nextFileInfo();
        const QString path = top.relativeFilePath(info.filePath());
        if (path.split(u'/').contains(".git"_L1))
            continue;
        const auto source = readSource(info);
        if (!source)
            return std::unexpected(source.error());
        const QByteArray name = QFile::encodeName(path);
        git_index_entry entry = {};
        entry.mode = source->mode;
        entry.path = name.constData();
        if (git_blob_create_from_buffer(&entry.id, repository, source->contents.constData(),
                                        static_cast<size_t>(source->contents.size())) != 0 ||
            git_index_add(index.get(), &entry) != 0)
            return historyFailure(u"The file %1"_s.arg(path));
    }
    git_oid id;
    GitPtr<git_tree> tree;
    if (git_index_write_tree_to(&id, index.get(), repository) != 0 ||
        git_tree_lookup(std::out_ptr(tree), repository, &id) != 0)
        return historyFailure(u"The tree of %1"_s.arg(directory));
    return tree;
}

Result<ObjectId> writeCommit(git_repository *repository, const HistoryEntry &entry,
                             const git_signature *signature, const std::optional<ObjectId> &parent,
                             const JobContext &context)
{
    const auto tree = writeTree(repository, entry.tree, context);
    if (!tree)
        return std::unexpected(tree.error());
    GitPtr<git_commit> parentCommit;
    if (parent) {
        auto found = lookUpCommit(repository, *parent);
        if (!found)
            return std::unexpected(found.error());
        parentCommit = *std::move(found);
    }
    const git_commit *parents[] = {parentCommit.get()};
    git_oid id;
    if (git_commit_create(&id, repository, "refs/heads/main", signature, signature, nullptr,
                          messageBytes(entry.message).constData(), tree->get(), parent ? 1 : 0, parents) != 0)
        return historyFailure(u"The commit of %1"_s.arg(entry.tree));
    return objectId(id);
}

Result<void> writeTag(git_repository *repository, const HistoryEntry &entry, const git_signature *signature,
                      const ObjectId &commit)
{
    const git_oid target = rawId(commit);
    GitPtr<git_object> object;
    git_oid id;
    int code = git_object_lookup(std::out_ptr(object), repository, &target, GIT_OBJECT_COMMIT);
    if (code == 0 && entry.annotated)
        code = git_tag_create(&id, repository, entry.tag.constData(), object.get(), signature,
                              messageBytes(entry.tagMessage).constData(), 0);
    else if (code == 0)
        code = git_tag_create_lightweight(&id, repository, entry.tag.constData(), object.get(), 0);
    if (code != 0)
        return historyFailure(u"The tag %1"_s.arg(QString::fromUtf8(entry.tag)));
    return {};
}

Result<void> writeHistory(const QString &directory, const QString &name, const QString &email,
                          const QList<HistoryEntry> &entries, const JobContext &context)
{
    const auto repository = initRepository(directory);
    if (!repository)
        return std::unexpected(repository.error());
    std::optional<ObjectId> last;
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const HistoryEntry &entry = entries[i];
        if (context.isCancelled())
            return cancellation();
        context.progress(u"Committing %1"_s.arg(entry.tree), i, entries.size());
        GitPtr<git_signature> signature;
        if (!entry.date.isValid() ||
            git_signature_new(std::out_ptr(signature), name.toUtf8().constData(), email.toUtf8().constData(),
                              entry.date.toSecsSinceEpoch(), entry.date.offsetFromUtc() / 60) != 0)
            return misuse(u"repo.bad-history"_s,
                          u"A commit needs a date, and an author with a name and an address."_s,
                          u"Give all three."_s);
        const auto commit = writeCommit(repository->get(), entry, signature.get(), last, context);
        if (!commit)
            return std::unexpected(commit.error());
        if (!entry.tag.isEmpty()) {
            if (auto tagged = writeTag(repository->get(), entry, signature.get(), *commit); !tagged)
                return tagged;
        }
        last = *commit;
    }
    if (!last)
        return {};
    const auto made = Repository::open(directory);
    if (!made)
        return std::unexpected(made.error());
    const auto files = made->files(*last);
    if (!files)
        return std::unexpected(files.error());
    return writeWorkTree(repository->get(), *last, *files, directory, context);
}

} // namespace

Result<void> makeHistory(const QString &directory, const QString &name, const QString &email,
                         const QList<HistoryEntry> &entries, const JobContext &context)
{
    const QFileInfo target(directory);
    const QDir::Filters everything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    const bool wasThere = target.exists();
    if (wasThere && (!target.isDir() || !QDir(directory).isEmpty(everything)))
        return failure(u"repo.exists"_s,
                       u"%1 is not an empty folder."_s.arg(QDir::toNativeSeparators(directory)),
                       u"Choose an empty or a new one."_s);
    auto done = writeHistory(directory, name, email, entries, context);
    if (!done) {
        // What stands there now is ours: the folder was empty.
        for (const QFileInfo &left : QDir(directory).entryInfoList(everything))
            const ScratchDirectory removed(left.filePath());
        if (!wasThere)
            QDir().rmdir(directory);
    }
    return done;
}

} // namespace handover::repo

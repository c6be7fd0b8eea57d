// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/checkout.h"

#include "models/repo/gitlibrary.h"
#include "models/repo/newrepository.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSet>

#include <git2.h>

#include <filesystem>
#include <vector>

using namespace Qt::StringLiterals;

namespace handover::repo {

namespace {

std::unexpected<Error> checkoutFailure(const QString &directory)
{
    return gitFailure(u"repo.checkout"_s,
                      u"The files could not be written to %1."_s.arg(QDir::toNativeSeparators(directory)),
                      u"Check that there is space on the disk and that the folder may be written to."_s);
}

bool isUnsafeName(QByteArrayView name)
{
    return name.isEmpty() || name == "." || name == ".." || name.compare(".git", Qt::CaseInsensitive) == 0;
}

// Git itself would never make such a tree, but a repository may hold one: a path that leads into
// .git or out of the directory, or through something that is a file or a link as well.
std::optional<QByteArray> unsafePath(const QList<TreeFile> &files)
{
    QSet<QByteArray> paths;
    for (const TreeFile &file : files) {
        if (paths.contains(file.path))
            return file.path;
        paths.insert(file.path);
    }
    for (const TreeFile &file : files) {
        qsizetype from = 0;
        for (qsizetype slash = file.path.indexOf('/'); slash >= 0; slash = file.path.indexOf('/', from)) {
            if (isUnsafeName(QByteArrayView(file.path).sliced(from, slash - from)) ||
                paths.contains(file.path.first(slash)))
                return file.path;
            from = slash + 1;
        }
        if (isUnsafeName(QByteArrayView(file.path).sliced(from)))
            return file.path;
    }
    return std::nullopt;
}

} // namespace

Result<void> writeWorkTree(git_repository *repository, const ObjectId &commit, const QList<TreeFile> &files,
                           const QString &directory, const JobContext &context)
{
    if (const auto path = unsafePath(files))
        return failure(u"repo.unsafe-tree"_s,
                       u"Commit %1 has a path that can't be checked out safely: %2"_s.arg(
                           commit.shortText(), QString::fromUtf8(*path)),
                       u"Do not build this version; find out how the path got into the repository."_s);

    const auto object = lookUpCommit(repository, commit);
    if (!object)
        return std::unexpected(object.error());
    GitPtr<git_tree> tree;
    GitPtr<git_index> index;
    if (git_commit_tree(std::out_ptr(tree), object->get()) != 0 ||
        git_repository_index(std::out_ptr(index), repository) != 0 ||
        git_index_read_tree(index.get(), tree.get()) != 0)
        return checkoutFailure(directory);

    git_checkout_options options = GIT_CHECKOUT_OPTIONS_INIT;
    options.checkout_strategy = GIT_CHECKOUT_FORCE | GIT_CHECKOUT_DISABLE_PATHSPEC_MATCH |
                                GIT_CHECKOUT_NO_REFRESH | GIT_CHECKOUT_DONT_WRITE_INDEX;
    // libgit2 can't be stopped while it writes, so it gets the files in portions. Each portion
    // costs a walk over the whole index, hence not too many of them.
    const qsizetype portion = qMax<qsizetype>(128, files.size() / 64);
    std::vector<char *> paths;
    for (qsizetype from = 0; from < files.size(); from += portion) {
        if (context.isCancelled())
            return cancellation();
        context.progress(u"Checking out %1"_s.arg(commit.shortText()), from, files.size());
        paths.clear();
        for (qsizetype i = from; i < qMin(from + portion, files.size()); ++i)
            paths.push_back(
                const_cast<char *>(files[i].path.constData())); // git_strarray isn't const, but only read
        options.paths = {paths.data(), paths.size()};
        if (git_checkout_index(repository, index.get(), &options) != 0)
            return checkoutFailure(directory);
    }
    if (context.isCancelled())
        return cancellation();
    if (git_index_write(index.get()) != 0)
        return checkoutFailure(directory);
    context.progress(u"Checking out %1"_s.arg(commit.shortText()), files.size(), files.size());
    return {};
}

Result<void> Repository::checkoutApart(const ObjectId &commit, const QString &directory,
                                       const JobContext &context, const KeepTag &keepTag) const
{
    const QFileInfo target(directory);
    const QString shown = QDir::toNativeSeparators(directory);
    if (directory.isEmpty() || target.exists() || target.isSymLink())
        return failure(u"repo.exists"_s, u"%1 exists already."_s.arg(shown),
                       u"Remove it, or choose another folder."_s);
    if (const auto found = lookUpCommit(m_handle->repository.get(), commit); !found)
        return std::unexpected(found.error());
    const auto tree = files(commit);
    if (!tree)
        return std::unexpected(tree.error());

    const QString part = target.absolutePath() + u"/.checkout-"_s +
                         QString::number(QRandomGenerator::global()->generate64(), 36);
    const ScratchDirectory scratch(part);
    Result<void> done = writeBorrowingRepository(m_handle->repository.get(), commit, part, keepTag, context);
    if (done) {
        GitPtr<git_repository> repository;
        if (git_repository_open(std::out_ptr(repository), QFile::encodeName(part).constData()) != 0)
            return checkoutFailure(directory);
        done = writeWorkTree(repository.get(), commit, *tree, directory, context);
    }
    if (!done)
        return done;

    std::error_code error;
    std::filesystem::rename(QFile::encodeName(part).toStdString(),
                            QFile::encodeName(target.absoluteFilePath()).toStdString(), error);
    if (error)
        return failure(u"repo.checkout"_s, u"The checkout could not be put at %1."_s.arg(shown),
                       u"Check that the folder may be written to."_s,
                       QString::fromStdString(error.message()));
    return {};
}

} // namespace handover::repo

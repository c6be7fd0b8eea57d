// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/newrepository.h"

#include "models/repo/gitlibrary.h"

#include <QDir>
#include <QFile>

#include <git2.h>

#include <algorithm>
#include <filesystem>

using namespace Qt::StringLiterals;

namespace handover::repo {

namespace {

std::unexpected<Error> writeFailure(const QString &path, const QString &detail)
{
    return failure(u"repo.checkout"_s, u"%1 could not be written."_s.arg(QDir::toNativeSeparators(path)),
                   u"Check that there is space on the disk and that the folder may be written to."_s, detail);
}

Result<void> writeFile(const QString &path, const QByteArray &contents)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) || file.write(contents) != contents.size() ||
        !file.flush())
        return writeFailure(path, file.errorString());
    return {};
}

// The objects are named by absolute path. A line of the file ends at a line end, so a path with
// one in it goes by way of a symbolic link.
Result<void> borrowObjects(const QString &objects, const QString &gitDirectory)
{
    QByteArray line = QFile::encodeName(objects);
    if (line.contains('\n') || line.contains('\r')) {
        const QString link = gitDirectory + u"/borrowed-objects"_s;
        if (!QFile::link(objects, link))
            return writeFailure(link, {});
        line = "../borrowed-objects"; // from .git/objects
    }
    return writeFile(gitDirectory + u"/objects/info/alternates"_s, line + '\n');
}

// A line of packed-refs, with the line for what an annotated tag leads to; empty if it isn't kept.
QByteArray packedLine(git_repository *repository, const git_reference *reference, const Repository::KeepTag &keepTag)
{
    GitPtr<git_reference> resolved;
    GitPtr<git_object> object;
    if (git_reference_resolve(std::out_ptr(resolved), reference) != 0 ||
        git_object_lookup(std::out_ptr(object), repository, git_reference_target(resolved.get()),
                          GIT_OBJECT_ANY) != 0)
        return {}; // git itself would only complain of it
    QByteArray line =
        objectId(*git_object_id(object.get())).hex() + ' ' + git_reference_name(reference) + '\n';
    ObjectId commit = objectId(*git_object_id(object.get()));
    if (git_object_type(object.get()) == GIT_OBJECT_TAG) {
        GitPtr<git_object> peeled;
        if (git_tag_peel(std::out_ptr(peeled), reinterpret_cast<git_tag *>(object.get())) != 0)
            return {};
        commit = objectId(*git_object_id(peeled.get()));
        line += '^' + commit.hex() + '\n';
    }
    const QByteArray name = QByteArray(git_reference_name(reference)).sliced(qstrlen("refs/tags/"));
    return !keepTag || keepTag(name, commit) ? line : QByteArray();
}

Result<QByteArray> packedTags(git_repository *source, const Repository::KeepTag &keepTag, const JobContext &context)
{
    const auto unreadable = [] {
        return gitFailure(u"repo.unreadable"_s, u"The repository's tags can't be read."_s,
                          u"Run \"git for-each-ref refs/tags\" there and see what it says."_s);
    };
    GitPtr<git_reference_iterator> iterator;
    if (git_reference_iterator_glob_new(std::out_ptr(iterator), source, "refs/tags/*") != 0)
        return unreadable();
    QList<std::pair<QByteArray, QByteArray>> lines; // by name: git searches the file by halves
    while (true) {
        if (context.isCancelled())
            return cancellation();
        GitPtr<git_reference> reference;
        const int code = git_reference_next(std::out_ptr(reference), iterator.get());
        if (code == GIT_ITEROVER)
            break;
        if (code != 0)
            return unreadable();
        lines.append({git_reference_name(reference.get()), packedLine(source, reference.get(), keepTag)});
    }
    std::sort(lines.begin(), lines.end());
    QByteArray text = "# pack-refs with: peeled fully-peeled sorted \n";
    for (const auto &[name, line] : std::as_const(lines))
        text += line;
    return text;
}

} // namespace

ScratchDirectory::~ScratchDirectory()
{
    // Not QDir: names in it are bytes.
    std::error_code ignored;
    std::filesystem::remove_all(QFile::encodeName(m_path).toStdString(), ignored);
}

Result<GitPtr<git_repository>> initRepository(const QString &directory)
{
    startGitLibrary();
    git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;
    options.flags = GIT_REPOSITORY_INIT_NO_REINIT | GIT_REPOSITORY_INIT_MKDIR | GIT_REPOSITORY_INIT_MKPATH;
    options.initial_head = "main";
    GitPtr<git_repository> repository;
    if (git_repository_init_ext(std::out_ptr(repository), QFile::encodeName(directory).constData(),
                                &options) != 0)
        return gitFailure(u"repo.checkout"_s,
                          u"No repository could be made in %1."_s.arg(QDir::toNativeSeparators(directory)),
                          u"Check that there is space on the disk and that the folder may be written to."_s);
    const ScratchDirectory samples(directory + u"/.git/hooks"_s); // nothing that could ever be run
    return repository;
}

Result<void> writeBorrowingRepository(git_repository *source, const ObjectId &commit,
                                      const QString &directory, const Repository::KeepTag &keepTag,
                                      const JobContext &context)
{
    const QString common = QFile::decodeName(git_repository_commondir(source));
    const QString gitDirectory = directory + u"/.git"_s;
    const auto tags = packedTags(source, keepTag, context);
    if (!tags)
        return std::unexpected(tags.error());
    // The handle is closed again: it would not look for the alternates a second time.
    if (const auto made = initRepository(directory); !made)
        return std::unexpected(made.error());

    auto done = borrowObjects(QDir(common).absoluteFilePath(u"objects"_s), gitDirectory);
    if (done)
        done = writeFile(gitDirectory + u"/packed-refs"_s, *tags);
    if (done && QFile::exists(common + u"/shallow"_s) &&
        !QFile::copy(common + u"/shallow"_s, gitDirectory + u"/shallow"_s))
        done = writeFailure(gitDirectory + u"/shallow"_s, {});
    if (!done)
        return done;
    QFile head(gitDirectory + u"/HEAD"_s);
    const QByteArray line = commit.hex() + '\n';
    if (!head.open(QIODevice::WriteOnly | QIODevice::Truncate) || head.write(line) != line.size() ||
        !head.flush())
        return writeFailure(head.fileName(), head.errorString());
    return {};
}

} // namespace handover::repo

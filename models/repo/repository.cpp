// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/repository.h"

#include "models/repo/gitlibrary.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <git2.h>

using namespace Qt::StringLiterals;

namespace handover::repo {

namespace {

QString withoutSlash(const char *path)
{
    QString text = QFile::decodeName(path);
    while (text.size() > 1 && text.endsWith(u'/'))
        text.chop(1);
    return text;
}

std::unexpected<Error> partialClone(const QString &shown, const QString &raw)
{
    return failure(
        u"repo.unsupported"_s,
        u"The repository at %1 is a partial clone, which lacks files of older versions."_s.arg(shown),
        u"Clone the project again without --filter."_s, raw);
}

// libgit2 has one code for everything it doesn't know, so its words decide what ours say.
std::unexpected<Error> openFailure(const QString &path, int code)
{
    const QString shown = QDir::toNativeSeparators(path);
    const QString raw = lastGitError();
    if (code == GIT_ENOTFOUND)
        return failure(u"repo.not-a-repository"_s, u"%1 is not in a git repository."_s.arg(shown),
                       u"Choose the folder of a project that is under git."_s, raw);
    if (code == GIT_EOWNER)
        return failure(u"repo.not-owned"_s, u"The repository at %1 belongs to another user."_s.arg(shown),
                       u"If you trust it, run: git config --global --add safe.directory \"%1\""_s.arg(shown),
                       raw);

    QString what;
    QString hint;
    if (raw.contains("refstorage"_L1, Qt::CaseInsensitive)) {
        what = u"keeps its references in a reftable"_s;
        hint = u"Run \"git refs migrate --ref-format=files\" in it, or clone it with --ref-format=files."_s;
    } else if (raw.contains("object format"_L1) || raw.contains("objectformat"_L1)) {
        what = u"uses SHA-256 object names"_s;
        hint = u"Use a clone with SHA-1 object names."_s;
    } else if (raw.contains("partialclone"_L1, Qt::CaseInsensitive)) {
        return partialClone(shown, raw);
    } else if (raw.contains("unsupported"_L1)) {
        what = u"uses a feature of git that is not supported here"_s;
        hint = u"Use a plain clone of the project."_s;
    }
    if (!what.isEmpty())
        return failure(u"repo.unsupported"_s, u"The repository at %1 %2."_s.arg(shown, what), hint, raw);
    return failure(u"repo.unreadable"_s, u"The repository at %1 can't be read."_s.arg(shown),
                   u"Run \"git status\" there and see what it says."_s, raw);
}

// Newer versions of git mark a partial clone only at its remote, which libgit2 doesn't mind.
bool isPartialClone(git_repository *repository)
{
    GitPtr<git_config> config;
    GitPtr<git_config_iterator> iterator;
    if (git_repository_config_snapshot(std::out_ptr(config), repository) != 0 ||
        git_config_iterator_glob_new(std::out_ptr(iterator), config.get(), "^remote\\..*\\.promisor$") != 0)
        return false;
    git_config_entry *entry = nullptr; // belongs to the iterator
    while (git_config_next(&entry, iterator.get()) == 0) {
        int yes = 0;
        if (git_config_parse_bool(&yes, entry->value) == 0 && yes)
            return true;
    }
    return false;
}

} // namespace

Repository::Repository(std::unique_ptr<Handle> handle)
    : m_handle(std::move(handle))
{
}
Repository::Repository(Repository &&) noexcept = default;
Repository &Repository::operator=(Repository &&) noexcept = default;
Repository::~Repository() = default;

Result<Repository> Repository::open(const QString &path)
{
    startGitLibrary();
    if (path.isEmpty() || !QFileInfo::exists(path))
        return failure(u"repo.no-such-directory"_s,
                       u"There is no folder \"%1\"."_s.arg(QDir::toNativeSeparators(path)),
                       u"Check the name, or choose the project's folder again."_s);
    auto handle = std::make_unique<Handle>();
    const QByteArray native = QFile::encodeName(QFileInfo(path).absoluteFilePath());
    const int code =
        git_repository_open_ext(std::out_ptr(handle->repository), native.constData(), 0, nullptr);
    if (code != 0)
        return openFailure(path, code);
    if (isPartialClone(handle->repository.get()))
        return partialClone(QDir::toNativeSeparators(path), u"remote.*.promisor = true"_s);
    return Repository(std::move(handle));
}

QString Repository::workTree() const
{
    const char *path = git_repository_workdir(m_handle->repository.get());
    return path ? withoutSlash(path) : QString();
}

QString Repository::gitDirectory() const { return withoutSlash(git_repository_path(m_handle->repository.get())); }

QString Repository::commonDirectory() const
{
    return withoutSlash(git_repository_commondir(m_handle->repository.get()));
}

Result<Head> Repository::head() const
{
    const auto unreadable = [] {
        return gitFailure(u"repo.unreadable"_s, u"The repository's HEAD can't be read."_s,
                          u"Run \"git status\" there and see what it says."_s);
    };
    GitPtr<git_reference> reference;
    if (git_reference_lookup(std::out_ptr(reference), m_handle->repository.get(), "HEAD") != 0)
        return unreadable();
    Head head;
    if (git_reference_type(reference.get()) == GIT_REFERENCE_DIRECT) {
        head.commit = objectId(*git_reference_target(reference.get()));
        return head;
    }
    QByteArrayView target(git_reference_symbolic_target(reference.get()));
    constexpr QByteArrayView branches("refs/heads/");
    head.branch = QString::fromUtf8(target.startsWith(branches) ? target.sliced(branches.size()) : target);

    GitPtr<git_reference> resolved;
    const int code = git_reference_resolve(std::out_ptr(resolved), reference.get());
    if (code == 0)
        head.commit = objectId(*git_reference_target(resolved.get()));
    else if (code != GIT_ENOTFOUND) // that is a branch without its first commit
        return unreadable();
    return head;
}

Result<WorkTreeState> Repository::workTreeState() const
{
    WorkTreeState state;
    if (git_repository_is_bare(m_handle->repository.get()))
        return state;
    git_status_options options = GIT_STATUS_OPTIONS_INIT;
    options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
    options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RENAMES_HEAD_TO_INDEX |
                    GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH;
    GitPtr<git_status_list> list;
    if (git_status_list_new(std::out_ptr(list), m_handle->repository.get(), &options) != 0)
        return gitFailure(u"repo.unreadable"_s, u"The state of the work tree can't be read."_s,
                          u"Run \"git status\" there and see what it says."_s);
    for (size_t i = 0; i < git_status_list_entrycount(list.get()); ++i) {
        const unsigned status = git_status_byindex(list.get(), i)->status;
        if (status == GIT_STATUS_WT_NEW)
            ++state.untracked;
        else if (status != GIT_STATUS_CURRENT && !(status & GIT_STATUS_IGNORED))
            ++state.changed;
    }
    return state;
}

Result<bool> Repository::isChanged(QByteArrayView path) const
{
    unsigned status = 0;
    const int code = git_status_file(&status, m_handle->repository.get(), path.toByteArray().constData());
    if (code == GIT_ENOTFOUND)
        return true;
    if (code != 0)
        return gitFailure(u"repo.unreadable"_s, u"The state of %1 can't be read."_s.arg(QString::fromUtf8(path)),
                          u"Run \"git status\" there and see what it says."_s);
    return status != GIT_STATUS_CURRENT;
}

} // namespace handover::repo

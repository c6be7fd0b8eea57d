// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/parallel.h"
#include "models/repo/tagreader.h"

#include <algorithm>
#include <span>
#include <vector>

using namespace Qt::StringLiterals;

namespace handover::repo {

namespace {

constexpr QByteArrayView tagPrefix("refs/tags/");

// A tag by its name, and the object that is named.
struct Named
{
    QByteArray name;
    git_oid id;
};

/// What one thread reads of the list.
struct Piece
{
    QList<Tag> tags;
    QStringList missing; ///< names of the tags whose objects are not there
    bool opened = true;
};

Piece readPiece(git_repository *repository, std::span<const Named> names, const JobContext &context)
{
    Piece piece;
    piece.tags.reserve(static_cast<qsizetype>(names.size()));
    TagReader reader(repository);
    for (const Named &named : names) {
        if (context.isCancelled())
            break;
        Tag tag{named.name, objectId(named.id), false, {}, {}, {}};
        const TagReader::Outcome outcome = reader.read(named.id, tag);
        if (outcome == TagReader::Outcome::Read)
            piece.tags.append(std::move(tag));
        else if (outcome == TagReader::Outcome::Missing)
            piece.missing.append(QString::fromUtf8(named.name));
    }
    return piece;
}

// A libgit2 handle belongs to one thread, so each gets its own.
Piece readPieceApart(const QByteArray &gitDirectory, std::span<const Named> names, const JobContext &context)
{
    GitPtr<git_repository> repository;
    if (git_repository_open(std::out_ptr(repository), gitDirectory.constData()) == 0)
        return readPiece(repository.get(), names, context);
    Piece piece;
    piece.opened = false;
    return piece;
}

QList<Piece> readPieces(git_repository *repository, std::span<const Named> names, const JobContext &context)
{
    constexpr size_t worthAThread = 1000;
    const size_t threads = qBound(size_t(1), names.size() / worthAThread,
                                  static_cast<size_t>(qMin(processorCount(), 8)));
    QList<Piece> pieces(static_cast<qsizetype>(threads));
    const auto part = [&](size_t number) {
        const size_t begin = names.size() * number / threads;
        return names.subspan(begin, names.size() * (number + 1) / threads - begin);
    };
    if (threads > 1) {
        const QByteArray directory = git_repository_path(repository);
        Piece *const first = pieces.data(); // each call writes its own
        inParallel(pieces.size(), [&](qsizetype number) {
            first[number] = readPieceApart(directory, part(static_cast<size_t>(number)), context);
        });
    }
    for (size_t number = 0; number < threads; ++number) {
        Piece &piece = pieces[static_cast<qsizetype>(number)];
        if (threads == 1 || !piece.opened)
            piece = readPiece(repository, part(number), context);
    }
    return pieces;
}

// Nothing if a reference can't be read.
std::optional<std::vector<Named>> tagNames(git_repository *repository, const JobContext &context)
{
    GitPtr<git_reference_iterator> iterator;
    if (git_reference_iterator_glob_new(std::out_ptr(iterator), repository, "refs/tags/*") != 0)
        return std::nullopt;
    std::vector<Named> names;
    while (!context.isCancelled()) {
        GitPtr<git_reference> reference;
        const int code = git_reference_next(std::out_ptr(reference), iterator.get());
        if (code == GIT_ITEROVER)
            break;
        if (code != 0)
            return std::nullopt;
        const QByteArray name =
            QByteArrayView(git_reference_name(reference.get())).sliced(tagPrefix.size()).toByteArray();
        if (git_reference_type(reference.get()) == GIT_REFERENCE_SYMBOLIC) {
            GitPtr<git_reference> resolved;
            if (git_reference_resolve(std::out_ptr(resolved), reference.get()) != 0)
                continue; // to nothing
            reference = std::move(resolved);
        }
        names.push_back({name, *git_reference_target(reference.get())});
    }
    return names;
}

} // namespace

Result<QList<Tag>> Repository::tags(const JobContext &context) const
{
    const auto names = tagNames(m_handle->repository.get(), context);
    if (!names)
        return gitFailure(u"repo.unreadable"_s, u"The repository's tags can't be read."_s,
                          u"Run \"git for-each-ref refs/tags\" there and see what it says."_s);
    QList<Tag> tags;
    tags.reserve(static_cast<qsizetype>(names->size()));
    QStringList missing;
    for (Piece &piece : readPieces(m_handle->repository.get(), *names, context)) {
        tags.append(std::move(piece.tags));
        missing.append(piece.missing);
    }
    if (context.isCancelled())
        return cancellation();
    // One lost tag is no reason to hide the others, but a list without any would say "no tags".
    if (!missing.isEmpty() && tags.isEmpty())
        return failure(u"repo.object-missing"_s,
                       u"The objects of this repository's tags are missing: %1."_s.arg(missing.mid(0, 5).join(u", "_s)),
                       u"Run \"git fsck\" there; a fresh clone may be the quickest remedy."_s);
    if (!missing.isEmpty())
        context.log(u"The objects of these tags are missing: %1"_s.arg(missing.join(u", "_s)));
    // libgit2 lists loose references before packed ones; git sorts them all by name.
    if (!std::ranges::is_sorted(tags, {}, &Tag::name))
        std::ranges::sort(tags, {}, &Tag::name);
    return tags;
}

} // namespace handover::repo

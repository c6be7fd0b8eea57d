// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/gitlibrary.h"

#include <git2.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::repo {

namespace {

constexpr QByteArrayView tagPrefix("refs/tags/");

// Messages are for reading; nobody reads more than this.
constexpr qsizetype maxMessage = 64 * 1024;

QByteArrayView bounded(const char *message)
{
    const QByteArrayView view(message);
    return view.first(qMin(view.size(), maxMessage));
}

// libgit2 leaves a signature at the end of a tag's message.
QByteArrayView withoutSignature(QByteArrayView message)
{
    for (const QByteArrayView begin : {"-----BEGIN PGP SIGNATURE-----", "-----BEGIN PGP MESSAGE-----",
                                       "-----BEGIN SSH SIGNATURE-----", "-----BEGIN SIGNED MESSAGE-----"}) {
        const qsizetype at = message.lastIndexOf(begin);
        if (at == 0 || (at > 0 && message[at - 1] == '\n'))
            return message.first(at);
    }
    return message;
}

Tag lightweightTag(QByteArray name, const git_commit *commit)
{
    const char *encoding = git_commit_message_encoding(commit);
    return {std::move(name),
            objectId(*git_commit_id(commit)),
            false,
            gitTime(git_commit_time(commit), git_commit_time_offset(commit)),
            gitText(git_commit_author(commit)->name, encoding),
            gitText(bounded(git_commit_message(commit)), encoding).trimmed()};
}

Tag annotatedTag(QByteArray name, const git_tag *object, const git_commit *commit)
{
    Tag tag = lightweightTag(std::move(name), commit);
    tag.annotated = true;
    tag.message = gitText(withoutSignature(bounded(git_tag_message(object)))).trimmed();
    if (const git_signature *tagger = git_tag_tagger(object)) { // very old tags have none
        tag.date = gitTime(tagger->when.time, tagger->when.offset);
        tag.author = gitText(tagger->name);
    }
    return tag;
}

// Nothing for a tag that leads to no commit; `damaged` becomes true if its object is missing.
std::optional<Tag> readTag(git_repository *repository, QByteArray name, const git_oid *id, bool &damaged)
{
    GitPtr<git_object> object;
    if (git_object_lookup(std::out_ptr(object), repository, id, GIT_OBJECT_ANY) != 0) {
        damaged = true;
        return std::nullopt;
    }
    GitPtr<git_object> peeled; // through tags of tags
    if (git_object_peel(std::out_ptr(peeled), object.get(), GIT_OBJECT_COMMIT) != 0)
        return std::nullopt;
    // git_object is the base that C can't say: these casts are libgit2's documented way down.
    const auto *commit = reinterpret_cast<const git_commit *>(peeled.get());
    if (git_object_type(object.get()) == GIT_OBJECT_TAG)
        return annotatedTag(std::move(name), reinterpret_cast<const git_tag *>(object.get()), commit);
    return lightweightTag(std::move(name), commit);
}

} // namespace

Result<QList<Tag>> Repository::tags(const JobContext &context) const
{
    const auto unreadable = [] {
        return gitFailure(u"repo.unreadable"_s, u"The repository's tags can't be read."_s,
                          u"Run \"git for-each-ref refs/tags\" there and see what it says."_s);
    };
    GitPtr<git_reference_iterator> iterator;
    if (git_reference_iterator_glob_new(std::out_ptr(iterator), m_handle->repository.get(), "refs/tags/*") !=
        0)
        return unreadable();

    QList<Tag> tags;
    QStringList missing;
    while (true) {
        if (context.isCancelled())
            return cancellation();
        GitPtr<git_reference> reference;
        const int code = git_reference_next(std::out_ptr(reference), iterator.get());
        if (code == GIT_ITEROVER)
            break;
        if (code != 0)
            return unreadable();
        const QByteArray name =
            QByteArrayView(git_reference_name(reference.get())).sliced(tagPrefix.size()).toByteArray();
        GitPtr<git_reference> resolved;
        if (git_reference_resolve(std::out_ptr(resolved), reference.get()) != 0)
            continue; // a symbolic reference to nothing
        bool damaged = false;
        if (auto tag = readTag(m_handle->repository.get(), name, git_reference_target(resolved.get()), damaged))
            tags.append(*std::move(tag));
        else if (damaged)
            missing.append(QString::fromUtf8(name));
    }
    // One lost tag is no reason to hide the others, but a list without any would say "no tags".
    if (!missing.isEmpty() && tags.isEmpty())
        return failure(u"repo.object-missing"_s,
                       u"The objects of this repository's tags are missing: %1."_s.arg(missing.mid(0, 5).join(u", "_s)),
                       u"Run \"git fsck\" there; a fresh clone may be the quickest remedy."_s);
    if (!missing.isEmpty())
        context.log(u"The objects of these tags are missing: %1"_s.arg(missing.join(u", "_s)));
    // libgit2 lists loose references before packed ones; git sorts them all by name.
    std::ranges::sort(tags, {}, &Tag::name);
    return tags;
}

} // namespace handover::repo

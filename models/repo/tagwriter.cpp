// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/tagwriter.h"

#include "models/repo/gitlibrary.h"
#include "models/repo/tagcommit.h"

#include <QFile>
#include <QFileInfo>

#include <git2.h>

using namespace Qt::StringLiterals;

namespace handover::repo {

namespace {

struct Signatures
{
    GitPtr<git_signature> author;
    GitPtr<git_signature> committer;
};

Result<Signatures> signatures(git_repository *repository)
{
    git_signature *author = nullptr;
    git_signature *committer = nullptr;
    const int code = git_signature_default_from_env(&author, &committer, repository);
    Signatures both{GitPtr<git_signature>(author), GitPtr<git_signature>(committer)};
    if (code == 0)
        return both;
    return gitFailure(u"repo.no-identity"_s, u"Git doesn't know who you are: a commit and a tag bear a name and an address."_s,
                      u"Run: git config --global user.name \"Your Name\" and git config --global user.email you@example.org"_s);
}

std::unexpected<Error> tagExists(const QByteArray &name, const QByteArray &other)
{
    const QString text = QString::fromUtf8(name);
    if (name == other)
        return refusal(u"repo.tag-exists"_s, u"There is a tag %1 already."_s.arg(text),
                       u"Choose another version; a tag that others have should never be moved."_s);
    return refusal(u"repo.tag-exists"_s, u"A tag %1 can't stand beside the tag %2: git takes one for a folder."_s
                                             .arg(text, QString::fromUtf8(other)),
                   u"Choose another name."_s);
}

bool isReference(git_repository *repository, const QByteArray &name)
{
    GitPtr<git_reference> reference;
    return git_reference_lookup(std::out_ptr(reference), repository, name.constData()) == 0;
}

// A reference is a file, so none can be in a folder that is one, or the other way round.
Result<> checkName(git_repository *repository, const QByteArray &name)
{
    if (!isTagName(name))
        return refusal(u"repo.tag-name"_s, u"Git takes no tag of the name \"%1\"."_s.arg(QString::fromUtf8(name)),
                       u"Use letters, digits, dots and dashes."_s);
    if (isReference(repository, "refs/tags/" + name))
        return tagExists(name, name);
    for (qsizetype slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
        if (isReference(repository, "refs/tags/" + name.first(slash)))
            return tagExists(name, name.first(slash));
    }
    GitPtr<git_reference_iterator> below;
    const char *first = nullptr;
    if (git_reference_iterator_glob_new(std::out_ptr(below), repository, QByteArray("refs/tags/" + name + "/*").constData()) == 0 &&
        git_reference_next_name(&first, below.get()) == 0)
        return tagExists(name, QByteArray(first).sliced(qstrlen("refs/tags/")));
    return {};
}

Result<> checkHead(const Repository &repository, const ObjectId &expected)
{
    const auto head = repository.head();
    if (!head)
        return std::unexpected(head.error());
    if (head->commit == expected)
        return {};
    return refusal(u"repo.head-moved"_s, u"HEAD is not at %1 any more."_s.arg(expected.shortText()),
                   u"Look at the new version again before you make it."_s);
}

bool isYes(git_config *config, const char *key)
{
    int yes = 0;
    return git_config_get_bool(&yes, config, key) == 0 && yes;
}

} // namespace

bool isTagName(QByteArrayView name)
{
    int valid = 0;
    return !name.contains('\0') && git_tag_name_is_valid(&valid, name.toByteArray().constData()) == 0 && valid;
}

Result<QString> TagWriter::identity() const
{
    const auto who = signatures(m_repository.m_handle->repository.get());
    if (!who)
        return std::unexpected(who.error());
    return u"%1 <%2>"_s.arg(QString::fromUtf8(who->committer->name), QString::fromUtf8(who->committer->email));
}

LeftOut TagWriter::leftOut() const
{
    LeftOut left;
    GitPtr<git_config> config;
    QString hooks = m_repository.commonDirectory() + u"/hooks"_s;
    if (git_repository_config_snapshot(std::out_ptr(config), m_repository.m_handle->repository.get()) == 0) {
        left.signatures = isYes(config.get(), "commit.gpgsign") || isYes(config.get(), "tag.gpgsign");
        const char *path = nullptr; // belongs to the snapshot
        if (git_config_get_string(&path, config.get(), "core.hookspath") == 0)
            hooks = QFile::decodeName(path);
    }
    for (const QString &hook : {u"pre-commit"_s, u"prepare-commit-msg"_s, u"commit-msg"_s, u"post-commit"_s})
        left.hooks = left.hooks || QFileInfo(hooks + u'/' + hook).isExecutable();
    return left;
}

Result<MadeTag> TagWriter::make(const NewTag &wanted, const JobContext &context) const
{
    git_repository *const repository = m_repository.m_handle->repository.get();
    const auto who = signatures(repository);
    if (!who)
        return std::unexpected(who.error());
    if (const auto named = checkName(repository, wanted.name); !named)
        return std::unexpected(named.error());
    if (const auto same = checkHead(m_repository, wanted.head); !same)
        return std::unexpected(same.error());

    std::optional<TagCommit> commit;
    if (!wanted.files.isEmpty()) {
        auto prepared = TagCommit::prepare(m_repository, repository, wanted, who->author.get(), who->committer.get());
        if (!prepared)
            return std::unexpected(prepared.error());
        commit = *std::move(prepared);
    }
    auto tag = PreparedTag::prepare(repository, wanted, commit ? commit->id() : wanted.head, who->committer.get());
    if (!tag)
        return std::unexpected(tag.error());
    if (context.isCancelled()) // what was written so far are objects that nobody sees
        return cancellation();
    if (commit) {
        if (const auto done = commit->carryOut(); !done)
            return std::unexpected(done.error());
    }
    if (const auto done = tag->carryOut(commit.has_value()); !done)
        return std::unexpected(done.error());
    return tag->made();
}

Result<DeletedTag> TagWriter::remove(const QByteArray &name) const
{
    git_repository *const repository = m_repository.m_handle->repository.get();
    GitPtr<git_reference> reference;
    GitPtr<git_reference> resolved;
    const QByteArray full = "refs/tags/" + name;
    if (git_reference_lookup(std::out_ptr(reference), repository, full.constData()) != 0 ||
        git_reference_resolve(std::out_ptr(resolved), reference.get()) != 0)
        return gitFailure(u"repo.no-such-tag"_s, u"There is no tag %1 any more."_s.arg(QString::fromUtf8(name)),
                          u"Somebody else may have deleted it; the list follows."_s);
    const DeletedTag deleted{name, objectId(*git_reference_target(resolved.get()))};
    if (git_reference_delete(reference.get()) != 0)
        return gitFailure(u"repo.write"_s, u"The tag %1 could not be deleted."_s.arg(QString::fromUtf8(name)),
                          u"Check that no other git is at work there and that you may write to the repository."_s);
    return deleted;
}

Result<> TagWriter::bringBack(const DeletedTag &tag) const
{
    git_repository *const repository = m_repository.m_handle->repository.get();
    if (const auto named = checkName(repository, tag.name); !named)
        return named;
    const git_oid id = rawId(tag.object);
    GitPtr<git_object> object;
    if (git_object_lookup(std::out_ptr(object), repository, &id, GIT_OBJECT_ANY) != 0)
        return objectMissing(tag.object);
    GitPtr<git_reference> reference;
    if (git_reference_create(std::out_ptr(reference), repository, QByteArray("refs/tags/" + tag.name).constData(), &id, 0, nullptr) != 0)
        return gitFailure(u"repo.write"_s, u"The tag %1 could not be made again."_s.arg(QString::fromUtf8(tag.name)),
                          u"Make it by hand: git tag %1 %2"_s.arg(QString::fromUtf8(tag.name), tag.object.text()));
    return {};
}

} // namespace handover::repo

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/tagging.h"

#include "models/repo/push.h"

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

using Done = Tagging::Done;

Result<Done> removeEverywhere(const QString &path, const QByteArray &tag, const QStringList &remotes, const JobContext &context)
{
    const auto repository = repo::Repository::open(path);
    if (!repository)
        return std::unexpected(repository.error());
    QStringList done;
    for (const QString &remote : remotes) {
        if (auto removed = repo::deleteRemoteTag(path, remote, tag, context); !removed) {
            Error error = removed.error();
            if (!done.isEmpty() && !error.isCancelled())
                error.hint = u"It was deleted at %1 before that, and is still here. %2"_s.arg(done.join(u", "_s), error.hint);
            return std::unexpected(error);
        }
        done += remote;
    }
    auto removed = repo::TagWriter(*repository).remove(tag);
    if (!removed)
        return std::unexpected(removed.error());
    context.log(u"%1 was %2 here."_s.arg(QString::fromUtf8(tag), removed->object.text()));
    return Done{Done::Kind::Deleted, tag, remotes, *removed};
}

} // namespace

Tagging::Tagging(JobQueue *jobs, QObject *parent)
    : QObject(parent)
    , m_jobs(jobs)
{
}

Job *Tagging::start(const QString &title, const std::function<Result<Done>(const JobContext &)> &work)
{
    if (isBusy())
        return nullptr;
    m_job = m_jobs->start<Done>(title, work, this, [this](const Result<Done> &result) {
        // The job itself says it has finished only after this.
        QMetaObject::invokeMethod(this, [this, result] {
            if (result)
                emit done(*result);
            else
                emit failed(result.error());
        }, Qt::QueuedConnection);
    });
    emit started(m_job);
    return m_job;
}

Job *Tagging::make(const NewVersionStart &from, const NewVersionPlan &plan)
{
    return start(u"Make %1"_s.arg(QString::fromUtf8(plan.work.name)), [from, plan](const JobContext &context) -> Result<Done> {
        const auto made = makeNewVersion(from, plan, context);
        if (!made)
            return std::unexpected(made.error());
        return Done{Done::Kind::Made, plan.work.name, {}};
    });
}

Job *Tagging::remove(const QString &repository, const QByteArray &tag, const QStringList &remotes)
{
    return start(u"Delete %1"_s.arg(QString::fromUtf8(tag)), [repository, tag, remotes](const JobContext &context) {
        return removeEverywhere(repository, tag, remotes, context);
    });
}

Job *Tagging::bringBack(const QString &repository, const repo::DeletedTag &tag)
{
    return start(u"Bring %1 back"_s.arg(QString::fromUtf8(tag.name)), [repository, tag](const JobContext &) -> Result<Done> {
        const auto opened = repo::Repository::open(repository);
        if (!opened)
            return std::unexpected(opened.error());
        if (const auto back = repo::TagWriter(*opened).bringBack(tag); !back)
            return std::unexpected(back.error());
        return Done{Done::Kind::BroughtBack, tag.name, {}};
    });
}

Job *Tagging::push(const QString &repository, const QByteArray &tag, const QString &remote)
{
    return start(u"Push %1 to %2"_s.arg(QString::fromUtf8(tag), remote), [repository, tag, remote](const JobContext &context) -> Result<Done> {
        if (const auto pushed = repo::pushTag(repository, remote, tag, context); !pushed)
            return std::unexpected(pushed.error());
        return Done{Done::Kind::Pushed, tag, {remote}};
    });
}

QString deletionWords(const versions::Version &version, const QStringList &remotes, bool isBuilt)
{
    const QString tag = version.tag.text();
    QStringList words;
    if (remotes.isEmpty())
        words += u"Deletes the tag %1 in this repository only. A remote that has it keeps it, and the next fetch brings it back."_s.arg(tag);
    else
        words += u"Deletes the tag %1 at %2 and here. Who has fetched it already keeps it."_s.arg(tag, remotes.join(u", "_s));
    words += version.otherTagCount > 0
                 ? u"The commit stays; it has other tags."_s
                 : u"The commit stays as long as a branch has it."_s;
    if (isBuilt)
        words += u"What was built of it stays in the cache."_s;
    return words.join(u' ');
}

QString pushWords(const versions::Version &version, const repo::Remote &remote)
{
    return u"Gives the tag %1 and its commit to %2 (%3), where others can fetch it. No branch is pushed. What others have once "
           "fetched can't be taken back."_s.arg(version.tag.text(), remote.name, remote.url);
}

} // namespace handover::workspace

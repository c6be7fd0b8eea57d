// SPDX-License-Identifier: GPL-3.0-or-later
// What making a new version will do, in words and in lines: the part of newversion.h that reads nothing.
#include "models/workspace/newversion.h"

#include "models/core/namelist.h"
#include "models/core/versionorder.h"
#include "models/versions/nextversion.h"

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

using versions::LockstepApp;
using versions::LockstepApps;
using versions::LockstepFate;

QString applications(qsizetype count) { return count == 1 ? u"1 application"_s : u"%1 applications"_s.arg(count); }

QString othersKeep(qsizetype count)
{
    if (count == 0)
        return u"There are no others."_s;
    return count == 1 ? u"The other one keeps its own, and nothing of it is loaded."_s
                      : u"The other %1 keep their own, and nothing of them is loaded."_s.arg(count);
}

bool isPlain(const LockstepApp &app) { return app.vsn.kind == versions::VsnSource::Kind::Text && !app.file.isEmpty(); }

QStringList namesOf(const QList<LockstepFate> &fates, LockstepFate::Kind kind)
{
    QStringList names;
    for (const LockstepFate &fate : fates) {
        if (fate.kind == kind)
            names += fate.name;
    }
    return names;
}

QString commitMessage(const NewVersionPlan &plan, const QString &version)
{
    const QStringList set = namesOf(plan.lockstep.apps, LockstepFate::Kind::Set);
    return set.isEmpty() ? u"Version %1"_s.arg(version) : u"Version %1\n\nSets the vsn of %2."_s.arg(version, nameList(set));
}

std::optional<Error> obstacleOf(const NewVersionStart &start, const NewVersionWish &wish, const NewVersionPlan &plan)
{
    if (start.tags.contains(wish.version))
        return refusal(u"project.version-exists"_s, u"%1 is that version already."_s.arg(start.tags.value(wish.version)),
                       u"Choose another version; a tag that others have should never be moved."_s).error();
    if (!repo::isTagName(plan.work.name))
        return refusal(u"repo.tag-name"_s, u"Git takes no tag of the name \"%1\"."_s.arg(QString::fromUtf8(plan.work.name)),
                       u"Use letters, digits, dots and dashes."_s).error();
    if (start.nobody)
        return start.nobody;
    if (plan.work.files.isEmpty())
        return std::nullopt;
    if (start.isBare)
        return refusal(u"repo.bare"_s, u"This repository has no work tree, so nothing can be committed in it."_s,
                       u"Make the version in a clone of it, or choose no application, so that only the tag is made."_s).error();
    if (start.branch.isEmpty())
        return refusal(u"repo.detached"_s, u"HEAD is on no branch, so a commit would belong to none."_s,
                       u"Check out the branch that the version is to be made on, or choose no application, so that only "
                       "the tag is made."_s).error();
    QStringList mine;
    for (const repo::NewContents &file : plan.work.files) {
        if (start.uncommitted.contains(file.path))
            mine += QString::fromUtf8(file.path);
    }
    if (mine.isEmpty())
        return std::nullopt;
    return refusal(u"repo.uncommitted"_s, u"There are changes of yours that are not committed in %1."_s.arg(nameList(mine)),
                   u"Commit or stash them first; other changed files don't matter."_s).error();
}

QStringList stepsOf(const NewVersionStart &start, const NewVersionPlan &plan)
{
    const QString tag = QString::fromUtf8(plan.work.name);
    QStringList steps;
    if (plan.work.files.isEmpty()) {
        steps += u"No file has to change: commit %1 itself gets the annotated tag %2."_s.arg(start.head.shortText(), tag);
    } else {
        steps += u"%1 on branch %2, and nothing else."_s.arg(
            plan.work.files.size() == 1 ? u"Commits this one file"_s : u"Commits these %1 files"_s.arg(plan.work.files.size()),
            start.branch);
        steps += u"Makes the annotated tag %1 of that commit."_s.arg(tag);
    }
    if (!plan.lockstep.release.isEmpty())
        steps += plan.lockstep.release;
    steps += u"Nothing is pushed."_s;
    return steps;
}

// With the tag's prefix, or a v, somebody gives the tag's name.
QString versionOf(const NewVersionStart &start, const QString &text)
{
    const QString prefix = QString::fromUtf8(start.prefix);
    const QString version = !prefix.isEmpty() && text.startsWith(prefix) ? text.sliced(prefix.size()) : text;
    const bool hasV = version.size() > 1 && version[0] == u'v' && version[1].isDigit();
    return hasV ? version.sliced(1) : version;
}

// Changed code under an old vsn: what an upgrade would not load.
QStringList forgotten(const NewVersionStart &start, const NewVersionPlan &plan)
{
    QStringList names;
    for (qsizetype i = 0; i < plan.lockstep.apps.size(); ++i) {
        const LockstepFate &fate = plan.lockstep.apps[i];
        if (!start.project.apps[i].changes.isEmpty() && !fate.to.isEmpty() && fate.to == fate.before)
            names += fate.name;
    }
    return names;
}

QStringList remarksOf(const NewVersionStart &start, const NewVersionWish &wish, const NewVersionPlan &plan)
{
    QStringList remarks;
    if (const QStringList names = forgotten(start, plan); !names.isEmpty())
        remarks += u"Changed since %1 and keeping the old vsn: %2. An upgrade would leave the old code running."_s.arg(
            start.last->tag.text(), nameList(names));
    if (start.last && compareVersions(wish.version, start.last->version) < 0)
        remarks += u"%1 is older than %2, the last version in HEAD's history."_s.arg(wish.version, start.last->tag.text());
    if (plan.work.files.isEmpty() && start.last && start.last->tag.commit == start.head)
        remarks += u"HEAD is %1 already: the new tag would be on the same commit, and rebar3 would find both."_s.arg(
            start.last->tag.text());
    if (start.otherChanges > 0)
        remarks += start.otherChanges == 1
                       ? u"One changed or new file of yours is not committed: it stays as it is and is not in the version."_s
                       : u"%1 changed or new files of yours are not committed: they stay as they are and are not in the version."_s.arg(
                             start.otherChanges);
    if (start.leftOut.signatures)
        remarks += u"Git is set to sign here; this commit and this tag are not signed."_s;
    if (start.leftOut.hooks && !plan.work.files.isEmpty())
        remarks += u"The repository's commit hooks are not run."_s;
    return remarks;
}

} // namespace

QString defaultMessage(const QString &version) { return u"Version %1"_s.arg(version); }

QString NewVersionStart::cost(LockstepApps choice) const
{
    QStringList changed;
    qsizetype plain = 0;
    for (const LockstepApp &app : project.apps) {
        if (!isPlain(app))
            continue;
        ++plain;
        if (!app.changes.isEmpty())
            changed += app.name;
    }
    const QString since = last ? u" since %1"_s.arg(last->tag.text()) : QString();
    if (plain == 0)
        return u"No application has its vsn as a plain text, so there is nothing to set."_s;
    switch (choice) {
    case LockstepApps::Changed:
        if (changed.isEmpty())
            return u"Nothing changed%1: every application keeps its vsn, and an upgrade loads nothing."_s.arg(since);
        return u"%1 changed%2: %3. Only these get the vsn, need rules (an appup) and are upgraded. %4"_s.arg(
            applications(changed.size()), since, nameList(changed), othersKeep(plain - changed.size()));
    case LockstepApps::All:
        return u"%1 of %2 changed. All get the vsn, so each needs rules (an appup), and an upgrade loads each of them."_s.arg(
            changed.size()).arg(applications(plain));
    case LockstepApps::Chosen:
        return u"Those you name get the vsn, need rules and are upgraded. What changed and keeps its vsn goes on running its old code."_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

NewVersionPlan planNewVersion(const NewVersionStart &start, const NewVersionWish &wished)
{
    NewVersionWish wish = wished;
    wish.version = versionOf(start, wished.version.trimmed());
    NewVersionPlan plan{{start.head, {}, {}, start.prefix + wish.version.toUtf8(), {}}};
    plan.work.message = wish.message.trimmed().isEmpty() ? defaultMessage(wish.version) : wish.message;
    if (const auto named = versions::checkVersionName(wish.version); !named) {
        plan.obstacle = named.error();
        return plan;
    }
    auto lockstep = versions::lockstep(start.project, {wish.version, plan.work.name, wish.apps, wish.chosen});
    if (!lockstep) {
        plan.obstacle = lockstep.error();
        return plan;
    }
    plan.lockstep = *std::move(lockstep);
    for (const versions::EditedFile &file : std::as_const(plan.lockstep.files))
        plan.work.files.append({file.path, file.newer});
    plan.work.commitMessage = commitMessage(plan, wish.version);
    plan.obstacle = obstacleOf(start, wish, plan);
    plan.steps = stepsOf(start, plan);
    plan.remarks = remarksOf(start, wish, plan);
    return plan;
}

QList<repo::DiffLine> linesOf(const NewVersionPlan &plan)
{
    QList<repo::DiffLine> lines;
    for (const versions::EditedFile &file : plan.lockstep.files) {
        lines.append({repo::DiffLine::Kind::File, 0, 0, file.path});
        if (const auto diff = repo::textDiff(file.older, file.newer, 1))
            lines.append(*diff);
    }
    return lines;
}

} // namespace handover::workspace

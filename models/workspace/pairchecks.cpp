// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/pairchecks.h"

#include "models/appup/check.h"
#include "models/changes/rulechecks.h"
#include "models/workspace/pairchanges.h"

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

QString sourceFile(const versions::AppSource &app, const QString &suffix)
{
    const QString top = QString::fromUtf8(app.directory);
    return (top.isEmpty() ? QString() : top + u'/') + u"src/"_s + app.name + suffix;
}

} // namespace

Result<QList<Issue>> checkPair(const Project &project, const versions::Version &from, const versions::Version &to)
{
    if (from.tag.name == to.tag.name)
        return misuse(u"project.same-version"_s, u"%1 is compared with itself."_s.arg(to.tag.text()),
                      u"Give two different versions: the one that runs, and the one to go to."_s);
    QList<Issue> issues;
    const auto unbumped = changedButNotBumped(project, from, to);
    if (!unbumped)
        return std::unexpected(unbumped.error());
    for (const QString &app : *unbumped) {
        Issue issue;
        issue.code = u"versions.not-bumped"_s;
        issue.file = sourceFile(*to.app(app), u".app.src"_s);
        issue.message = u"The files of %1 changed, but it is still %2: an upgrade would leave the old code running. "
                        "Give it another vsn, and an appup."_s.arg(app, to.app(app)->vsn);
        issues += issue;
    }
    const auto differences = changesBetween(project, from, to, JobContext());
    if (!differences)
        return std::unexpected(differences.error());
    const QList<versions::AppSource> apps = to.appsWithRules();
    for (const versions::AppSource &app : apps) {
        const versions::AppSource *before = from.app(app.name);
        if (!before || before->vsn == app.vsn) // systools opens no appup for these
            continue;
        const auto text = appupAt(project, to, app.name);
        if (!text)
            return std::unexpected(text.error());
        if (!*text) {
            Issue issue;
            issue.code = u"appup.missing"_s;
            issue.file = sourceFile(app, u".appup.src"_s);
            issue.message = u"%1 goes from %2 to %3 but has no appup: the relup can't be made. Add this file with a rule "
                            "for %2 in both lists; handover rules proposes them from the builds."_s.arg(app.name, before->vsn, app.vsn);
            issues += issue;
            continue;
        }
        // Whether a rule is ever reached depends on all versions, whether a version is taken is asked
        // of this one only.
        const QString file = QString::fromUtf8(app.appupPath);
        const auto aboutReach = [](const Issue &issue) {
            return issue.code == u"appup.version-not-taken" || issue.code == u"appup.part-only"
                   || issue.code == u"appup.first-match";
        };
        for (const Issue &issue : appup::check(**text, {file, app.vsn, project.olderAppVersions(app.name, app.vsn)})) {
            if (!aboutReach(issue))
                issues += issue;
        }
        for (const Issue &issue : appup::check(**text, {file, app.vsn, {before->vsn}})) {
            if (aboutReach(issue))
                issues += issue;
        }
        if (const auto *difference = differences->app(app.name.toUtf8()))
            issues += changes::checkRules(**text, file, *difference, differences->basis);
    }
    return issues;
}

namespace {

// Paths and blobs below an application's folders that end up in a release.
QHash<QByteArray, repo::ObjectId> shippedFiles(const QList<repo::TreeFile> &files, const QByteArray &directory)
{
    QHash<QByteArray, repo::ObjectId> shipped;
    const QByteArray top = directory.isEmpty() ? QByteArray() : directory + '/';
    for (const repo::TreeFile &file : files) {
        if (!file.path.startsWith(top))
            continue;
        const QByteArray path = file.path.sliced(top.size());
        for (const char *folder : {"src/", "include/", "priv/", "c_src/"}) {
            if (path.startsWith(folder) && !path.contains(".appup"))
                shipped.insert(path, file.blob);
        }
    }
    return shipped;
}

} // namespace

Result<QStringList> changedButNotBumped(const Project &project, const versions::Version &from,
                                        const versions::Version &to)
{
    const auto repository = repo::Repository::open(project.path);
    if (!repository)
        return std::unexpected(repository.error());
    const auto older = repository->files(from.tag.commit);
    if (!older)
        return std::unexpected(older.error());
    const auto newer = repository->files(to.tag.commit);
    if (!newer)
        return std::unexpected(newer.error());
    QStringList apps;
    for (const versions::AppSource &app : to.apps) {
        const versions::AppSource *before = from.app(app.name);
        if (before && !app.vsn.isEmpty() && before->vsn == app.vsn
            && shippedFiles(*older, before->directory) != shippedFiles(*newer, app.directory))
            apps += app.name;
    }
    return apps;
}

} // namespace handover::workspace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/newversion.h"

#include "models/changes/sourcecomparison.h"
#include "models/core/counted.h"
#include "models/core/versionorder.h"
#include "models/versions/appreader.h"
#include "models/versions/appsources.h"
#include "models/versions/nextversion.h"
#include "models/versions/vsnedit.h"
#include "models/workspace/headerusers.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

using versions::LockstepApp;
using versions::VsnSource;

// The highest version in HEAD's history; tags that are no version numbers count where there are no others.
Result<std::optional<versions::Version>> lastVersion(const repo::Repository &repository, const Project &project,
                                                     const repo::ObjectId &head, const JobContext &context)
{
    for (const bool numbersOnly : {true, false}) {
        QList<repo::ObjectId> commits;
        QList<qsizetype> rows;
        for (qsizetype row = 0; row < project.versions.size(); ++row) {
            if (numbersOnly && !looksLikeVersion(project.versions[row].version))
                continue;
            commits += project.versions[row].tag.commit;
            rows += row;
        }
        const auto first = repository.firstInHistory(head, commits, context);
        if (!first)
            return std::unexpected(first.error());
        if (*first >= 0)
            return project.versions[rows[*first]];
    }
    return std::nullopt;
}

QByteArray appSrcPath(const versions::AppDeclaration &app)
{
    const QByteArray top = app.directory.isEmpty() ? QByteArray() : app.directory + '/';
    return top + "src/" + app.name.toUtf8() + ".app.src";
}

QString changesOf(const changes::AppDifference &app)
{
    if (app.change == changes::Change::Added)
        return u"new"_s;
    QStringList words;
    if (!app.modules.isEmpty())
        words += counted(app.modules.size(), u"module changed"_s, u"modules changed"_s);
    if (!app.files.isEmpty())
        words += counted(app.files.size(), u"other file"_s, u"other files"_s);
    return words.join(u", "_s);
}

QByteArrayList changedHeaders(const changes::Differences &differences)
{
    QByteArrayList headers;
    for (const changes::AppDifference &app : differences.apps) {
        for (const QString &file : app.files) {
            if (file.endsWith(u".hrl"))
                headers += file.toUtf8();
        }
    }
    return headers;
}

/// Reads what a NewVersionStart says of the applications.
class AppsSince
{
public:
    AppsSince(const repo::Repository &repository, NewVersionStart &start, const JobContext &context)
        : m_repository(repository)
        , m_start(start)
        , m_context(context)
    {
    }

    Result<> read()
    {
        const auto declared = versions::AppReader(m_repository).read(m_start.head);
        if (!declared)
            return std::unexpected(declared.error());
        m_start.project.release = declared->release;
        for (const versions::AppDeclaration &app : declared->apps) {
            if (auto done = add(app); !done)
                return done;
        }
        if (auto done = readConfig(); !done)
            return done;
        return compare();
    }

private:
    Result<> add(const versions::AppDeclaration &declared)
    {
        LockstepApp app{declared.name, {}, {}, declared.vsn, {}, {}};
        const QByteArray path = appSrcPath(declared);
        const auto text = m_repository.fileAt(m_start.head, path);
        if (!text)
            return std::unexpected(text.error());
        if (*text) {
            app.file = path;
            app.text = **text;
        }
        if (const versions::AppSource *older = m_start.last ? m_start.last->app(app.name) : nullptr)
            app.before = older->vsn;
        m_start.project.apps.append(app);
        return note(path);
    }

    Result<> readConfig()
    {
        const auto text = m_repository.fileAt(m_start.head, "rebar.config");
        const auto script = m_repository.fileAt(m_start.head, "rebar.config.script");
        if (!text || !script)
            return std::unexpected(text ? script.error() : text.error());
        if (*text && !*script) {
            m_start.project.rebarConfig = **text;
            return note("rebar.config");
        }
        return {};
    }

    // Whether the user is at work on that file.
    Result<> note(const QByteArray &path)
    {
        if (m_start.isBare)
            return {};
        const auto isChanged = m_repository.isChanged(path);
        if (!isChanged)
            return std::unexpected(isChanged.error());
        if (*isChanged)
            m_start.uncommitted.insert(path);
        return {};
    }

    Result<> compare()
    {
        if (!m_start.last) {
            for (LockstepApp &app : m_start.project.apps)
                app.changes = u"new"_s;
            return {};
        }
        versions::Version head{{"HEAD", m_start.head, false, {}, {}, {}}, {}, {}};
        versions::AppSources(m_repository).readInto(head, m_context);
        const auto differences = changes::compareSources(m_repository, *m_start.last, head, m_context);
        if (!differences)
            return std::unexpected(differences.error());
        const auto users = headerUsers(m_repository, head, changedHeaders(*differences), m_context);
        if (!users)
            return std::unexpected(users.error());
        for (LockstepApp &app : m_start.project.apps) {
            if (const changes::AppDifference *difference = differences->app(app.name.toUtf8()))
                app.changes = changesOf(*difference);
            if (app.changes.isEmpty() && users->contains(app.name))
                app.changes = u"includes %1, which changed"_s.arg(users->value(app.name));
            if (auto done = compareDeclaration(app); !done)
                return done;
        }
        return {};
    }

    // The environment and the like of its .app.src, where its sources are the same.
    Result<> compareDeclaration(LockstepApp &app)
    {
        const versions::AppSource *older = m_start.last->app(app.name);
        if (!app.changes.isEmpty() || !older || app.file.isEmpty())
            return {};
        const auto before = m_repository.fileAt(m_start.last->tag.commit, appSrcPath({older->name, {}, older->directory, {}}));
        if (!before)
            return std::unexpected(before.error());
        if (*before && versions::differBesidesVsn(**before, app.text))
            app.changes = u"its .app.src changed"_s;
        return {};
    }

    const repo::Repository &m_repository;
    NewVersionStart &m_start;
    const JobContext &m_context;
};

// A release whose version was set by hand since is meant to be that one.
QStringList proposalsFor(const NewVersionStart &start)
{
    const QString last = start.last ? start.last->version : QString();
    QStringList all;
    if (start.project.release && start.project.release->kind == VsnSource::Kind::Text) {
        const QString &set = start.project.release->text;
        if (versions::checkVersionName(set) && (last.isEmpty() || compareVersions(set, last) > 0))
            all += set;
    }
    all += versions::nextVersions(last);
    all.removeDuplicates();
    QStringList free = all;
    free.removeIf([&](const QString &version) { return start.tags.contains(version); });
    return free.isEmpty() ? all : free;
}

} // namespace

Result<NewVersionStart> readNewVersion(const Project &project, const JobContext &context)
{
    context.progress(u"Comparing HEAD with the last version"_s);
    const auto repository = repo::Repository::open(project.path);
    if (!repository)
        return std::unexpected(repository.error());
    const auto place = readWorkPlace(*repository);
    if (!place)
        return std::unexpected(place.error());
    if (!place->head.commit)
        return refusal(u"project.no-commit"_s, u"There is no commit yet that could become a version."_s,
                       u"Commit something first."_s);
    NewVersionStart start{project.path, *place->head.commit, place->head.branch};
    start.isBare = repository->workTree().isEmpty();
    start.otherChanges = place->workTree.changed + place->workTree.untracked;
    auto last = lastVersion(*repository, project, start.head, context);
    if (!last)
        return std::unexpected(last.error());
    start.last = *std::move(last);
    if (start.last && !start.last->appsRead)
        versions::AppSources(*repository).readInto(*start.last, context);
    if (auto done = AppsSince(*repository, start, context).read(); !done)
        return std::unexpected(done.error());

    for (const versions::Version &version : project.versions)
        start.tags.insert(version.version, version.tag.text());
    const versions::Version *const habit = start.last ? &*start.last : project.versions.isEmpty() ? nullptr : &project.versions.first();
    start.prefix = habit ? versions::tagPrefix(habit->tag.name) : QByteArray();
    start.proposals = proposalsFor(start);
    const repo::TagWriter writer(*repository);
    start.leftOut = writer.leftOut();
    if (auto who = writer.identity())
        start.who = *who;
    else
        start.nobody = who.error();
    return start;
}

Result<repo::MadeTag> makeNewVersion(const NewVersionStart &start, const NewVersionPlan &plan, const JobContext &context)
{
    if (plan.obstacle)
        return std::unexpected(*plan.obstacle);
    const auto repository = repo::Repository::open(start.path);
    if (!repository)
        return std::unexpected(repository.error());
    auto made = repo::TagWriter(*repository).make(plan.work, context);
    if (made)
        context.log(u"%1 is tag %2 of commit %3."_s.arg(QString::fromUtf8(plan.work.name), made->object.text(), made->commit.text()));
    return made;
}

} // namespace handover::workspace

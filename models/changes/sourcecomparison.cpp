// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changes/sourcecomparison.h"

#include "models/versions/lockedversions.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::changes {

namespace {

using Files = QMap<QByteArray, repo::ObjectId>; // blobs by path below the application, or in the tree

Files byPath(const QList<repo::TreeFile> &files)
{
    Files all;
    for (const repo::TreeFile &file : files)
        all.insert(file.path, file.blob);
    return all;
}

bool isShipped(const QByteArray &path)
{
    static constexpr std::array folders{"src/", "include/", "priv/", "c_src/"};
    return std::ranges::any_of(folders, [&](const char *folder) { return path.startsWith(folder); }) &&
           !path.contains(".appup") && !path.endsWith(".app.src"); // what both say is shown elsewhere
}

Files below(const Files &all, const QByteArray &directory)
{
    const QByteArray top = directory.isEmpty() ? QByteArray() : directory + '/';
    Files found;
    for (auto file = all.lowerBound(top); file != all.end() && file.key().startsWith(top); ++file) {
        const QByteArray path = file.key().sliced(top.size());
        if (isShipped(path))
            found.insert(path, *file);
    }
    return found;
}

bool isModule(const QByteArray &path) { return path.startsWith("src/") && path.endsWith(".erl"); }

QByteArray moduleOf(const QByteArray &path)
{
    const QByteArray name = path.sliced(path.lastIndexOf('/') + 1);
    return name.first(name.size() - 4);
}

QMap<QByteArray, QString> byName(const QList<versions::Dependency> &dependencies)
{
    QMap<QByteArray, QString> all;
    for (const versions::Dependency &dependency : dependencies)
        all.insert(dependency.name.toUtf8(), dependency.vsn);
    return all;
}

bool isConfiguration(const QByteArray &path)
{
    const QByteArray name = path.sliced(path.lastIndexOf('/') + 1);
    return name == "sys.config" || name == "sys.config.src" || name == "vm.args" || name == "vm.args.src";
}

/// Compares two trees.
class Comparison
{
public:
    Comparison(const repo::Repository &repository, const JobContext &context)
        : m_repository(repository)
        , m_context(context)
    {
    }

    Result<Differences> run(const versions::Version &from, const versions::Version &to)
    {
        const auto older = m_repository.files(from.tag.commit);
        if (!older)
            return std::unexpected(older.error());
        const auto newer = m_repository.files(to.tag.commit);
        if (!newer)
            return std::unexpected(newer.error());
        m_older = byPath(*older);
        m_newer = byPath(*newer);
        if (auto done = applications(from, to); !done)
            return std::unexpected(done.error());
        if (auto done = dependencies(); !done)
            return std::unexpected(done.error());
        if (auto done = configuration(); !done)
            return std::unexpected(done.error());
        std::ranges::sort(m_found.apps, {}, &AppDifference::name);
        return std::move(m_found);
    }

private:
    Result<> applications(const versions::Version &from, const versions::Version &to)
    {
        for (const versions::AppSource &app : to.apps) {
            if (auto done = application(from.app(app.name), &app); !done)
                return done;
        }
        for (const versions::AppSource &app : from.apps) {
            if (to.app(app.name))
                continue;
            if (auto done = application(&app, nullptr); !done)
                return done;
        }
        return {};
    }

    Result<> application(const versions::AppSource *older, const versions::AppSource *newer)
    {
        if (m_context.isCancelled())
            return std::unexpected(Error::cancelled());
        AppDifference app;
        app.name = (newer ? newer : older)->name.toUtf8();
        app.from = older ? older->vsn : QString();
        app.to = newer ? newer->vsn : QString();
        const Files before = older ? below(m_older, older->directory) : Files();
        const Files after = newer ? below(m_newer, newer->directory) : Files();
        Files all = before;
        all.insert(after);
        for (auto file = all.keyBegin(); file != all.keyEnd(); ++file) {
            if (isModule(*file)) {
                if (before.contains(*file))
                    app.olderModules.insert(moduleOf(*file));
                if (after.contains(*file))
                    app.newerModules.insert(moduleOf(*file));
            }
            const auto was = before.constFind(*file);
            const auto is = after.constFind(*file);
            if (was != before.cend() && is != after.cend() && *was == *is)
                continue;
            if (!isModule(*file)) {
                app.files.append(QString::fromUtf8(*file));
                continue;
            }
            if (auto done = module(app, *file, older ? older->directory : QByteArray(), was != before.cend() ? &*was : nullptr,
                                   newer ? newer->directory : QByteArray(), is != after.cend() ? &*is : nullptr);
                !done)
                return done;
        }
        app.change = !older ? Change::Added : !newer ? Change::Removed
                     : !app.modules.isEmpty() || !app.files.isEmpty() || app.from != app.to ? Change::Changed : Change::Same;
        m_found.apps.append(std::move(app));
        return {};
    }

    Result<> module(AppDifference &app, const QByteArray &path, const QByteArray &olderTop, const repo::ObjectId *older,
                    const QByteArray &newerTop, const repo::ObjectId *newer)
    {
        const auto inTree = [&](const QByteArray &top) { return top.isEmpty() ? path : top + '/' + path; };
        ModuleDifference module;
        module.name = moduleOf(path);
        module.change = !older ? Change::Added : !newer ? Change::Removed : Change::Changed;
        if (older) {
            const auto source = m_repository.blob(*older);
            if (!source)
                return std::unexpected(source.error());
            module.older = factsOfSource(*source);
            module.olderPath = inTree(olderTop);
        }
        if (newer) {
            const auto source = m_repository.blob(*newer);
            if (!source)
                return std::unexpected(source.error());
            module.newer = factsOfSource(*source);
            module.newerPath = inTree(newerTop);
        }
        app.modules.append(std::move(module));
        return {};
    }

    Result<QByteArray> contents(const Files &files, const QByteArray &path)
    {
        const auto file = files.constFind(path);
        return file == files.cend() ? Result<QByteArray>(QByteArray()) : m_repository.blob(*file);
    }

    Result<> dependencies()
    {
        const auto older = contents(m_older, "rebar.lock");
        const auto newer = contents(m_newer, "rebar.lock");
        if (!older || !newer)
            return std::unexpected(older ? newer.error() : older.error());
        const auto before = byName(versions::lockedVersions(*older));
        const auto after = byName(versions::lockedVersions(*newer));
        auto all = before;
        all.insert(after);
        for (auto name = all.keyBegin(); name != all.keyEnd(); ++name) {
            AppDifference app;
            app.name = *name;
            app.from = before.value(*name);
            app.to = after.value(*name);
            app.looked = false;
            app.change = !before.contains(*name)  ? Change::Added
                         : !after.contains(*name) ? Change::Removed
                         : app.from != app.to     ? Change::Changed
                                                  : Change::Same;
            m_found.apps.append(app);
        }
        return {};
    }

    Result<> configuration()
    {
        Files all = m_older;
        all.insert(m_newer);
        for (auto path = all.keyBegin(); path != all.keyEnd(); ++path) {
            if (!isConfiguration(*path) || m_older.value(*path, nobody()) == m_newer.value(*path, nobody()))
                continue;
            const auto older = contents(m_older, *path);
            const auto newer = contents(m_newer, *path);
            if (!older || !newer)
                return std::unexpected(older ? newer.error() : older.error());
            const Change change = !m_older.contains(*path)   ? Change::Added
                                  : !m_newer.contains(*path) ? Change::Removed
                                                             : Change::Changed;
            m_found.files.append({QString::fromUtf8(*path), change, *older, *newer});
        }
        return {};
    }

    static repo::ObjectId nobody() { return *repo::ObjectId::parse(QByteArray(40, '0')); }

    const repo::Repository &m_repository;
    const JobContext &m_context;
    Files m_older;
    Files m_newer;
    Differences m_found;
};

} // namespace

Result<Differences> compareSources(const repo::Repository &repository, const versions::Version &from,
                                   const versions::Version &to, const JobContext &context)
{
    return Comparison(repository, context).run(from, to);
}

} // namespace handover::changes

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/appreader.h"

#include "models/versions/lockedversions.h"

#include <QMap>

#include <algorithm>
#include <array>
#include <iterator>

using namespace Qt::StringLiterals;

namespace handover::versions {

namespace {

using repo::TreeEntry;
using Kind = TreeEntry::Kind;

// Far more than any project has in one place; what is beyond is somebody's joke.
constexpr qsizetype maxApps = 2000;

constexpr QByteArrayView declaration(".app.src");
constexpr QByteArrayView appSrcScript(".app.src.script");

const TreeEntry *find(const QList<TreeEntry> &entries, QByteArrayView name, Kind kind)
{
    const auto found = std::ranges::find_if(
        entries, [&](const TreeEntry &entry) { return entry.kind == kind && entry.name == name; });
    return found == entries.end() ? nullptr : &*found;
}

bool hasFile(const QList<TreeEntry> &entries, const QByteArray &name)
{
    return find(entries, name, Kind::File) || find(entries, name, Kind::Link);
}

void moveBelow(AppDeclaration &app, const QByteArray &directory)
{
    app.directory = app.directory.isEmpty() ? directory : directory + '/' + app.directory;
    if (!app.appup.isEmpty())
        app.appup.prepend(directory + '/');
}

// X.appup.src or X.appup for whom nothing is declared beside it: the appup of a dependency, most of all.
QList<AppDeclaration> foreignAppups(const QList<TreeEntry> &sources)
{
    QMap<QByteArray, QByteArray> files;
    for (const QByteArrayView suffix : {QByteArrayView(".appup"), QByteArrayView(".appup.src")}) { // the latter wins
        for (const TreeEntry &file : sources) {
            const QByteArray app = file.name.endsWith(suffix) ? file.name.chopped(suffix.size()) : QByteArray();
            const bool isDeclared = hasFile(sources, app + declaration) || hasFile(sources, app + appSrcScript);
            if (file.kind == Kind::File && !app.isEmpty() && !isDeclared && files.size() < maxApps)
                files.insert(app, "src/" + file.name);
        }
    }
    QList<AppDeclaration> appups;
    for (auto file = files.cbegin(); file != files.cend(); ++file)
        appups.append({QString::fromUtf8(file.key()), {}, {}, *file, true});
    return appups;
}

// Whose appup is kept elsewhere in the project gets it.
void assign(const QList<AppDeclaration> &appups, Declarations &to)
{
    for (const AppDeclaration &appup : appups) {
        const auto app = std::ranges::find(to.apps, appup.name, &AppDeclaration::name);
        const auto dependency = std::ranges::find(to.deps, appup.name, &Dependency::name);
        if (app != to.apps.end() && app->appup.isEmpty())
            app->appup = appup.appup;
        else if (app == to.apps.end() && dependency != to.deps.end() && dependency->appupPath.isEmpty())
            dependency->appupPath = appup.appup;
    }
}

QByteArray appupOf(const QByteArray &app, const QList<TreeEntry> &sources, const QList<TreeEntry> &ebin)
{
    for (const QByteArray &name : {QByteArray(app + ".appup.src"), QByteArray(app + ".appup")}) {
        if (hasFile(sources, name))
            return "src/" + name;
    }
    const QByteArray name = app + ".appup";
    return hasFile(ebin, name) ? QByteArray("ebin/" + name) : QByteArray();
}

} // namespace

Result<Declarations> AppReader::read(const repo::ObjectId &commit)
{
    const auto top = m_repository.entries(commit);
    if (!top)
        return std::unexpected(top.error());
    auto apps = in(*top);
    if (!apps)
        return std::unexpected(apps.error());
    for (const QByteArray &container : {"apps"_ba, "lib"_ba}) {
        const TreeEntry *entry = find(*top, container, Kind::Directory);
        if (!entry)
            continue;
        auto more = below(entry->id);
        if (!more)
            return std::unexpected(more.error());
        for (AppDeclaration &app : *more)
            moveBelow(app, container);
        apps->append(*more);
    }
    Apps appups;
    std::ranges::copy_if(*apps, std::back_inserter(appups), &AppDeclaration::isForeign);
    apps->removeIf([](const AppDeclaration &app) { return app.isForeign; });
    std::ranges::stable_sort(*apps, {}, &AppDeclaration::name);
    auto release = this->release(*top);
    if (!release)
        return std::unexpected(release.error());
    auto deps = dependencies(*top);
    if (!deps)
        return std::unexpected(deps.error());
    Declarations declarations{*std::move(apps), *std::move(release), *std::move(deps)};
    assign(appups, declarations);
    return declarations;
}

Result<std::optional<VsnSource>> AppReader::release(const Entries &top)
{
    if (hasFile(top, "rebar.config.script")) // which may say anything
        return VsnSource{};
    const TreeEntry *config = find(top, "rebar.config", Kind::File);
    if (!config)
        return std::nullopt;
    if (const auto known = m_releases.constFind(config->id.hex()); known != m_releases.constEnd())
        return *known;
    const auto text = m_repository.blob(config->id);
    if (!text)
        return std::unexpected(text.error());
    const auto release = readReleaseVsn(*text);
    m_releases.insert(config->id.hex(), release);
    return release;
}

Result<QList<Dependency>> AppReader::dependencies(const Entries &top)
{
    const TreeEntry *lock = find(top, "rebar.lock", Kind::File);
    if (!lock)
        return {};
    if (const auto known = m_dependencies.constFind(lock->id.hex()); known != m_dependencies.constEnd())
        return *known;
    const auto text = m_repository.blob(lock->id);
    if (!text)
        return std::unexpected(text.error());
    const auto dependencies = lockedVersions(*text);
    m_dependencies.insert(lock->id.hex(), dependencies);
    return dependencies;
}

Result<AppReader::Apps> AppReader::below(const repo::ObjectId &container)
{
    if (const auto known = m_containers.constFind(container.hex()); known != m_containers.constEnd())
        return *known;
    const auto directories = m_repository.entries(container);
    if (!directories)
        return std::unexpected(directories.error());
    Apps apps;
    for (const TreeEntry &directory : *directories) {
        if (directory.kind != Kind::Directory || apps.size() >= maxApps)
            continue;
        auto found = at(directory.id);
        if (!found)
            return found;
        for (AppDeclaration &app : *found)
            moveBelow(app, directory.name);
        apps.append(*found);
    }
    m_containers.insert(container.hex(), apps);
    return apps;
}

Result<AppReader::Apps> AppReader::at(const repo::ObjectId &directory)
{
    if (const auto known = m_directories.constFind(directory.hex()); known != m_directories.constEnd())
        return *known;
    const auto inside = m_repository.entries(directory);
    if (!inside)
        return std::unexpected(inside.error());
    auto apps = in(*inside);
    if (apps)
        m_directories.insert(directory.hex(), *apps);
    return apps;
}

Result<AppReader::Apps> AppReader::in(const Entries &directory)
{
    const TreeEntry *sources = find(directory, "src", Kind::Directory);
    if (!sources)
        return {};
    const TreeEntry *ebin = find(directory, "ebin", Kind::Directory);
    const QByteArray key = sources->id.hex() + (ebin ? ebin->id.hex() : QByteArray());
    if (const auto known = m_sources.constFind(key); known != m_sources.constEnd())
        return *known;
    const auto sourceFiles = m_repository.entries(sources->id);
    if (!sourceFiles)
        return std::unexpected(sourceFiles.error());
    Result<Entries> ebinFiles;
    if (ebin)
        ebinFiles = m_repository.entries(ebin->id);
    if (!ebinFiles)
        return std::unexpected(ebinFiles.error());
    auto apps = declared(*sourceFiles, *ebinFiles);
    if (apps)
        m_sources.insert(key, *apps);
    return apps;
}

Result<AppReader::Apps> AppReader::declared(const Entries &sources, const Entries &ebin) const
{
    Apps apps;
    for (const TreeEntry &file : sources) {
        if (file.kind != Kind::File || apps.size() >= maxApps)
            continue;
        const bool isScript = file.name.endsWith(appSrcScript);
        if (!isScript && !file.name.endsWith(declaration))
            continue;
        const QByteArray app = file.name.chopped(isScript ? appSrcScript.size() : declaration.size());
        if (app.isEmpty() || (isScript && hasFile(sources, app + declaration)))
            continue;
        AppDeclaration declaration{QString::fromUtf8(app), {}, {}, appupOf(app, sources, ebin)};
        // A script beside the file may say anything; the file alone then tells nothing.
        if (!isScript && !hasFile(sources, app + appSrcScript)) {
            const auto text = m_repository.blob(file.id);
            if (!text)
                return std::unexpected(text.error());
            declaration.vsn = readVsnSource(*text);
        }
        apps.append(std::move(declaration));
    }
    return apps + foreignAppups(sources);
}

} // namespace handover::versions

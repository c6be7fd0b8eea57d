// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/appmodules.h"

#include <QDirIterator>
#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

using repo::TreeEntry;

constexpr int Deepest = 8;
constexpr qsizetype MostModules = 20'000;

std::optional<repo::ObjectId> directoryIn(const repo::Repository &repository, const repo::ObjectId &tree,
                                          QByteArrayView name)
{
    const auto entries = repository.entries(tree);
    if (!entries)
        return std::nullopt;
    const auto found = std::ranges::find_if(*entries, [name](const TreeEntry &entry) {
        return entry.kind == TreeEntry::Kind::Directory && entry.name == name;
    });
    return found == entries->end() ? std::nullopt : std::optional(found->id);
}

bool isModule(const QByteArray &name) { return name.endsWith(".erl") || name.endsWith(".yrl") || name.endsWith(".xrl"); }

void collect(const repo::Repository &repository, const repo::ObjectId &tree, int depth, QByteArrayList &modules)
{
    const auto entries = repository.entries(tree);
    if (!entries || depth > Deepest)
        return;
    for (const TreeEntry &entry : *entries) {
        if (modules.size() >= MostModules)
            return;
        if (entry.kind == TreeEntry::Kind::Directory)
            collect(repository, entry.id, depth + 1, modules);
        else if (isModule(entry.name))
            modules += entry.name.chopped(4);
    }
}

// Of a working copy, whose files need not be in any tree.
void collect(const QString &directory, QByteArrayList &modules)
{
    QDirIterator files(directory, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext() && modules.size() < MostModules) {
        const QByteArray name = QFile::encodeName(files.nextFileInfo().fileName());
        if (isModule(name))
            modules += name.chopped(4);
    }
}

void collect(const Project &project, const versions::Version &version, const versions::AppSource &source, QByteArrayList &modules)
{
    const auto repository = repo::Repository::open(project.path);
    if (!repository)
        return;
    std::optional<repo::ObjectId> tree = version.tag.commit;
    for (const QByteArray &part : QByteArray(source.directory + "/src").split('/')) {
        if (tree && !part.isEmpty())
            tree = directoryIn(*repository, *tree, part);
    }
    if (tree)
        collect(*repository, *tree, 0, modules);
}

} // namespace

QByteArrayList modulesOf(const Project &project, const versions::Version &version, const QString &app)
{
    const versions::AppSource *source = version.app(app);
    const bool isPackage = std::ranges::contains(version.packages, app, &versions::AppSource::name); // sources elsewhere
    if (!source || isPackage)
        return {};
    QByteArrayList modules;
    if (version.place == versions::Version::Place::WorkTree)
        collect(u"%1/%2/src"_s.arg(project.path, QString::fromUtf8(source->directory)), modules);
    else
        collect(project, version, *source, modules);
    std::ranges::sort(modules);
    modules.erase(std::ranges::unique(modules).begin(), modules.end());
    return modules;
}

} // namespace handover::workspace

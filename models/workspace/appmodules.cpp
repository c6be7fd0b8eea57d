// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/appmodules.h"

#include <algorithm>

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
        else if (entry.name.endsWith(".erl") || entry.name.endsWith(".yrl") || entry.name.endsWith(".xrl"))
            modules += entry.name.chopped(4);
    }
}

} // namespace

QByteArrayList modulesOf(const Project &project, const versions::Version &version, const QString &app)
{
    const versions::AppSource *source = version.app(app);
    const auto repository = repo::Repository::open(project.path);
    if (!source || !repository)
        return {};
    std::optional<repo::ObjectId> tree = version.tag.commit;
    for (const QByteArray &part : QByteArray(source->directory + "/src").split('/')) {
        if (tree && !part.isEmpty())
            tree = directoryIn(*repository, *tree, part);
    }
    QByteArrayList modules;
    if (tree)
        collect(*repository, *tree, 0, modules);
    std::ranges::sort(modules);
    modules.erase(std::ranges::unique(modules).begin(), modules.end());
    return modules;
}

} // namespace handover::workspace

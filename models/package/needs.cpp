// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/needs.h"

#include "models/core/versionorder.h"

#include <QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::package {

namespace {

QString folderOf(const QString &path) { return path.section(u'/', 0, -2); }

/// A folder of an RPATH as a path in the release: $ORIGIN is where the file itself lies (ld.so(8)).
std::optional<QString> ownFolder(const QByteArray &folder, const QString &user)
{
    for (const QByteArrayView origin : {QByteArrayView("$ORIGIN"), QByteArrayView("${ORIGIN}")}) {
        if (folder.startsWith(origin))
            return QDir::cleanPath(folderOf(user) + QString::fromUtf8(folder.sliced(origin.size())));
    }
    return std::nullopt;
}

} // namespace

SymbolVersion SymbolVersion::parse(const QByteArray &name)
{
    for (qsizetype i = 1; i + 1 < name.size(); ++i) {
        if (name[i] == '_' && name[i + 1] >= '0' && name[i + 1] <= '9')
            return {name.first(i), name.sliced(i + 1)};
    }
    return {name, {}};
}

bool SymbolVersion::isNewer(const QByteArray &left, const QByteArray &right)
{
    const auto dotted = [](const QByteArray &name) {
        return QString::fromLatin1(parse(name).number.replace('_', '.'));
    };
    return compareVersions(dotted(left), dotted(right)) > 0;
}

QByteArrayList LibraryNeed::versionNames() const
{
    QByteArrayList names;
    for (const Version &version : highest)
        names.append(version.name);
    return names;
}

QString LibraryNeed::words() const
{
    const QString name = QString::fromUtf8(library);
    return highest.isEmpty() ? name : u"%1 with %2"_s.arg(name, QString::fromUtf8(versionNames().join(", ")));
}

void NeedsCollector::addFile(const QString &path, QByteArrayView bytes)
{
    m_names.insert(path);
    auto elf = readElf(bytes);
    if (!elf)
        m_unreadable.append(path);
    else if (elf->isLinked)
        m_files.append({path, *std::move(elf)});
}

const NeedsCollector::Found *NeedsCollector::chooseSystem(const QString &erts) const
{
    const auto emulator = std::ranges::find(m_files, u"erts-%1/bin/beam.smp"_s.arg(erts), &Found::path);
    if (emulator != m_files.cend())
        return &*emulator;
    const Found *best = nullptr;
    qsizetype most = 0;
    for (const Found &candidate : m_files) {
        const auto same = std::ranges::count_if(
            m_files, [&](const Found &other) { return other.elf.system == candidate.elf.system; });
        if (same > most) {
            most = same;
            best = &candidate;
        }
    }
    return best;
}

QString NeedsCollector::providerOf(const QByteArray &library, const Found &user, const QString &erts) const
{
    const QString name = QString::fromUtf8(library);
    QStringList folders;
    for (const QByteArray &folder : user.elf.searchFolders()) {
        if (const auto own = ownFolder(folder, user.path))
            folders.append(*own);
    }
    folders.append(u"erts-%1/lib"_s.arg(erts)); // relx's script puts it into LD_LIBRARY_PATH
    for (const QString &folder : std::as_const(folders)) {
        if (m_names.contains(folder + u'/' + name))
            return folder + u'/' + name;
    }
    return {};
}

void NeedsCollector::take(const Found &user, QMap<QByteArray, LibraryNeed> &needs, const QString &erts) const
{
    for (const QByteArray &library : user.elf.needed) {
        LibraryNeed &need = needs[library];
        const QString provider = providerOf(library, user, erts);
        // Of two users one may have it in the release and the other not: then the server must have it.
        need.provided = need.by.isEmpty() || !need.provided.isEmpty() ? provider : QString();
        need.library = library;
        if (!need.by.contains(user.path))
            need.by.append(user.path);
        for (const QByteArray &folder : user.elf.searchFolders()) {
            if (folder.startsWith('/') && !need.folders.contains(folder))
                need.folders.append(folder);
        }
    }
    for (const ElfFile::Version &version : user.elf.versions) {
        const auto need = needs.find(version.library);
        if (version.weak || need == needs.end())
            continue;
        LibraryNeed::Version &highest = need->highest[SymbolVersion::parse(version.name).set];
        if (highest.name.isEmpty() || SymbolVersion::isNewer(version.name, highest.name))
            highest = {version.name, {}};
        if (highest.name == version.name && !highest.by.contains(user.path))
            highest.by.append(user.path);
    }
}

LibraryNeeds NeedsCollector::finish(const QString &erts)
{
    for (const QString &path : std::as_const(m_paths))
        m_names.insert(path);
    LibraryNeeds needs;
    needs.unreadable = m_unreadable;
    const Found *chosen = chooseSystem(erts);
    if (!chosen)
        return needs;
    needs.system = chosen->elf.system;
    needs.systemFile = chosen->path;
    needs.interpreter = chosen->elf.interpreter;
    QMap<QByteArray, LibraryNeed> byName;
    for (const Found &found : std::as_const(m_files)) {
        if (found.elf.system != *needs.system) {
            needs.foreign.append(found.path);
            continue;
        }
        ++needs.files;
        take(found, byName, erts);
        if (needs.interpreter.isEmpty())
            needs.interpreter = found.elf.interpreter;
    }
    needs.libraries = byName.values();
    return needs;
}

} // namespace handover::package

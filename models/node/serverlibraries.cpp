// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/serverlibraries.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

constexpr qsizetype LongestName = 200;
constexpr int GrepSeconds = 120;

// The words in the brackets of which one must stand there; "": or none but "libc6".
QByteArrayList cacheWords(const package::ElfSystem &system)
{
    switch (system.machine) {
    case 62: return {system.bits == 64 ? "x86-64" : "x32"};
    case 183: return {"AArch64"};
    case 21:
    case 22:
    case 8: return system.bits == 64 ? QByteArrayList{"64bit"} : QByteArrayList{""};
    case 40: return {"hard-float", "soft-float", ""};
    case 243: return {"double-float", "soft-float", ""};
    case 258: return {"double-float", ""};
    default: return {""};
    }
}

bool isFor(const QByteArray &brackets, const QByteArrayList &wanted)
{
    QByteArrayList words;
    for (const QByteArray &word : brackets.split(','))
        words += word.trimmed();
    const auto stands = [&](const QByteArray &word) { return words.contains(word); };
    const QByteArrayList kinds{"x86-64", "x32", "AArch64", "64bit", "hard-float", "soft-float", "double-float"};
    if (!stands("libc6"))
        return false;
    return std::ranges::any_of(wanted, stands) || (wanted.contains("") && std::ranges::none_of(kinds, stands));
}

bool isVersionSign(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

Result<QMap<QByteArray, QByteArray>> linkerCache(server::Session &session, const package::ElfSystem &system,
                                                 const JobContext &context)
{
    // A plain user's PATH may lack it.
    const auto outcome = session.exec(session.address().directory,
                                      {"env", "PATH=/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin", "LC_ALL=C",
                                       "ldconfig", "-p"},
                                      context, {}, 30);
    if (!outcome)
        return std::unexpected(outcome.error());
    const auto paths = parseLinkerCache(outcome->output, system);
    if (outcome->exitStatus != 0 || paths.isEmpty())
        return failure(u"server.no-ldconfig"_s,
                       u"The server doesn't tell its shared libraries: ldconfig -p lists none for %1."_s.arg(system.words()),
                       u"Unpack the tarball there and try the release's programs by hand, with ldd."_s,
                       QString::fromUtf8(outcome->errorOutput.left(500)).trimmed());
    return paths;
}

// What no cache knows may lie in a folder that the library's user names itself.
Result<> lookInFolders(server::Session &session, const QList<package::LibraryNeed> &needs, ServerLibraries &found,
                       const JobContext &context)
{
    constexpr qsizetype folders = 8;
    for (const package::LibraryNeed &need : needs) {
        for (const QByteArray &folder : need.folders.first(std::min(need.folders.size(), folders))) {
            const auto path = server::RemotePath::parse(QByteArray(folder + '/' + need.library));
            if (!path)
                continue;
            const auto exists = session.exists(*path, context);
            if (!exists)
                return std::unexpected(exists.error());
            if (*exists) {
                found.paths.insert(need.library, path->bytes());
                break;
            }
        }
    }
    return {};
}

} // namespace

QMap<QByteArray, QByteArray> parseLinkerCache(const QByteArray &text, const package::ElfSystem &system)
{
    const QByteArrayList wanted = cacheWords(system);
    QMap<QByteArray, QByteArray> paths;
    for (const QByteArray &line : text.split('\n')) {
        const qsizetype open = line.indexOf(" (");
        const qsizetype arrow = line.indexOf(") => ", open);
        if (open <= 0 || arrow < 0)
            continue;
        const QByteArray name = line.first(open).trimmed();
        if (!paths.contains(name) && isFor(line.sliced(open + 2, arrow - open - 2), wanted))
            paths.insert(name, line.sliced(arrow + 5));
    }
    return paths;
}

std::optional<QByteArray> versionPattern(const QByteArrayList &versionNames)
{
    QByteArrayList parts;
    for (const QByteArray &name : versionNames) {
        if (name.isEmpty() || name.size() > LongestName || !std::ranges::all_of(name, isVersionSign))
            return std::nullopt;
        const auto version = package::SymbolVersion::parse(name);
        QByteArray part = version.set;
        part.replace('.', "\\.");
        if (!version.number.isEmpty())
            part += "_[0-9][0-9A-Za-z._]*";
        if (!parts.contains(part))
            parts.append(part);
    }
    return parts.join('|');
}

Result<ServerLibraries> findLibraries(server::Session &session, const QList<package::LibraryNeed> &needs,
                                      const package::ElfSystem &system, const JobContext &context)
{
    auto cache = linkerCache(session, system, context);
    if (!cache)
        return std::unexpected(cache.error());
    ServerLibraries found;
    for (const package::LibraryNeed &need : needs) {
        if (cache->contains(need.library))
            found.paths.insert(need.library, cache->value(need.library));
    }
    if (const auto looked = lookInFolders(session, needs, found, context); !looked)
        return std::unexpected(looked.error());

    QByteArrayList names;
    QByteArrayList files;
    QHash<QByteArray, QByteArrayList> byFile;
    for (const package::LibraryNeed &need : needs) {
        const QByteArray path = found.paths.value(need.library);
        if (path.isEmpty() || need.highest.isEmpty())
            continue;
        names += need.versionNames();
        if (!files.contains(path))
            files.append(path);
        byFile[path].append(need.library);
    }
    if (files.isEmpty())
        return found;
    const auto pattern = versionPattern(names);
    if (!pattern)
        return failure(u"server.no-grep"_s, u"The release asks for symbol versions with unusual names."_s,
                       u"Unpack the tarball there and try the release's programs by hand, with ldd."_s);
    const auto outcome = session.exec(session.address().directory,
                                      QList<QByteArray>{"env", "LC_ALL=C", "grep", "-aoHE", "-e", *pattern, "--"} + files,
                                      context, {}, GrepSeconds);
    if (!outcome)
        return std::unexpected(outcome.error());
    if (outcome->exitStatus > 2)
        return failure(u"server.no-grep"_s, u"The versions of the server's libraries can't be read: it has no grep."_s,
                       u"Install grep there."_s, QString::fromUtf8(outcome->errorOutput.left(500)).trimmed());
    for (const QByteArray &line : outcome->output.split('\n')) {
        const qsizetype colon = line.lastIndexOf(':');
        for (const QByteArray &library : byFile.value(line.first(std::max<qsizetype>(colon, 0))))
            found.versions[library].insert(line.sliced(colon + 1));
    }
    return found;
}

} // namespace handover::node

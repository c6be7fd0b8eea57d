// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/counted.h"
#include "models/node/librarypackages.h"
#include "models/node/serverlibraries.h"
#include "models/node/targetview.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

using Outcome = Check::Outcome;
using package::LibraryNeed;

QString usersOf(const QStringList &files)
{
    const QString first = files.value(0).section(u'/', -1);
    return files.size() > 1 ? u"%1 and %2 more"_s.arg(first).arg(files.size() - 1) : first;
}

// The newest of the same symbol set that the server has, for the words.
QByteArray newestOf(const QSet<QByteArray> &there, const QByteArray &set)
{
    QByteArray newest;
    for (const QByteArray &name : there) {
        if (package::SymbolVersion::parse(name).set == set && (newest.isEmpty() || package::SymbolVersion::isNewer(name, newest)))
            newest = name;
    }
    return newest;
}

struct Missing
{
    QStringList lines;
    QStringList commands;
    bool isOldC = false;  ///< the C library itself is too old
    bool isOldOther = false;
};

void look(const LibraryNeed &need, const ServerLibraries &there, const QString &command, Missing &missing)
{
    const QString library = QString::fromUtf8(need.library);
    if (!there.paths.contains(need.library)) {
        missing.lines += u"%1 is missing, which %2 needs"_s.arg(library, usersOf(need.by)) +
                         (command.isEmpty() ? QString() : u"; install it with: %1"_s.arg(command));
        if (!command.isEmpty() && !missing.commands.contains(command))
            missing.commands += command;
        return;
    }
    for (const auto &[set, version] : need.highest.asKeyValueRange()) {
        const QSet<QByteArray> &versions = there.versions.value(need.library);
        if (versions.contains(version.name))
            continue;
        const QByteArray newest = newestOf(versions, set);
        const QString has = newest.isEmpty() || newest == set ? u"none of %1"_s.arg(QString::fromUtf8(set))
                                                              : u"%1 at most"_s.arg(QString::fromUtf8(newest));
        missing.lines += u"%1 has %2, and %3 needs %4"_s.arg(library, has, usersOf(version.by), QString::fromUtf8(version.name));
        (set == "GLIBC" || set.startsWith("GLIBC_") ? missing.isOldC : missing.isOldOther) = true;
    }
}

QString remedy(const Missing &missing, const Distribution &distribution)
{
    const QString name = distribution.name.isEmpty() ? u"the server's system"_s : distribution.name;
    if (missing.isOldC)
        return u"The C library can't be exchanged on its own: build the release on %1 or an older system, or upgrade the server."_s.arg(name);
    if (missing.isOldOther)
        return u"Build the release on %1, or bring the library on the server up to date."_s.arg(name);
    if (!missing.commands.isEmpty() && missing.commands.size() == missing.lines.size()) {
        QString all = missing.commands.first();
        for (const QString &command : missing.commands.sliced(1))
            all += u' ' + command.section(u" install "_s, 1);
        return u"On the server: %1"_s.arg(all);
    }
    return u"Install what is missing on the server, or build the release without what needs it."_s;
}

Check impossible(const QString &words, const QString &remedy)
{
    return {{}, {}, Outcome::Impossible, words, remedy, {}};
}

// An interpreter is the linker itself: without it nothing of the release starts, whatever else is there.
Result<std::optional<Check>> checkInterpreter(const TargetView &view, const Distribution &distribution)
{
    const package::LibraryNeeds &needs = view.manifest.needs;
    const QString name = QString::fromUtf8(needs.interpreter);
    const auto path = server::RemotePath::parse(needs.interpreter);
    if (!path)
        return std::optional<Check>();
    const auto exists = view.session.exists(*path, view.context);
    if (!exists)
        return std::unexpected(exists.error());
    if (!*exists)
        return std::optional(Check{{}, {}, Outcome::Failed,
                                   u"Nothing of the release would start: the server has no %1."_s.arg(name),
                                   u"Build the release on %1; its C library is another one."_s.arg(
                                       distribution.name.isEmpty() ? u"the server's system"_s : distribution.name), {}});
    if (name.contains(u"ld-musl"_s))
        return std::optional(impossible(u"The server has the C library musl, which knows no symbol versions and lists no libraries."_s,
                                        u"Build the release on the same release of that system."_s));
    return std::optional<Check>();
}

} // namespace

Result<Check> checkLibraries(const TargetView &view)
{
    const package::LibraryNeeds &needs = view.manifest.needs;
    if (!needs.system)
        return Check{{}, {}, Outcome::Passed, u"The release has no machine code of its own, so it needs no libraries."_s, {}, {}};
    const auto osRelease = view.session.readFile(*server::RemotePath::parse("/etc/os-release"), view.context, 65536);
    if (!osRelease && !view.session.isAlive())
        return std::unexpected(osRelease.error());
    const Distribution distribution = Distribution::parse(osRelease.value_or(QByteArray()));
    auto linker = checkInterpreter(view, distribution);
    if (!linker)
        return std::unexpected(linker.error());
    if (*linker)
        return **std::move(linker);

    QList<LibraryNeed> wanted;
    std::ranges::copy_if(needs.libraries, std::back_inserter(wanted), [](const LibraryNeed &need) { return need.provided.isEmpty(); });
    const auto there = findLibraries(view.session, wanted, *needs.system, view.context);
    if (!there)
        return std::unexpected(there.error());
    Missing missing;
    for (const LibraryNeed &need : std::as_const(wanted))
        look(need, *there, installCommand(need.library, needs.system->bits, distribution), missing);
    if (!missing.lines.isEmpty())
        return Check{{}, {}, Outcome::Failed,
                     missing.lines.size() == 1 ? missing.lines.first() + u'.'
                                               : u"%1 libraries or versions are missing: %2; …"_s.arg(missing.lines.size()).arg(missing.lines.first()),
                     remedy(missing, distribution), missing.lines};
    if (!needs.unreadable.isEmpty())
        return Check{{}, {}, Outcome::Warning, u"All that is known to be needed is there; %1 of the release can't be read."_s.arg(counted(needs.unreadable.size(), u"file"_s, u"files"_s)),
                     u"Look at these files; they may be damaged."_s, needs.unreadable};
    QStringList details;
    for (const LibraryNeed &need : std::as_const(wanted))
        details += need.words();
    return Check{{}, {}, Outcome::Passed, u"The release needs %1 of the server; all is there and new enough."_s.arg(counted(wanted.size(), u"library"_s, u"libraries"_s)), {}, details};
}

} // namespace handover::node

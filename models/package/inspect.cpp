// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/tarball.h"

#include "models/package/archivereader.h"
#include "models/package/entrycheck.h"
#include "models/package/releasefile.h"
#include "models/package/utf8locale.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::package {

namespace {

/// The files of an archive that say what it is, by path.
struct Kept
{
    QMap<QString, QByteArray> relFiles;
    QMap<QString, QByteArray> relups;
    qint64 bytes = 0;
    NeedsCollector needs;
};

/// How much of a file may be kept; 0: it is not needed.
qint64 keepLimit(const Entry &entry, const Limits &limits)
{
    const auto slashes = entry.path.count(u'/');
    if (entry.type != EntryType::File || !entry.path.startsWith(u"releases/"_s) || slashes > 2)
        return 0;
    if (entry.path.endsWith(u".rel"_s))
        return limits.relBytes;
    return slashes == 2 && entry.path.endsWith(u"/relup"_s) ? limits.relupBytes : 0;
}

std::unexpected<Error> tooLarge(ArchiveReader &reader, const QString &file)
{
    return reader.fail({ErrorKind::Outside,
                        u"package.too-large"_s,
                        u"%1 says that it holds far more than a release."_s.arg(file),
                        u"Don't unpack it; find out where it comes from."_s,
                        {}});
}

Result<> keep(const Entry &entry, ArchiveReader &reader, Kept &kept, const Limits &limits)
{
    const qint64 limit = std::min(keepLimit(entry, limits), limits.keptBytes - kept.bytes);
    auto bytes = reader.contents(limit);
    if (!bytes)
        return std::unexpected(bytes.error());
    kept.bytes += bytes->size();
    (entry.path.endsWith(u".rel"_s) ? kept.relFiles : kept.relups).insert(entry.path, *std::move(bytes));
    return {};
}

// Programs, port programs and NIFs lie anywhere and have any name: the first bytes tell.
Result<> lookForNeeds(const Entry &entry, ArchiveReader &reader, NeedsCollector &needs, const Limits &limits)
{
    if (entry.type != EntryType::File) {
        needs.addName(entry.path);
        return {};
    }
    constexpr qint64 magic = 4;
    auto bytes = reader.piece(magic);
    if (!bytes)
        return std::unexpected(bytes.error());
    if (!isElf(*bytes))
        return {};
    if (entry.size > limits.elfBytes) {
        needs.addUnreadable(entry.path);
        return {};
    }
    const auto rest = reader.contents(limits.elfBytes);
    if (!rest)
        return std::unexpected(rest.error());
    needs.addFile(entry.path, QByteArray(*bytes + *rest));
    return {};
}

Result<Kept> readEntries(ArchiveReader &reader, Manifest &manifest, const Limits &limits)
{
    Kept kept;
    EntryCheck check(limits);
    for (qsizetype count = 0;; ++count) {
        auto next = reader.next();
        if (!next)
            return std::unexpected(next.error());
        if (!*next)
            return kept;
        Entry entry = **std::move(next);
        if (count >= limits.entries || entry.size > limits.unpackedBytes - manifest.unpackedSize)
            return tooLarge(reader, manifest.file);

        auto path = check.clean(entry.path);
        if (!path)
            return reader.fail(path.error());
        entry.path = *std::move(path);
        if (entry.type == EntryType::Hardlink) {
            auto target = check.clean(entry.linkTarget);
            if (!target)
                return reader.fail(target.error());
            entry.linkTarget = *std::move(target);
        }
        if (auto added = check.add(entry); !added)
            return reader.fail(added.error());
        if (entry.path.isEmpty())
            continue;
        const auto done = keepLimit(entry, limits) > 0 ? keep(entry, reader, kept, limits)
                                                       : lookForNeeds(entry, reader, kept.needs, limits);
        if (!done)
            return std::unexpected(done.error());
        manifest.unpackedSize += entry.size;
        manifest.entries.append(std::move(entry));
    }
}

} // namespace

Result<Manifest> inspect(const QString &file, const JobContext &context, const Limits &limits)
{
    const Utf8Locale locale;
    Manifest manifest;
    manifest.file = file;
    ArchiveReader reader(file, limits, context);
    if (auto opened = reader.open(); !opened)
        return std::unexpected(opened.error());
    auto kept = readEntries(reader, manifest, limits);
    if (!kept)
        return std::unexpected(kept.error());
    manifest.size = reader.gzip().fileBytes();
    manifest.sha256 = reader.gzip().sha256();
    if (manifest.sha256.isEmpty())
        return failure(u"package.unreadable"_s, u"The SHA-256 of %1 could not be taken."_s.arg(file),
                       u"Check the configuration of OpenSSL, which must offer SHA-256."_s);

    auto release = chooseRelease(kept->relFiles);
    if (!release)
        return std::unexpected(release.error());
    manifest.name = release->name;
    manifest.version = release->version;
    manifest.erts = release->erts;
    manifest.apps = release->apps;
    manifest.needs = kept->needs.finish(manifest.erts);
    const QString erts = u"erts-%1/"_s.arg(manifest.erts);
    manifest.hasErts = std::any_of(manifest.entries.cbegin(), manifest.entries.cend(),
                                   [&erts](const Entry &entry) { return entry.path.startsWith(erts); });

    const QString relupPath = u"releases/%1/relup"_s.arg(manifest.version);
    if (const auto text = kept->relups.constFind(relupPath); text != kept->relups.cend()) {
        auto relup = relup::Relup::parse(*text);
        if (!relup)
            return failure(u"package.damaged"_s, u"The relup inside %1 cannot be read."_s.arg(file),
                           u"Make the relup and the tarball again."_s, relup.error().message);
        manifest.relup = *std::move(relup);
    }
    return manifest;
}

} // namespace handover::package

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/contents.h"

#include "models/package/archivereader.h"
#include "models/package/entrycheck.h"
#include "models/package/utf8locale.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::package {

namespace {

constexpr qint64 PieceBytes = 1 << 20;

// While a program replaces the file that is being read, all that was read says nothing.
std::unexpected<Error> changed(const Manifest &manifest)
{
    return failure(u"package.changed"_s, u"%1 was changed meanwhile."_s.arg(manifest.file), u"Look at it once more."_s);
}

Result<> readFile(const QString &path, bool isWanted, ArchiveReader &reader, Contents &contents, qint64 &room,
                  const Limits &limits)
{
    Sha256 sum;
    if (isWanted) {
        auto text = reader.contents(std::min(limits.relBytes, room));
        if (!text)
            return std::unexpected(text.error());
        sum.add(*text);
        room -= text->size();
        contents.texts.insert(path, *std::move(text));
    }
    for (;;) {
        const auto piece = reader.piece(PieceBytes);
        if (!piece)
            return std::unexpected(piece.error());
        if (piece->isEmpty())
            break;
        sum.add(*piece);
    }
    contents.sums.insert(path, sum.hex());
    return {};
}

} // namespace

Result<Contents> readContents(const Manifest &manifest, const std::function<bool(const QString &path)> &wanted,
                              const JobContext &context, const Limits &limits)
{
    const Utf8Locale locale;
    const EntryCheck check(limits);
    Contents contents;
    qint64 room = limits.keptBytes;
    ArchiveReader reader(manifest.file, limits, context);
    if (auto opened = reader.open(); !opened)
        return std::unexpected(opened.error());
    for (;;) {
        const auto next = reader.next();
        if (!next)
            return std::unexpected(next.error());
        if (!*next)
            break;
        const auto path = check.clean((*next)->path);
        if (!path || contents.sums.size() > manifest.entries.size())
            return changed(manifest);
        if ((*next)->type != EntryType::File)
            continue;
        if (auto read = readFile(*path, wanted(*path), reader, contents, room, limits); !read)
            return std::unexpected(read.error());
    }
    if (reader.gzip().sha256() != manifest.sha256)
        return changed(manifest);
    return contents;
}

} // namespace handover::package

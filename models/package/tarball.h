// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/jobs/jobcontext.h"
#include "models/package/limits.h"
#include "models/package/needs.h"
#include "models/relup/relup.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace handover::package {

enum class EntryType { File, Directory, Symlink, Hardlink, Other };

struct Entry
{
    QString path; ///< with '/', no leading "./"
    EntryType type = EntryType::File;
    qint64 size = 0;
    int mode = 0;       ///< permission bits
    QString linkTarget; ///< of links
};

/// What a release tarball contains, as read back from the file itself.
struct Manifest
{
    QString file;
    QString name;    ///< of the release
    QString version; ///< of the release
    QString erts;
    QMap<QString, QString> apps; ///< name to vsn, from the .rel file
    bool hasErts = false;        ///< erts-VSN/ is inside
    std::optional<relup::Relup> relup;
    qint64 size = 0;         ///< of the file, in bytes
    qint64 unpackedSize = 0; ///< of all files inside
    QByteArray sha256;       ///< of the file, 64 lower-case hexadecimal digits
    QList<Entry> entries;    ///< in the archive's order
    LibraryNeeds needs;      ///< of the programs and libraries inside
};

/// Reads a release tarball whole: entries by libarchive (pax, GNU, hard links), the gzip check sum
/// and length verified, so a truncated or damaged file never passes. The file is hostile: bounds on
/// entries, on the sizes of what is read into memory and on the compression ratio; entries with
/// absolute paths, "..", links that lead out, devices and files that are there twice are refused. Errors:
/// package.unreadable, package.not-a-tarball, package.truncated, package.damaged, package.unsafe,
/// package.not-a-release (no releases/*/*.rel, or several), package.too-large.
[[nodiscard]] Result<Manifest> inspect(const QString &file, const JobContext &context,
                                       const Limits &limits = {});

/// What goes into a tarball.
struct PackRequest
{
    QString releaseDirectory; ///< _build/default/rel/NAME
    QString name;             ///< of the release
    QString version;          ///< of the release
    QString file;             ///< to write; replaced whole or not at all
    QString relup{};          ///< a file that goes in as releases/VSN/relup; empty: none is added
};

/// Writes a release tarball in the layout of `rebar3 tar`: lib/APP-VSN of the release's own
/// applications, releases/NAME.rel, releases/VSN/, erts-VSN/ and bin/ where they are, RELEASES and
/// start_erl.data; no top directory, owner 0/0; then reads it back with inspect(). Links inside the
/// release directory that lead out of it are followed and stored as files. Errors: package.incomplete
/// (an application of the .rel is missing), package.write, and those of inspect().
[[nodiscard]] Result<Manifest> pack(const PackRequest &request, const JobContext &context);

/// SHA-256 of a file in hexadecimal digits. Errors: package.unreadable.
[[nodiscard]] Result<QByteArray> sha256Of(const QString &file, const JobContext &context);

} // namespace handover::package

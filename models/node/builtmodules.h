// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/jobs/jobcontext.h"

#include <QByteArray>
#include <QHash>
#include <QMap>
#include <QString>

namespace handover::node {

/// A module of a release as it was built.
struct BuiltModule
{
    QString app;
    QByteArray sha256; ///< of the file, 64 hexadecimal digits
    QByteArray md5;    ///< beam_lib:md5/1, 16 bytes
    QByteArray file;   ///< the .beam file's bytes
};

/// All compiled modules of a built release, what a server is compared with.
struct BuiltModules
{
    QString name;
    QString version;
    QMap<QString, QString> apps; ///< name to vsn, from the .rel file
    QHash<QByteArray, BuiltModule> modules; ///< by name; of the applications that are inside

    /// Of a release directory (relx's, with lib and releases) or a release tarball. Errors: build.no-release,
    /// build.unreadable, those of package::inspect() and extract(), erlang.beam (a module here is damaged).
    [[nodiscard]] static Result<BuiltModules> read(const QString &directoryOrTarball, const JobContext &context);
};

} // namespace handover::node

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QByteArray>
#include <QMap>
#include <QString>

namespace handover::package {

/// What a .rel file says (rel(4)).
struct ReleaseFile
{
    QString name;
    QString version;
    QString erts;
    QMap<QString, QString> apps; ///< name to vsn
};

/// Names and versions become parts of paths here and on the server: no '/', no control characters.
[[nodiscard]] bool isPlainName(const QString &text);

/// Errors: package.not-a-release.
[[nodiscard]] Result<ReleaseFile> parseReleaseFile(QByteArrayView text, const QString &path);

/// The one release of an archive, given its releases/*.rel and releases/*/*.rel by path. The latter
/// count, as for release_handler; releases/NAME.rel may be a leftover of an older version.
[[nodiscard]] Result<ReleaseFile> chooseRelease(const QMap<QString, QByteArray> &files);

} // namespace handover::package

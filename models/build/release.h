// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QMap>
#include <QString>

#include <optional>

namespace handover::build {

/// A release on this machine's disk, as relx assembled it.
struct BuiltRelease
{
    QString name;
    QString version;    ///< of the release, read from the result, never guessed from the tag
    QString erts;
    QMap<QString, QString> apps; ///< name to vsn, from the .rel file
    QString checkout;   ///< the source it was built from; empty if not known
    QString profile;    ///< rebar3's
    QString directory;  ///< _build/PROFILE/rel/NAME
    QString tag;
    bool cached = false;       ///< nothing had to be built this time
    qint64 milliseconds = 0;   ///< that building took, when it was built
};

/// Reads what relx left in a release directory: releases/start_erl.data names the version, its
/// .rel file the rest. Errors: build.no-release, build.unreadable.
[[nodiscard]] Result<BuiltRelease> readRelease(const QString &directory);

} // namespace handover::build

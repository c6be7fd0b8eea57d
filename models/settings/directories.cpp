// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings/directories.h"

#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace handover::settings {

namespace {

QString directory(const char *variable, QStandardPaths::StandardLocation place)
{
    const QString chosen = qEnvironmentVariable(variable);
    return chosen.isEmpty() ? QStandardPaths::writableLocation(place) + u"/handover"_s
                            : QDir::cleanPath(QDir::current().absoluteFilePath(chosen));
}

} // namespace

QString cacheDirectory() { return directory("HANDOVER_CACHE_DIR", QStandardPaths::GenericCacheLocation); }

QString configDirectory() { return directory("HANDOVER_CONFIG_DIR", QStandardPaths::GenericConfigLocation); }

} // namespace handover::settings

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

QString stateDirectory()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    return directory("HANDOVER_STATE_DIR", QStandardPaths::GenericStateLocation);
#else
    return directory("HANDOVER_STATE_DIR", QStandardPaths::GenericDataLocation);
#endif
}

QString configDirectory() { return directory("HANDOVER_CONFIG_DIR", QStandardPaths::GenericConfigLocation); }

} // namespace handover::settings

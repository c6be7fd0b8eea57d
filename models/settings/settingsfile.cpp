// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings/settingsfile.h"

#include "models/settings/directories.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace handover::settings {

QString settingsFile() { return configDirectory() + u"/handover.ini"_s; }

Result<void> written(QSettings &ini)
{
    QDir().mkpath(configDirectory());
    ini.sync();
    if (ini.status() != QSettings::NoError)
        return failure(u"settings.write"_s, u"The settings could not be written to %1."_s.arg(settingsFile()),
                       u"Check that you may write there and that the disk is not full."_s);
    return {};
}

} // namespace handover::settings

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings/usersettings.h"

#include "models/settings/directories.h"

#include <QCryptographicHash>
#include <QDir>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace handover::settings {

namespace {

constexpr qsizetype MostTestVersions = 100;

QString file() { return configDirectory() + u"/handover.ini"_s; }

// A path can't be a key: its slashes would be groups.
QString testVersionsKey(const QString &project, const QString &app)
{
    const auto hash = QCryptographicHash::hash((project + u'\n' + app).toUtf8(), QCryptographicHash::Sha1);
    return u"testVersions/"_s + QString::fromLatin1(hash.toHex());
}

} // namespace

QList<ServerEntry> UserSettings::servers()
{
    QSettings ini(file(), QSettings::IniFormat);
    QList<ServerEntry> servers;
    const int count = ini.beginReadArray(u"servers"_s);
    for (int i = 0; i < count; ++i) {
        ini.setArrayIndex(i);
        ServerEntry entry{ini.value(u"name"_s).toString(), ini.value(u"address"_s).toString(),
                          ini.value(u"identityFile"_s).toString()};
        if (!entry.name.isEmpty() && !entry.address.isEmpty())
            servers += entry;
    }
    return servers;
}

Result<void> UserSettings::saveServers(const QList<ServerEntry> &servers)
{
    QDir().mkpath(configDirectory());
    QSettings ini(file(), QSettings::IniFormat);
    ini.remove(u"servers"_s);
    ini.beginWriteArray(u"servers"_s, static_cast<int>(servers.size()));
    for (int i = 0; i < servers.size(); ++i) {
        ini.setArrayIndex(i);
        ini.setValue(u"name"_s, servers[i].name);
        ini.setValue(u"address"_s, servers[i].address);
        if (!servers[i].identityFile.isEmpty())
            ini.setValue(u"identityFile"_s, servers[i].identityFile);
    }
    ini.endArray();
    ini.sync();
    if (ini.status() != QSettings::NoError)
        return failure(u"settings.write"_s, u"The settings could not be written to %1."_s.arg(file()),
                       u"Check that you may write there and that the disk is not full."_s);
    return {};
}

QString UserSettings::lastProject() { return QSettings(file(), QSettings::IniFormat).value(u"lastProject"_s).toString(); }

void UserSettings::setLastProject(const QString &path)
{
    QDir().mkpath(configDirectory());
    QSettings(file(), QSettings::IniFormat).setValue(u"lastProject"_s, path);
}

bool UserSettings::listsByDate() { return QSettings(file(), QSettings::IniFormat).value(u"versionsByDate"_s).toBool(); }

void UserSettings::setListsByDate(bool byDate)
{
    QDir().mkpath(configDirectory());
    QSettings(file(), QSettings::IniFormat).setValue(u"versionsByDate"_s, byDate);
}

QStringList UserSettings::testVersions(const QString &project, const QString &app)
{
    const QSettings ini(file(), QSettings::IniFormat);
    const QStringList versions = ini.value(testVersionsKey(project, app)).toStringList();
    return versions.first(qMin(versions.size(), MostTestVersions));
}

void UserSettings::setTestVersions(const QString &project, const QString &app, const QStringList &versions)
{
    QDir().mkpath(configDirectory());
    QSettings ini(file(), QSettings::IniFormat);
    if (versions.isEmpty())
        ini.remove(testVersionsKey(project, app));
    else
        ini.setValue(testVersionsKey(project, app), versions.first(qMin(versions.size(), MostTestVersions)));
}

} // namespace handover::settings

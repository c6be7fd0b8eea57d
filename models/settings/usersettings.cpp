// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings/usersettings.h"

#include "models/settings/settingsfile.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace handover::settings {

namespace {

constexpr qsizetype MostTestVersions = 100;

// A path can't be a key: its slashes would be groups.
QString testVersionsKey(const QString &project, const QString &app)
{
    const auto hash = QCryptographicHash::hash((project + u'\n' + app).toUtf8(), QCryptographicHash::Sha1);
    return u"testVersions/"_s + QString::fromLatin1(hash.toHex());
}

// What is empty isn't written, and what isn't written, as by older versions, is read as empty.
constexpr std::pair<QLatin1StringView, QString ServerEntry::*> serverTexts[] = {
    {"name"_L1, &ServerEntry::name},   {"address"_L1, &ServerEntry::address}, {"identityFile"_L1, &ServerEntry::identityFile},
    {"runAs"_L1, &ServerEntry::runAs}, {"group"_L1, &ServerEntry::group},     {"environment"_L1, &ServerEntry::environment}};
constexpr auto KeepsSecrets = "keepsSecrets"_L1;

} // namespace

bool isProduction(const QString &environment)
{
    const QString word = environment.trimmed().toLower();
    return word == "production"_L1 || word == "prod"_L1 || word == "live"_L1;
}

QList<ServerEntry> UserSettings::servers()
{
    QSettings ini(settingsFile(), QSettings::IniFormat);
    QList<ServerEntry> servers;
    const int count = ini.beginReadArray(u"servers"_s);
    for (int i = 0; i < count; ++i) {
        ini.setArrayIndex(i);
        ServerEntry entry;
        for (const auto &[key, text] : serverTexts)
            entry.*text = ini.value(key).toString();
        entry.keepsSecrets = ini.value(KeepsSecrets).toBool();
        if (!entry.name.isEmpty() && !entry.address.isEmpty())
            servers += entry;
    }
    return servers;
}

Result<void> UserSettings::saveServers(const QList<ServerEntry> &servers)
{
    QSettings ini(settingsFile(), QSettings::IniFormat);
    ini.remove(u"servers"_s);
    ini.beginWriteArray(u"servers"_s, static_cast<int>(servers.size()));
    for (int i = 0; i < servers.size(); ++i) {
        ini.setArrayIndex(i);
        for (const auto &[key, text] : serverTexts) {
            if (!(servers[i].*text).isEmpty())
                ini.setValue(key, servers[i].*text);
        }
        if (servers[i].keepsSecrets)
            ini.setValue(KeepsSecrets, true);
    }
    ini.endArray();
    return written(ini);
}

QString UserSettings::lastProject()
{
    return QSettings(settingsFile(), QSettings::IniFormat).value(u"lastProject"_s).toString();
}

void UserSettings::setLastProject(const QString &path)
{
    QSettings ini(settingsFile(), QSettings::IniFormat);
    ini.setValue(u"lastProject"_s, path);
    (void)written(ini);
}

bool UserSettings::listsByDate()
{
    return QSettings(settingsFile(), QSettings::IniFormat).value(u"versionsByDate"_s).toBool();
}

void UserSettings::setListsByDate(bool byDate)
{
    QSettings ini(settingsFile(), QSettings::IniFormat);
    ini.setValue(u"versionsByDate"_s, byDate);
    (void)written(ini);
}

QStringList UserSettings::testVersions(const QString &project, const QString &app)
{
    const QSettings ini(settingsFile(), QSettings::IniFormat);
    const QStringList versions = ini.value(testVersionsKey(project, app)).toStringList();
    return versions.first(qMin(versions.size(), MostTestVersions));
}

void UserSettings::setTestVersions(const QString &project, const QString &app, const QStringList &versions)
{
    QSettings ini(settingsFile(), QSettings::IniFormat);
    if (versions.isEmpty())
        ini.remove(testVersionsKey(project, app));
    else
        ini.setValue(testVersionsKey(project, app), versions.first(qMin(versions.size(), MostTestVersions)));
    (void)written(ini);
}

} // namespace handover::settings

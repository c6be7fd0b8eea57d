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
    QSettings ini(file(), QSettings::IniFormat);
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
    QDir().mkpath(configDirectory());
    QSettings ini(file(), QSettings::IniFormat);
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

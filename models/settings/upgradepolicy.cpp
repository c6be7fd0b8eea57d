// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings/upgradepolicy.h"

#include "models/settings/directories.h"

#include <QDir>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace handover::settings {

namespace {

constexpr int LongestWatch = 24 * 3600;
constexpr int MostProbes = 50;

QString file() { return configDirectory() + u"/handover.ini"_s; }

// A name may have slashes, which would be groups.
QString group(const QString &server) { return u"upgrade/"_s + QString::fromLatin1(server.toUtf8().toHex()); }

} // namespace

QString probeKindName(HealthProbe::Kind kind)
{
    switch (kind) {
    case HealthProbe::Kind::Command: return u"command"_s;
    case HealthProbe::Kind::Tcp: return u"tcp"_s;
    case HealthProbe::Kind::Http: return u"http"_s;
    case HealthProbe::Kind::Expression: return u"expression"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

std::optional<HealthProbe::Kind> probeKind(QStringView name)
{
    using enum HealthProbe::Kind;
    for (const HealthProbe::Kind kind : {Command, Tcp, Http, Expression}) {
        if (name == probeKindName(kind))
            return kind;
    }
    return std::nullopt;
}

UpgradePolicy upgradePolicy(const QString &server)
{
    QSettings ini(file(), QSettings::IniFormat);
    ini.beginGroup(group(server));
    UpgradePolicy policy{qBound(0, ini.value(u"watchSeconds"_s).toInt(), LongestWatch), ini.value(u"goBack"_s).toBool(),
                         ini.value(u"historyThere"_s).toBool(), {}};
    const int count = qMin(ini.beginReadArray(u"probes"_s), MostProbes);
    for (int i = 0; i < count; ++i) {
        ini.setArrayIndex(i);
        const auto kind = probeKind(ini.value(u"kind"_s).toString());
        const QString target = ini.value(u"target"_s).toString();
        if (kind && !target.isEmpty())
            policy.probes += {*kind, target};
    }
    return policy;
}

Result<void> saveUpgradePolicy(const QString &server, const UpgradePolicy &policy)
{
    QDir().mkpath(configDirectory());
    QSettings ini(file(), QSettings::IniFormat);
    ini.beginGroup(group(server));
    ini.remove(QString());
    ini.setValue(u"watchSeconds"_s, policy.watchSeconds);
    ini.setValue(u"goBack"_s, policy.goBack);
    ini.setValue(u"historyThere"_s, policy.historyThere);
    ini.beginWriteArray(u"probes"_s, static_cast<int>(policy.probes.size()));
    for (int i = 0; i < policy.probes.size(); ++i) {
        ini.setArrayIndex(i);
        ini.setValue(u"kind"_s, probeKindName(policy.probes.at(i).kind));
        ini.setValue(u"target"_s, policy.probes.at(i).target);
    }
    ini.endArray();
    ini.sync();
    if (ini.status() != QSettings::NoError)
        return failure(u"settings.write"_s, u"The settings could not be written to %1."_s.arg(file()),
                       u"Check that you may write there and that the disk is not full."_s);
    return {};
}

} // namespace handover::settings

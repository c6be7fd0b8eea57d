// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings/upgradepolicy.h"

#include "models/settings/settingsfile.h"


using namespace Qt::StringLiterals;

namespace handover::settings {

namespace {

constexpr int LongestWatch = 24 * 3600;
constexpr int MostProbes = 50;

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
    QSettings ini(settingsFile(), QSettings::IniFormat);
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
    QSettings ini(settingsFile(), QSettings::IniFormat);
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
    return written(ini);
}

} // namespace handover::settings

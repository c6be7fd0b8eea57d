// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QList>
#include <QString>

#include <optional>

namespace handover::settings {

/// One sign by which the user tells a healthy system.
struct HealthProbe
{
    enum class Kind {
        Command,    ///< a shell command in the release directory on the server; healthy: it exits 0
        Tcp,        ///< HOST:PORT takes a connection from this machine
        Http,       ///< an http or https address answers this machine with a status of 2xx
        Expression, ///< an Erlang expression on the node; healthy: its value is true or ok
    };
    Kind kind = Kind::Command;
    QString target; ///< the command, HOST:PORT, the address, the expression

    friend bool operator==(const HealthProbe &, const HealthProbe &) = default;
};
[[nodiscard]] QString probeKindName(HealthProbe::Kind kind); ///< "command", "tcp", "http", "expression"; untranslated
[[nodiscard]] std::optional<HealthProbe::Kind> probeKind(QStringView name);

/// How an installed release is confirmed on a server, before it is made permanent.
struct UpgradePolicy
{
    int watchSeconds = 0; ///< how long it is watched; 0: not at all
    bool goBack = false;  ///< to what ran before, by itself, when it is not healthy
    bool historyThere = false; ///< what was done is also written to the server, in releases
    QList<HealthProbe> probes; ///< besides that the node stays up and runs what was installed

    friend bool operator==(const UpgradePolicy &, const UpgradePolicy &) = default;
};

/// Kept with the settings, by the server's name. Reads and writes the file at each call.
[[nodiscard]] UpgradePolicy upgradePolicy(const QString &server);
[[nodiscard]] Result<void> saveUpgradePolicy(const QString &server, const UpgradePolicy &policy);

} // namespace handover::settings

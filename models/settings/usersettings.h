// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace handover::settings {

/// A server the user named. Never holds a secret.
struct ServerEntry
{
    QString name;
    QString address;        ///< ssh://…
    QString identityFile{}; ///< empty: the agent's and ssh_config's keys
    QString runAs{};        ///< who the release belongs to, where that is not who logs in
    QString group{};
    QString environment{};  ///< "production", "staging", or any other word
    bool keepsSecrets = false; ///< in the desktop's keychain

    friend bool operator==(const ServerEntry &, const ServerEntry &) = default;
};

/// Whether people depend on what runs there: production, prod, live, in any case.
[[nodiscard]] bool isProduction(const QString &environment);

/// What the user chose, kept in handover.ini in the configuration directory. Reads and writes the
/// file at each call, so two programs don't overwrite each other's settings with old ones.
class UserSettings
{
public:
    [[nodiscard]] static QList<ServerEntry> servers();
    [[nodiscard]] static Result<void> saveServers(const QList<ServerEntry> &servers);

    [[nodiscard]] static QString lastProject();
    static void setLastProject(const QString &path);

    /// Whether versions are listed by date instead of by version.
    [[nodiscard]] static bool listsByDate();
    static void setListsByDate(bool byDate);

    /// Versions to try against the rules of an application of a project; at most 100 are kept.
    [[nodiscard]] static QStringList testVersions(const QString &project, const QString &app);
    static void setTestVersions(const QString &project, const QString &app, const QStringList &versions);
};

} // namespace handover::settings

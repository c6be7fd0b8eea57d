// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/changes/modulefacts.h"

#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace handover::changes {

enum class Change { Same, Added, Removed, Changed };
[[nodiscard]] QString changeName(Change change); ///< "same", "added", "removed", "changed"; untranslated

/// A module that is not the same in two versions of its application.
struct ModuleDifference
{
    QByteArray name;
    Change change = Change::Changed;
    std::optional<ModuleFacts> older; ///< unless added
    std::optional<ModuleFacts> newer; ///< unless removed
    bool initChanged = false;         ///< of a supervisor, as far as builds tell: another init/1
    QByteArray olderPath;             ///< of the source in the older tag's tree; empty if it isn't known
    QByteArray newerPath;

    [[nodiscard]] const ModuleFacts &facts() const { return newer ? *newer : *older; } ///< the newer ones, if there are any
    [[nodiscard]] QByteArrayList addedExports() const;   ///< "f/1"
    [[nodiscard]] QByteArrayList removedExports() const;
    [[nodiscard]] bool isNative() const { return (older && older->native) || (newer && newer->native); }
    /// Records that both versions have with other fields, in words: "state: +step, −tick".
    [[nodiscard]] QStringList recordChanges() const;
};

/// An application of either version.
struct AppDifference
{
    QByteArray name;
    QString from; ///< its vsn; empty where it isn't there
    QString to;
    Change change = Change::Same;
    bool looked = true;               ///< whether its modules could be compared
    QList<ModuleDifference> modules;  ///< that differ, sorted by name
    QStringList files;                ///< others that differ, below the application, sorted
    QSet<QByteArray> olderModules;    ///< all it has
    QSet<QByteArray> newerModules;

    [[nodiscard]] bool vsnBumped() const { return from != to; }
    /// It differs under one vsn: an upgrade would leave its old code running.
    [[nodiscard]] bool isForgotten() const { return change == Change::Changed && from == to; }
    [[nodiscard]] const ModuleDifference *module(QByteArrayView name) const;
};

/// A configuration file of the release.
struct FileDifference
{
    QString path;
    Change change = Change::Changed;
    QByteArray older;
    QByteArray newer;
};

/// What differs between two versions.
struct Differences
{
    enum class Basis {
        Sources, ///< files in git: what a compiler makes of them isn't known yet
        Builds,
    };
    Basis basis = Basis::Sources;
    QList<AppDifference> apps;    ///< all of both versions, sorted by name
    QList<FileDifference> files;  ///< of the configuration, sorted
    QString ertsFrom;             ///< empty with Sources
    QString ertsTo;

    [[nodiscard]] const AppDifference *app(QByteArrayView name) const;
};

} // namespace handover::changes

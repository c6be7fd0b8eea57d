// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/pairs/dice.h"
#include "tests/pairs/value.h"

#include <QMap>
#include <QSet>

#include <optional>

namespace handover::pairs {

/// What the .app of one version of an application says.
struct AppVersion
{
    QString vsn;
    QStringList modules;
    QStringList uses;
    QStringList optional;
    QStringList includes;
    QStringList registered;
    QList<Value> otherKeys;
};

/// An application of a .rel.
struct Entry
{
    QString vsn; ///< empty: the release doesn't have it
    QString type;
    std::optional<QStringList> includes;
};

struct App
{
    QString name;
    bool core = false;
    bool installed = false; ///< the new release takes it from the Erlang that runs
    QList<AppVersion> versions;
    QList<Entry> entries; ///< by release

    [[nodiscard]] const AppVersion *version(const QString &vsn) const;
    [[nodiscard]] const AppVersion *in(qsizetype release) const;
    [[nodiscard]] bool isIn(qsizetype release) const { return !entries[release].vsn.isEmpty(); }
    /// In both that release and the new one, with different versions.
    [[nodiscard]] bool changedSince(qsizetype base) const;
};

struct ReleaseFile
{
    QString file; ///< without .rel
    QString name;
    QString vsn;
    QString erts;
    QStringList order; ///< of its applications
};

/// A rule of an appup.
struct Rule
{
    Value pattern;
    Value script;        ///< a list of instructions, unless there is a fault
    QString forVsn;      ///< the version it is written for; empty: it should take none
    QSet<QString> forms; ///< of the instructions
    bool isPair = true;  ///< false: pattern is written alone
};

struct Appup
{
    Value vsn;
    QList<Rule> up;
    QList<Rule> down;
};

/// A release to come from or to go to.
struct Target
{
    qsizetype release = 1;
    std::optional<Value> description;
    bool asAtom = false;
};

/// A system in several releases, [0] being the new one, and how the relup between them is asked for.
struct World
{
    QList<App> apps;
    QList<ReleaseFile> releases;
    QMap<QString, Appup> appups; ///< by application, of its newest version
    QList<Target> up;
    QList<Target> down;
    QString tree;    ///< where an application lies, "lib/%1-%2/ebin"; %3: the release's vsn
    QString besides; ///< an application that lies in the current directory instead
    QStringList path;
    bool restartEmulator = false;
    bool warningsAsErrors = false;
    QSet<QString> features;
    QMap<QString, Value> terms;                     ///< of files that say something else instead
    QMap<QString, std::optional<QByteArray>> files; ///< bytes of files instead; nothing: it isn't there

    [[nodiscard]] App *app(const QString &name);
    [[nodiscard]] const App *app(const QString &name) const;
    /// Applications, not Erlang's own, that changed since the first base.
    [[nodiscard]] QStringList changed() const;
    /// Where a version of the application lies; in a tree by releases once in each that has it.
    [[nodiscard]] QStringList directories(const App &app, const QString &vsn) const;
};

/// Versions of the applications of the Erlang that runs.
using Installed = QMap<QString, QString>;

/// Applications and releases, no appups yet.
[[nodiscard]] World makeWorld(Dice &dice, const Installed &installed);

/// The appups of all changed applications.
void addAppups(World &world, Dice &dice);

/// Where the file of a release lies.
[[nodiscard]] QString relFile(const World &world, qsizetype release);

[[nodiscard]] Value relValue(const World &world, qsizetype release, Dice &dice);
[[nodiscard]] Value appValue(const App &app, const AppVersion &version, Dice &dice);
[[nodiscard]] Value appupValue(const Appup &appup);

/// The .rel, .app and .appup files of the world; each is laid out in another way.
[[nodiscard]] QMap<QString, QByteArray> filesOf(World &world, Dice &dice);

} // namespace handover::pairs

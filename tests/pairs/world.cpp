// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/world.h"

#include "tests/pairs/applications.h"
#include "tests/pairs/oddvalues.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::pairs {

const AppVersion *App::version(const QString &vsn) const
{
    const auto found = std::ranges::find(versions, vsn, &AppVersion::vsn);
    return found == versions.end() ? nullptr : &*found;
}

const AppVersion *App::in(qsizetype release) const { return version(entries[release].vsn); }

bool App::changedSince(qsizetype base) const
{
    return isIn(0) && isIn(base) && entries[0].vsn != entries[base].vsn;
}

App *World::app(const QString &name)
{
    const auto found = std::ranges::find(apps, name, &App::name);
    return found == apps.end() ? nullptr : &*found;
}

const App *World::app(const QString &name) const
{
    const auto found = std::ranges::find(apps, name, &App::name);
    return found == apps.end() ? nullptr : &*found;
}

QStringList World::changed() const
{
    QStringList names;
    for (const App &app : apps) {
        if (!app.core && app.changedSince(1))
            names += app.name;
    }
    return names;
}

QStringList World::directories(const App &app, const QString &vsn) const
{
    if (app.name == besides)
        return {u"."_s};
    QStringList found;
    for (qsizetype release = 0; release < releases.size(); ++release) {
        QString directory = tree;
        directory.replace(u"%1"_s, app.name).replace(u"%2"_s, vsn).replace(u"%3"_s, releases[release].vsn);
        if (app.entries[release].vsn == vsn && !found.contains(directory))
            found += directory;
    }
    return found;
}

namespace {

void addReleases(World &world, Dice &dice, const Plan &plan)
{
    const QString erts = dice.pick({u"13.1.5"_s, u"12.3"_s, u"5.9"_s, u"15.2.7"_s});
    const QString name = dice.pick({u"demo"_s, u"demo"_s, u"relname"_s, u""_s, u"näme"_s, u"дом"_s});
    const QString folder = dice.pick({u""_s, u""_s, u""_s, u"releases/%1/"_s});
    const bool byPath = folder.isEmpty() && dice.chance(10);
    const QStringList vsns{u"2.0"_s, u"1.0"_s, u"0.9"_s, u"0.8-beta"_s};
    for (qsizetype release = 0; release <= plan.bases; ++release) {
        ReleaseFile file;
        file.file = folder.contains(u'%') ? folder.arg(vsns[release]) : folder;
        file.file += QStringList{u"new"_s, u"old"_s, u"older"_s, u"oldest"_s}[release];
        file.name = name;
        file.vsn = vsns[release];
        const bool other = release > 0 && dice.chance(plan.oldSasl ? 80 : 22);
        file.erts = other ? erts + u".1"_s : erts;
        if (other)
            world.features += u"other erts"_s;
        QStringList core;
        QStringList user;
        for (const App &app : std::as_const(world.apps)) {
            if (app.isIn(release))
                (app.core ? core : user) += app.name;
        }
        file.order = dice.chance(70) ? core + dice.shuffled(user) : dice.shuffled(core + user);
        world.releases += file;
    }
    if (byPath) {
        world.features += u"releases found by the path"_s;
        world.path += u"rels"_s;
    }
}

void choosePath(World &world, Dice &dice)
{
    const App &last = world.apps.constLast();
    if (last.versions.size() == 1 && dice.chance(15)) {
        world.besides = last.name;
        world.features += u"application in the current directory"_s;
    }
    switch (dice.weighted({70, 20, 10})) {
    case 1:
        world.tree = u"rel/%3/lib/%1-%2/ebin"_s;
        world.path += dice.pick({u"rel/*/lib/*/ebin"_s, u"./rel/*/lib/*-*/ebin"_s});
        break;
    case 2:
        world.tree = u"ebins/%1-%2"_s;
        world.path += dice.pick({u"ebins/*"_s, u"e*/*"_s});
        break;
    default:
        world.tree = u"lib/%1-%2/ebin"_s;
        if (dice.chance(15)) {
            world.features += u"path without wildcards"_s;
            for (const App &app : std::as_const(world.apps)) {
                for (const AppVersion &version : app.versions)
                    world.path += world.directories(app, version.vsn);
            }
            break;
        }
        world.path +=
            dice.pick({u"lib/*/ebin"_s, u"lib/*/ebin"_s, u"*/*/ebin"_s, u"lib/*-*/ebin"_s, u"./lib/*/ebin"_s,
                       u"lib/*/ebin/"_s, u"l*b//*/eb*"_s, u"lib/*/*"_s, u"lib/.*/ebin"_s, u"l.b*/*/ebin"_s,
                       u"lib/*.*/ebin"_s, u"lib/[a-z]*/ebin"_s});
        if (dice.chance(15))
            dice.insertSomewhere(world.path, dice.pick({u"nowhere/*/ebin"_s, u"lib/?/ebin"_s, u"no*"_s,
                                                        u"new.rel"_s, u"lib"_s, u"*"_s}));
        break;
    }
}

void chooseTargets(World &world, Dice &dice)
{
    QList<qsizetype> bases;
    for (qsizetype base = 1; base < world.releases.size(); ++base)
        bases += base;
    if (bases.size() > 1)
        world.features += u"several bases"_s;
    const auto targets = [&](const QList<qsizetype> &wanted) {
        QList<Target> made;
        for (const qsizetype base : wanted) {
            Target target{.release = base, .description = {}, .asAtom = dice.chance(20)};
            if (dice.chance(30)) {
                target.description = oddValue(dice, 2);
                world.features += u"description"_s;
            }
            made += target;
        }
        return made;
    };
    QList<qsizetype> from = dice.chance(50) ? bases : dice.shuffled(bases);
    if (dice.chance(4)) {
        world.features += u"base twice"_s;
        from += dice.pick(from);
    }
    world.up = targets(from);
    if (dice.chance(7))
        world.features += u"no way down"_s;
    else
        world.down = targets(dice.shuffled(bases));
    if (world.down.size() > 1 && dice.chance(10))
        world.down.removeLast();
    world.restartEmulator = dice.chance(8);
    if (world.restartEmulator)
        world.features += u"option restart_emulator"_s;
}

} // namespace

World makeWorld(Dice &dice, const Installed &installed)
{
    Plan plan;
    plan.bases = dice.weighted({0, 75, 18, 7});
    plan.oldSasl = dice.chance(5);
    plan.coreChanges = dice.chance(18);
    plan.usesInstalled = dice.chance(8);

    World world;
    addApplications(world, dice, plan, installed);
    addReleases(world, dice, plan);
    choosePath(world, dice);
    chooseTargets(world, dice);
    if (plan.oldSasl)
        world.features += u"sasl before R15"_s;
    if (plan.coreChanges)
        world.features += u"other kernel, stdlib or sasl"_s;
    if (plan.usesInstalled && !installed.isEmpty())
        world.features += u"the applications of the Erlang that runs"_s;
    return world;
}

} // namespace handover::pairs

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/applications.h"

#include "tests/pairs/oddvalues.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

namespace {

QString moduleName(Dice &dice, int style, const QString &app, qsizetype number)
{
    const QString digits = QString::number(number);
    switch (style) {
    case 1:
        return u"Elixir.My."_s + app + u".M"_s + digits;
    case 2:
        return u"odd-"_s + app + u' ' + digits;
    case 3:
        return u"мод_"_s + app + digits;
    case 4:
        return u"é"_s + app + digits;
    default:
        return app + dice.pick({u"_m"_s, u"_srv"_s, u"_sup"_s, u"_lib"_s}) + digits;
    }
}

QStringList moduleNames(Dice &dice, const QString &app)
{
    const int style = int(dice.weighted({80, 6, 4, 5, 5}));
    const qsizetype count = dice.chance(80) ? dice.between(2, 8) : dice.between(4, 16);
    QStringList names;
    for (qsizetype number = 1; number <= count; ++number)
        names += moduleName(dice, style, app, number);
    return names;
}

// ---- versions -----------------------------------------------------------------------------------

/// Versions that no application of an Erlang has; the old ones of an installed application are such
/// that its own appup takes them.
QString coreVersion(const QString &name, bool older, bool installed)
{
    if (installed)
        return name == "kernel"_L1 ? u"10.0.1.777"_s : name == "stdlib"_L1 ? u"6.0.1.777"_s : u"4.2.1.777"_s;
    if (name == "kernel"_L1)
        return older ? u"8.777.3"_s : u"8.777.4"_s;
    if (name == "stdlib"_L1)
        return older ? u"4.777.1"_s : u"4.777.2"_s;
    return older ? u"4.777"_s : u"4.777.2"_s;
}

App coreApp(Dice &dice, const Plan &plan, const QString &name, const Installed &installed)
{
    App app{.name = name,
            .core = true,
            .installed = plan.usesInstalled && installed.contains(name),
            .versions = {},
            .entries = {}};
    const bool older = (plan.coreChanges && dice.chance(65)) || (plan.oldSasl && name == "sasl"_L1);
    const QString present = app.installed ? installed.value(name) : coreVersion(name, false, false);
    const QString past = plan.oldSasl && name == "sasl"_L1 ? dice.pick({u"2.1.10"_s, u"2.1"_s, u"10.0"_s})
                                                           : coreVersion(name, true, app.installed);
    app.entries += Entry{present, u"permanent"_s, {}};
    for (qsizetype base = 1; base <= plan.bases; ++base) {
        const bool changed = older && dice.chance(85);
        app.entries += Entry{changed ? past : present, u"permanent"_s, {}};
    }
    if (name == "sasl"_L1 && dice.chance(10))
        app.entries[0].type = dice.pick({u"temporary"_s, u"load"_s, u"none"_s});

    const QMap<QString, QStringList> modules{{u"kernel"_s, {u"application"_s, u"code"_s, u"file"_s}},
                                             {u"stdlib"_s, {u"lists"_s, u"gen_server"_s, u"ets"_s}},
                                             {u"sasl"_s, {u"release_handler"_s, u"systools_rc"_s}}};
    QStringList uses;
    if (name != "kernel"_L1)
        uses += u"kernel"_s;
    if (name == "sasl"_L1)
        uses += u"stdlib"_s;
    for (const QString &vsn : {present, past}) {
        if (!(app.installed && vsn == present))
            app.versions += AppVersion{.vsn = vsn,
                                       .modules = modules[name],
                                       .uses = uses,
                                       .optional = {},
                                       .includes = {},
                                       .registered = {},
                                       .otherKeys = {}};
    }
    return app;
}

QString newVersion(Dice &dice)
{
    return dice.pick({u"2.5.3"_s, u"1.0.0-rc.1"_s, u"0.2.0"_s, u"10.0"_s, u"2"_s, u"1.4.0+build.7"_s,
                      u"2024.01.15"_s, u"v3.1"_s, u"1.1.1a"_s, u"git-ab12"_s, u"3.0-é"_s, u"3.0-д"_s});
}

QStringList oldVersions(Dice &dice)
{
    return dice.shuffled(QStringList{u"2.5.2"_s, u"2.5"_s, u"1.0"_s, u"0.1.9"_s, u"9.9.9"_s, u"1"_s,
                                     u"1.4.0+build.6"_s, u"2.5.30"_s, u"1.0.0-rc.0"_s, u"v3"_s, u"11.0"_s,
                                     u"1.1.1"_s, u"2.9-é"_s, u"2.9-日本"_s});
}

enum class Fate { Changed, Same, Added, Removed };

QList<Entry> entriesFor(Dice &dice, const Plan &plan, Fate fate)
{
    const QString present = newVersion(dice);
    const QStringList past = oldVersions(dice);
    const QList<QString> types{u"permanent"_s, u"transient"_s, u"temporary"_s, u"load"_s, u"none"_s};
    const QString type = types[dice.weighted({60, 10, 10, 10, 10})];
    QList<Entry> entries{Entry{fate == Fate::Removed ? QString() : present, type, {}}};
    for (qsizetype base = 1; base <= plan.bases; ++base) {
        QString vsn = fate == Fate::Same ? present : past[base - 1];
        if (fate == Fate::Added || (base > 1 && dice.chance(12)))
            vsn.clear();
        else if (base > 1 && dice.chance(15))
            vsn = entries.constLast().vsn; // two bases with the same version
        const QString itsType = dice.chance(15) ? dice.pick(types) : type;
        entries += Entry{vsn, itsType, {}};
    }
    return entries;
}

// ---- what an .app says --------------------------------------------------------------------------

QList<Value> otherKeys(Dice &dice, const QString &app)
{
    const QList<Value> all{
        tuple({atom(u"env"_s), list({tuple({atom(u"key"_s), oddValue(dice, 1)})})}),
        tuple({atom(u"mod"_s), tuple({atom(app + u"_app"_s), list({})})}),
        tuple({atom(u"id"_s), text(u"42"_s)}),
        tuple({atom(u"maxT"_s), atom(u"infinity"_s)}),
        tuple({atom(u"maxP"_s), number(1000)}),
        tuple({atom(u"start_phases"_s), list({tuple({atom(u"go"_s), list({})})})}),
        tuple({atom(u"runtime_dependencies"_s), list({text(u"erts-9.0"_s)})}),
        tuple({atom(u"licenses"_s), list({text(u"Apache-2.0"_s)})}),
        atom(u"stray"_s),
        tuple({atom(u"modules"_s), atom(u"only_the_first_counts"_s)}),
    };
    return dice.some(all, 12);
}

/// Earlier applications that every release has which has this one.
QStringList usable(const QList<App> &earlier, const App &app)
{
    QStringList names;
    for (const App &other : earlier) {
        bool always = !other.core;
        for (qsizetype release = 0; release < app.entries.size(); ++release)
            always = always && (!app.isIn(release) || other.isIn(release));
        if (always)
            names += other.name;
    }
    return names;
}

App userApp(Dice &dice, const Plan &plan, const QString &name, Fate fate, const QList<App> &earlier)
{
    App app{.name = name,
            .core = false,
            .installed = false,
            .versions = {},
            .entries = entriesFor(dice, plan, fate)};
    const QStringList modules = moduleNames(dice, name);
    const QStringList others = usable(earlier, app);
    const bool registers = dice.chance(50);
    for (const Entry &entry : std::as_const(app.entries)) {
        if (entry.vsn.isEmpty() || app.version(entry.vsn))
            continue;
        AppVersion version;
        version.vsn = entry.vsn;
        const QStringList kept =
            modules.first(2) + dice.some(modules.sliced(2), fate == Fate::Changed ? 82 : 100);
        version.modules = dice.chance(3) ? QStringList() : dice.shuffled(kept);
        QStringList uses{u"kernel"_s, u"stdlib"_s};
        uses += dice.some(QStringList{u"sasl"_s}, 25);
        uses += dice.some(others, 35);
        version.uses = dice.shuffled(uses);
        if (registers)
            version.registered = {name + u"_srv"_s};
        version.otherKeys = otherKeys(dice, name);
        app.versions += version;
    }
    return app;
}

void addOptional(World &world, Dice &dice)
{
    if (!dice.chance(12))
        return;
    world.features += u"optional application"_s;
    App &app = world.apps.last();
    for (AppVersion &version : app.versions) {
        const QString other = dice.chance(60) ? u"nowhere_app"_s : world.apps[3].name;
        if (other == app.name || version.uses.contains(other))
            continue;
        version.uses += other;
        version.optional += other;
    }
}

/// One application includes another, or even that a third.
void addIncludes(World &world, Dice &dice)
{
    if (world.apps.size() < 5 || !dice.chance(15))
        return;
    const qsizetype first = dice.between(3, world.apps.size() - 2);
    const bool deep = first + 2 < world.apps.size() && dice.chance(30);
    for (qsizetype inner = first; inner <= first + (deep ? 1 : 0); ++inner) {
        App &outer = world.apps[inner + 1];
        if (!usable({world.apps[inner]}, outer).contains(world.apps[inner].name))
            continue;
        world.features += deep ? u"include in an include"_s : u"included application"_s;
        const bool usesTop = dice.chance(25);
        for (AppVersion &version : world.apps[inner].versions) {
            if (usesTop)
                version.uses += outer.name;
        }
        for (AppVersion &version : outer.versions) {
            version.uses.removeAll(world.apps[inner].name);
            version.includes += world.apps[inner].name;
        }
        for (Entry &entry : outer.entries) {
            if (!entry.vsn.isEmpty() && dice.chance(30))
                entry.includes = dice.some(QStringList{world.apps[inner].name}, 80);
        }
    }
}

} // namespace

void addApplications(World &world, Dice &dice, const Plan &plan, const Installed &installed)
{
    for (const QString &name : {u"kernel"_s, u"stdlib"_s, u"sasl"_s})
        world.apps += coreApp(dice, plan, name, installed);
    const QStringList names =
        dice.shuffled(QStringList{u"alpha"_s, u"beta"_s, u"gamma"_s, u"delta"_s, u"eps"_s, u"my_app"_s,
                                  u"app1"_s, u"zeta"_s, u"дом"_s, u"élan"_s, u"odd-app"_s, u"Elixir.App"_s});
    const QList<Fate> fates{Fate::Changed, Fate::Same, Fate::Added, Fate::Removed};
    const bool many = dice.chance(6);
    if (many)
        world.features += u"many applications"_s;
    for (qsizetype i = 0, count = many ? names.size() : dice.between(2, 6); i < count; ++i) {
        const Fate fate = i == 0 ? Fate::Changed : fates[dice.weighted({58, 14, 14, 14})];
        world.apps += userApp(dice, plan, names[i], fate, world.apps);
    }
    addOptional(world, dice);
    addIncludes(world, dice);
}

} // namespace handover::pairs

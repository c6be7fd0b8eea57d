// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/faults.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

namespace {

/// An application with an .app of its own, in a version that the new release or the first base has.
struct Chosen
{
    App &app;
    AppVersion &version;
};

Chosen someVersion(World &world, Dice &dice)
{
    App &app = someChangedApp(world, dice);
    const QString vsn = app.entries[dice.below(2)].vsn;
    return {app, *std::ranges::find(app.versions, vsn, &AppVersion::vsn)};
}

void replaceApp(World &world, Dice &dice, const std::optional<QByteArray> &bytes)
{
    const Chosen chosen = someVersion(world, dice);
    replaceFile(world, chosen.app, chosen.version.vsn, u".app"_s, bytes);
}

/// Sets a key of the .app, or with nothing takes it away.
void setKey(World &world, Dice &dice, const Chosen &chosen, const QString &key,
            const std::optional<Value> &value)
{
    Value term = appValue(chosen.app, chosen.version, dice);
    QList<Value> &keys = term.items[2].items;
    keys.removeIf([&](const Value &item) { return !item.items.isEmpty() && item.items[0] == atom(key); });
    if (value)
        keys.prepend(tuple({atom(key), *value}));
    replaceTerm(world, chosen.app, chosen.version.vsn, u".app"_s, term);
}

void badKey(World &world, Dice &dice)
{
    const QString key =
        dice.pick({u"modules"_s, u"registered"_s, u"applications"_s, u"env"_s, u"maxT"_s, u"maxP"_s, u"vsn"_s,
                   u"id"_s, u"description"_s, u"mod"_s, u"start_phases"_s, u"included_applications"_s,
                   u"optional_applications"_s});
    const Value value =
        dice.pick({tuple({atom(u"not_good"_s)}), tuple({}), utf8(u"bin"_s),
                   list({text(u"ab"_s), atom(u"c"_s)}), improper({atom(u"a"_s)}, atom(u"b"_s))});
    const Chosen chosen = someVersion(world, dice);
    setKey(world, dice, chosen, key, value);
}

void missingKey(World &world, Dice &dice)
{
    const QString key =
        dice.pick({u"modules"_s, u"registered"_s, u"applications"_s, u"vsn"_s, u"description"_s});
    const Chosen chosen = someVersion(world, dice);
    setKey(world, dice, chosen, key, {});
}

void twiceInKey(World &world, Dice &dice)
{
    const Chosen chosen = someVersion(world, dice);
    const QString key = dice.pick({u"modules"_s, u"registered"_s, u"applications"_s});
    const QStringList names{u"kernel"_s, u"stdlib"_s, u"kernel"_s, u"stdlib"_s, u"kernel"_s};
    setKey(world, dice, chosen, key, atoms(names.first(dice.between(3, 5))));
}

/// Lets each version of two applications do something; both are in all releases that matter.
void inTwo(World &world, Dice &dice, void (*change)(AppVersion &version, const QString &name))
{
    App &app = someChangedApp(world, dice);
    for (AppVersion &version : app.versions)
        change(version, app.name);
    for (App &core : world.apps) {
        for (AppVersion &version : core.versions) {
            if (core.name == "sasl"_L1)
                change(version, core.name);
        }
    }
}

void circle(World &world, Dice &dice)
{
    App &app = someChangedApp(world, dice);
    if (dice.chance(25)) { // on itself
        for (AppVersion &version : app.versions)
            version.uses += app.name;
        return;
    }
    for (App &core : world.apps) {
        if (core.name == "sasl"_L1) {
            for (AppVersion &version : core.versions)
                version.uses += app.name;
        }
    }
    for (AppVersion &version : app.versions) {
        version.uses.removeAll(u"sasl"_s);
        version.uses += u"sasl"_s;
    }
}

} // namespace

QList<Fault> appFaults()
{
    return {
        {u"no .app"_s,
         {u"error_reading"_s},
         [](World &world, Dice &dice) { replaceApp(world, dice, std::nullopt); }},
        {u".app of another version"_s,
         {u"error_reading"_s},
         [](World &world, Dice &dice) {
             const Chosen chosen = someVersion(world, dice);
             setKey(world, dice, chosen, u"vsn"_s, text(chosen.version.vsn + u".99"_s));
         }},
        {u".app that doesn't parse"_s,
         {u"error_reading"_s},
         [](World &world, Dice &dice) {
             replaceApp(world, dice,
                        dice.pick({"{application, foo, [}.\n"_ba, "\n{application,\n foo\n []}.\n"_ba,
                                   "{application, foo, []"_ba, ""_ba, "\"unclosed"_ba}));
         }},
        {u".app of another shape"_s,
         {u"error_reading"_s},
         [](World &world, Dice &dice) {
             replaceApp(
                 world, dice,
                 dice.pick({"{app, foo, []}.\n"_ba, "{application, \"foo\", []}.\n"_ba,
                            "{application, foo, x}.\n"_ba, "[].\n"_ba, "{application, foo, [], []}.\n"_ba}));
         }},
        {u".app is a directory"_s,
         {u"error_reading"_s},
         [](World &world, Dice &dice) {
             const Chosen chosen = someVersion(world, dice);
             replaceFile(world, chosen.app, chosen.version.vsn, u".app"_s, std::nullopt);
             replaceFile(world, chosen.app, chosen.version.vsn, u".app/keep"_s, QByteArray());
         }},
        {u"bad key in an .app"_s, {u"error_reading"_s, u"EXIT"_s}, badKey},
        {u"missing key in an .app"_s, {u"error_reading"_s}, missingKey},
        {u"entry twice in an .app"_s, {u"error_reading"_s}, twiceInKey},
        {u".app of another name"_s,
         {u"bad_application_name"_s},
         [](World &world, Dice &dice) {
             const Chosen chosen = someVersion(world, dice);
             Value term = appValue(chosen.app, chosen.version, dice);
             term.items[1] = atom(u"other_name"_s);
             replaceTerm(world, chosen.app, chosen.version.vsn, u".app"_s, term);
         }},
        {u"several bad .app files"_s,
         {u"error_reading"_s, u"bad_application_name"_s},
         [](World &world, Dice &dice) {
             badKey(world, dice);
             missingKey(world, dice);
             replaceApp(world, dice, std::nullopt);
         }},
        {u"module in two applications"_s,
         {u"duplicate_modules"_s},
         [](World &world, Dice &dice) {
             inTwo(world, dice, [](AppVersion &version, const QString &) { version.modules += u"shared"_s; });
         }},
        {u"name registered twice"_s,
         {u"duplicate_register"_s},
         [](World &world, Dice &dice) {
             inTwo(world, dice,
                   [](AppVersion &version, const QString &) { version.registered += u"shared"_s; });
         }},
        {u"application included twice"_s,
         {u"duplicate_include"_s},
         [](World &world, Dice &dice) {
             inTwo(world, dice,
                   [](AppVersion &version, const QString &) { version.includes += u"kernel"_s; });
         }},
        {u"unknown application used"_s,
         {u"undefined_applications"_s},
         [](World &world, Dice &dice) {
             const Chosen chosen = someVersion(world, dice);
             (dice.chance(70) ? chosen.version.uses : chosen.version.includes) += u"no_such_app"_s;
         }},
        {u"circular applications"_s, {u"circular_dependencies"_s}, circle},
        {u"included application that isn't"_s,
         {u"error_reading"_s},
         [](World &world, Dice &dice) {
             App &app = someChangedApp(world, dice);
             app.entries[dice.below(2)].includes =
                 QStringList{u"kernel"_s, u"stdlib"_s}.first(dice.between(1, 2));
         }},
    };
}

} // namespace handover::pairs

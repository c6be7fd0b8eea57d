// SPDX-License-Identifier: GPL-3.0-or-later
// From a world to the bytes of its files.
#include "tests/pairs/valuewriter.h"
#include "tests/pairs/world.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

QString relFile(const World &world, qsizetype release)
{
    const QString folder = world.path.contains(u"rels"_s) ? u"rels/"_s : QString();
    return folder + world.releases[release].file + u".rel"_s;
}

Value relValue(const World &world, qsizetype release, Dice &dice)
{
    const ReleaseFile &file = world.releases[release];
    QList<Value> applications;
    for (const QString &name : file.order) {
        const Entry &entry = world.app(name)->entries[release];
        QList<Value> items{atom(name), text(entry.vsn)};
        if (entry.type != "permanent"_L1 || dice.chance(40))
            items += atom(entry.type);
        if (entry.includes)
            items += atoms(*entry.includes);
        applications += tuple(items);
    }
    return tagged(u"release"_s, {tuple({text(file.name), text(file.vsn)}),
                                 tagged(u"erts"_s, {text(file.erts)}), list(applications)});
}

Value appValue(const App &app, const AppVersion &version, Dice &dice)
{
    const auto key = [](const QString &name, const Value &value) { return tuple({atom(name), value}); };
    QList<Value> keys{key(u"description"_s, text(u"An application"_s)), key(u"vsn"_s, text(version.vsn)),
                      key(u"modules"_s, atoms(version.modules)),
                      key(u"registered"_s, atoms(version.registered)),
                      key(u"applications"_s, atoms(version.uses))};
    if (!version.optional.isEmpty())
        keys += key(u"optional_applications"_s, atoms(version.optional));
    if (!version.includes.isEmpty() || dice.chance(10))
        keys += key(u"included_applications"_s, atoms(version.includes));
    return tagged(u"application"_s, {atom(app.name), list(dice.shuffled(keys) + version.otherKeys)});
}

Value appupValue(const Appup &appup)
{
    const auto written = [](const QList<Rule> &rules) {
        QList<Value> items;
        for (const Rule &rule : rules)
            items += rule.isPair ? tuple({rule.pattern, rule.script}) : rule.pattern;
        return list(items);
    };
    return tuple({appup.vsn, written(appup.up), written(appup.down)});
}

namespace {

/// What stands before the term: comments that say something of the encoding, or seem to.
QString headOf(bool latin1, Dice &dice, QSet<QString> &features)
{
    if (latin1) {
        features += u"file in Latin-1"_s;
        return dice.pick({u"%% coding: latin-1\n"_s, u"%% -*- coding: latin-1 -*-\n"_s,
                          u"% first line\n%% -*- mode: erlang; coding: latin-1 -*-\n"_s,
                          u"%% coding=latin-1\n"_s});
    }
    return dice.pick({u""_s, u""_s, u"%% coding: utf-8\n"_s, u"%% -*- coding: utf-8 -*-\n%% a comment\n"_s,
                      u"% one\n% two\n%% coding: latin-1 is too late\n"_s, u"\n\n  "_s,
                      u"%% coding: latin-2\n"_s});
}

QString tailOf(Dice &dice, QSet<QString> &features)
{
    if (dice.chance(5)) {
        features += u"more after the term"_s;
        return dice.pick({u".\n{more, [.\n"_s, u".\n\"unclosed\n"_s, u".\nanother_term.\n"_s});
    }
    return dice.pick({u".\n"_s, u".\n"_s, u"."_s, u" .\n"_s, u". % end\n"_s, u"\n.\n%% end\n"_s, u".\r\n"_s});
}

QByteArray written(const Value &value, Dice &dice, QSet<QString> &features)
{
    Layout layout;
    layout.style = dice.pick({Layout::Style::Tight, Layout::Style::Broken, Layout::Style::Broken,
                              Layout::Style::Wild, Layout::Style::Wild});
    layout.latin1 = dice.chance(15);
    ValueWriter writer(dice, layout);
    QString text = headOf(layout.latin1, dice, features);
    text += writer.write(value);
    text += tailOf(dice, features);
    features += writer.features();
    return layout.latin1 ? text.toLatin1() : text.toUtf8();
}

/// The same version may lie in several directories; which one counts is for the path to say.
void addApps(World &world, QMap<QString, Value> &terms, Dice &dice)
{
    for (const App &app : std::as_const(world.apps)) {
        for (const AppVersion &version : app.versions) {
            const QStringList directories = world.directories(app, version.vsn);
            if (directories.size() > 1)
                world.features += u"version in several directories"_s;
            for (const QString &directory : directories) {
                AppVersion here = version;
                if (directories.size() > 1 && dice.chance(20)) {
                    world.features += u"version in several directories that differ"_s;
                    std::ranges::reverse(here.modules);
                }
                terms.insert(directory + u'/' + app.name + u".app"_s, appValue(app, here, dice));
            }
        }
    }
}

/// Directories at the front of the path with what is of no use.
void addObstacles(World &world, QMap<QString, QByteArray> &files, Dice &dice)
{
    if (!dice.chance(15))
        return;
    const QString name = dice.pick(world.apps).name;
    const QString front = u"first/"_s + name + u"/ebin"_s;
    const QString file = front + u'/' + name + u".app"_s;
    world.path.prepend(dice.pick({u"first/*/ebin"_s, front}));
    switch (dice.below(4)) {
    case 0:
    case 1: {
        world.features += u"wrong version first in the path"_s;
        const AppVersion other{.vsn = u"0.0.777"_s,
                               .modules = {},
                               .uses = {},
                               .optional = {},
                               .includes = {},
                               .registered = {},
                               .otherKeys = {}};
        files.insert(file, written(appValue(*world.app(name), other, dice), dice, world.features));
        break;
    }
    case 2:
        world.features += u"broken .app first in the path"_s;
        files.insert(file, dice.pick({"{application, x, [}.\n"_ba, "\"unclosed"_ba, ""_ba}));
        break;
    default:
        world.features += u"directory named .app first in the path"_s;
        files.insert(file + u"/keep"_s, {});
        break;
    }
}

} // namespace

QMap<QString, QByteArray> filesOf(World &world, Dice &dice)
{
    QMap<QString, Value> terms;
    for (qsizetype release = 0; release < world.releases.size(); ++release)
        terms.insert(relFile(world, release), relValue(world, release, dice));
    addApps(world, terms, dice);
    for (auto appup = world.appups.cbegin(); appup != world.appups.cend(); ++appup) {
        const App &app = *world.app(appup.key());
        for (const QString &directory : world.directories(app, app.entries[0].vsn))
            terms.insert(directory + u'/' + app.name + u".appup"_s, appupValue(*appup));
    }
    terms.insert(world.terms);

    QMap<QString, QByteArray> files;
    for (auto term = terms.cbegin(); term != terms.cend(); ++term)
        files.insert(term.key(), written(term.value(), dice, world.features));
    addObstacles(world, files, dice);
    for (auto file = world.files.cbegin(); file != world.files.cend(); ++file) {
        if (*file)
            files.insert(file.key(), **file);
        else
            files.remove(file.key());
    }
    files.removeIf([&](const auto &file) { // a file stands where the directory would
        return file.key().endsWith("/keep"_L1) && files.contains(file.key().chopped(5));
    });
    return files;
}

} // namespace handover::pairs

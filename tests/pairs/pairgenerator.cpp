// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/pairgenerator.h"

#include "tests/pairs/faults.h"
#include "tests/pairs/valuewriter.h"

#include "models/erlang/parser.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

namespace {

/// Of 20 cases these have a fault.
constexpr qsizetype Cycle = 20;
constexpr qsizetype FaultyPerCycle = 7;

const Fault *faultOf(qsizetype index)
{
    const qsizetype place = index * 3 % Cycle; // 3 and 20 have no common factor: mixed with the good ones
    if (place >= FaultyPerCycle)
        return nullptr;
    const qsizetype number = index / Cycle * FaultyPerCycle + place;
    return &allFaults()[number % allFaults().size()];
}

/// Text that needs no knowledge of layouts, for terms that OTP and we get in the call.
QByteArray tight(const Value &value)
{
    Dice unused(0, 0);
    return ValueWriter(unused, {.style = Layout::Style::Tight, .latin1 = false}).write(value).toUtf8();
}

erlang::Term termOf(const Value &value)
{
    const auto term = erlang::parseBareTerm(tight(value));
    return term ? *term : erlang::Term();
}

Value nameValue(const QString &name, bool asAtom) { return asAtom ? atom(name) : text(name); }

Value targetsValue(const World &world, const QList<Target> &targets)
{
    QList<Value> items;
    for (const Target &target : targets) {
        const Value name = nameValue(world.releases[target.release].file, target.asAtom);
        items += target.description ? tuple({name, *target.description}) : name;
    }
    return list(items);
}

QList<relup::Base> bases(const World &world, const QList<Target> &targets)
{
    QList<relup::Base> made;
    for (const Target &target : targets)
        made += relup::Base{world.releases[target.release].file,
                            target.description ? termOf(*target.description) : erlang::Term()};
    return made;
}

/// The options in one of the ways to write them; what isn't the first of its name doesn't count.
Value optionsValue(World &world, Dice &dice)
{
    QList<Value> path;
    for (const QString &directory : std::as_const(world.path))
        path += dice.chance(15) ? atom(directory) : text(directory);
    QList<Value> options{tuple({atom(u"path"_s), list(path)})};
    const auto flag = [&](const QString &name, bool on) {
        if (on)
            options += dice.chance(50) ? atom(name) : tuple({atom(name), atom(u"true"_s)});
        else if (dice.chance(5))
            options += tuple({atom(name), atom(u"false"_s)});
    };
    flag(u"restart_emulator"_s, world.restartEmulator);
    flag(u"warnings_as_errors"_s, world.warningsAsErrors);
    if (dice.chance(10))
        options += dice.pick({atom(u"no_option"_s), tuple({atom(u"no_option"_s), number(1)}), number(7)});
    if (dice.chance(10)) {
        world.features += u"second path"_s;
        options += tuple({atom(u"path"_s), list({text(u"nowhere"_s)})});
    }
    return list(options);
}

/// Forms of the instructions in the rules that are taken, if nothing is wrong.
QSet<QString> formsThatCount(const World &world)
{
    QSet<QString> forms;
    const auto collect = [&](const QList<Target> &targets, QList<Rule> Appup::*rules) {
        for (const Target &target : targets) {
            for (auto appup = world.appups.cbegin(); appup != world.appups.cend(); ++appup) {
                const App &app = *world.app(appup.key());
                for (const Rule &rule : (*appup).*rules) {
                    if (app.changedSince(target.release) && rule.forVsn == app.entries[target.release].vsn)
                        forms += rule.forms;
                }
            }
        }
    };
    collect(world.up, &Appup::up);
    collect(world.down, &Appup::down);
    return forms;
}

} // namespace

Pair makePair(quint64 seed, qsizetype index, const Installed &installed)
{
    Dice dice(seed, quint64(index));
    World world = makeWorld(dice, installed);
    addAppups(world, dice);
    Pair pair;
    if (const Fault *fault = faultOf(index)) {
        fault->apply(world, dice);
        pair.fault = fault->name;
        pair.tags = fault->tags;
    }
    pair.files = filesOf(world, dice);
    const bool topAsAtom = dice.chance(15);
    const QString top = world.releases[0].file;
    pair.call = tight(tuple({nameValue(top, topAsAtom), targetsValue(world, world.up),
                             targetsValue(world, world.down), optionsValue(world, dice)}));
    pair.input = {.top = top,
                  .upFrom = bases(world, world.up),
                  .downTo = bases(world, world.down),
                  .path = world.path,
                  .libPath = {},
                  .restartEmulator = world.restartEmulator,
                  .warningsAsErrors = world.warningsAsErrors};
    pair.forms = formsThatCount(world);
    pair.features = world.features;
    return pair;
}

} // namespace handover::pairs

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/faults.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

QString Site::module() const
{
    const AppVersion *to = app.in(up ? 0 : 1);
    return to->modules.isEmpty() ? u"no_mod"_s : to->modules.constFirst();
}

QString Site::toVsn() const { return app.entries[up ? 0 : 1].vsn; }

void Site::insert(const Value &instruction, Dice &dice) const
{
    dice.insertSomewhere(instructions(), instruction);
}

void Site::removeAtoms(const QString &name) const
{
    instructions().removeIf([&](const Value &instruction) { return instruction == atom(name); });
}

App &someChangedApp(World &world, Dice &dice) { return *world.app(dice.pick(world.changed())); }

Site somewhere(World &world, Dice &dice)
{
    App &app = someChangedApp(world, dice);
    const bool down = std::ranges::contains(world.down, 1, &Target::release) && dice.chance(30);
    Appup &appup = world.appups[app.name];
    QList<Rule> &rules = down ? appup.down : appup.up;
    auto rule = std::ranges::find(rules, app.entries[1].vsn, &Rule::forVsn);
    if (rule == rules.end()) { // another fault took it away
        Rule other;
        other.pattern = text(u"no version"_s);
        other.script = list({});
        other.forVsn = app.entries[1].vsn;
        rule = rules.insert(rules.end(), other);
    }
    return {.world = world, .app = app, .rule = *rule, .up = !down};
}

void replaceFile(World &world, const App &app, const QString &vsn, const QString &suffix,
                 const std::optional<QByteArray> &bytes)
{
    for (const QString &directory : world.directories(app, vsn))
        world.files.insert(directory + u'/' + app.name + suffix, bytes);
}

void replaceTerm(World &world, const App &app, const QString &vsn, const QString &suffix, const Value &term)
{
    for (const QString &directory : world.directories(app, vsn))
        world.terms.insert(directory + u'/' + app.name + suffix, term);
}

namespace {

/// Two at once: which one OTP finds first is a matter of its order of checks.
void two(World &world, Dice &dice)
{
    static const QList<Fault> faults =
        scriptFaults() + instructionFaults() + appupFaults() + appFaults() + relFaults();
    dice.pick(faults).apply(world, dice);
    dice.pick(faults).apply(world, dice);
}

void twoInScripts(World &world, Dice &dice)
{
    static const QList<Fault> faults = scriptFaults() + instructionFaults();
    dice.pick(faults).apply(world, dice);
    dice.pick(faults).apply(world, dice);
}

} // namespace

const QList<Fault> &allFaults()
{
    static const QList<Fault> faults =
        scriptFaults() + instructionFaults() + appupFaults() + appFaults() + relFaults() + mutations() +
        mutations() + mutations() +
        QList<Fault>{{u"two faults"_s, {u"*"_s}, two}, {u"two faults in scripts"_s, {u"*"_s}, twoInScripts}} +
        appupByteFaults();
    return faults;
}

} // namespace handover::pairs

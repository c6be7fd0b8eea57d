// SPDX-License-Identifier: GPL-3.0-or-later
// The appups of a world: for each way between two releases the scripts of all applications at once,
// since modules may depend on each other across applications.
#include "tests/pairs/dependencies.h"
#include "tests/pairs/instructions.h"
#include "tests/pairs/patterns.h"
#include "tests/pairs/world.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

namespace {

/// The script of one application for one way.
struct Script
{
    const App *app = nullptr;
    QString forVsn; ///< of the older release, which the rule is for
    QStringList from;
    QStringList to;
    QString toVsn;
    QList<Step> steps;
    bool restarts = false; ///< the application, instead of changing its modules
};

struct Way
{
    bool up = true;
    qsizetype base = 1;
    qsizetype from = 1;
    qsizetype to = 0;
};

QList<Step> stepsFor(const Script &script, Dice &dice)
{
    QList<Step> steps;
    for (const QString &module : script.to) {
        const bool added = !script.from.contains(module);
        if (!dice.chance(added ? 90 : 75))
            continue;
        const Step::Kind kind = added ? (dice.chance(85) ? Step::Kind::Add : Step::Kind::Load)
                                      : (dice.chance(55) ? Step::Kind::Update : Step::Kind::Load);
        steps += Step{kind, module, {}};
    }
    for (const QString &module : script.from) {
        if (!script.to.contains(module) && dice.chance(85))
            steps += Step{Step::Kind::Delete, module, {}};
    }
    return dice.shuffled(steps);
}

Script scriptFor(const App &app, const Way &way, Dice &dice)
{
    Script script{.app = &app,
                  .forVsn = app.entries[way.base].vsn,
                  .from = {},
                  .to = {},
                  .toVsn = app.entries[way.to].vsn,
                  .steps = {},
                  .restarts = false};
    if (const AppVersion *from = app.in(way.from))
        script.from = from->modules;
    if (const AppVersion *to = app.in(way.to))
        script.to = to->modules;
    if (app.core)
        return script;
    switch (dice.weighted({80, 10, 10})) {
    case 1:
        script.restarts = true;
        break;
    case 2:
        break;
    default:
        script.steps = stepsFor(script, dice);
        break;
    }
    return script;
}

/// Modules that others may depend on although no rule names them.
QStringList modulesBesides(const World &world, const Way &way, const QList<Script> &scripts)
{
    QStringList modules;
    for (const App &app : world.apps) {
        if (app.isIn(way.to) && !app.isIn(way.from) && app.in(way.to))
            modules += app.in(way.to)->modules;
    }
    for (const Script &script : scripts) {
        if (script.restarts)
            modules += script.to;
    }
    return modules;
}

void addDependencies(World &world, const Way &way, QList<Script> &scripts, Dice &dice)
{
    for (Script &script : scripts)
        tie(script.steps, dice, world.features);
    if (world.releases.size() > 2 || !dice.chance(35))
        return;
    QStringList others = modulesBesides(world, way, scripts);
    for (Script &script : scripts) {
        for (Step &step : script.steps) {
            if (others.isEmpty() || !dice.chance(25))
                continue;
            world.features += u"dependency across applications"_s;
            step.dependencies += dice.pick(others);
        }
        for (const Step &step : std::as_const(script.steps))
            others += step.module;
    }
}

// ---- from steps to a list of instructions -------------------------------------------------------

/// For modules that nothing else is done with, but for a script now and then.
QList<Instruction> lowLevel(const Script &script, Dice &dice)
{
    QStringList done;
    for (const Step &step : script.steps)
        done += step.module;
    QList<Instruction> low;
    if (!script.steps.isEmpty() && script.steps.constFirst().kind != Step::Kind::Delete && dice.chance(1))
        low += lowLevelFor(script.steps.constFirst().module, false, script.app->name, script.toVsn, dice);
    for (const QString &module : script.from + script.to) {
        if (done.contains(module) || !dice.chance(25))
            continue;
        done += module;
        low += lowLevelFor(module, !script.to.contains(module), script.app->name, script.toVsn, dice);
    }
    return low;
}

/// Both lists in their order, mixed.
QList<Instruction> mixed(QList<Instruction> left, QList<Instruction> right, Dice &dice)
{
    QList<Instruction> all;
    while (!left.isEmpty() || !right.isEmpty()) {
        const bool takeLeft = right.isEmpty() || (!left.isEmpty() && dice.chance(50));
        all += takeLeft ? left.takeFirst() : right.takeFirst();
    }
    return all;
}

/// Instructions for other applications; once a way, else modules would have two of them.
QList<Instruction> forOthers(const World &world, const Way &way, Dice &dice)
{
    QList<Instruction> found;
    for (const App &app : world.apps) {
        const bool same = !app.core && app.isIn(way.from) && app.isIn(way.to) && !app.changedSince(way.base);
        if (same && dice.chance(30))
            found += dice.chance(60) ? addApplication(app.name, dice)
                                     : Instruction{tagged(u"restart_application"_s, {atom(app.name)}),
                                                   u"restart_application"_s, false};
        else if (app.isIn(way.from) && !app.isIn(way.to) && dice.chance(10))
            found += Instruction{tagged(u"remove_application"_s, {atom(app.name)}), u"remove_application"_s,
                                 false};
    }
    return found;
}

QList<Instruction> coreScript(const Script &script, Dice &dice)
{
    switch (dice.weighted({65, 15, 20})) {
    case 0:
        return {{atom(u"restart_new_emulator"_s), u"restart_new_emulator"_s, false}};
    case 1:
        return {};
    default:
        return {{tagged(u"load_module"_s, {atom(script.to.constFirst())}), u"load_module/2"_s, true}};
    }
}

QList<Instruction> body(const Script &script, Dice &dice)
{
    if (script.app->core)
        return coreScript(script, dice);
    QList<Instruction> made;
    if (script.restarts)
        made += Instruction{tagged(u"restart_application"_s, {atom(script.app->name)}),
                            u"restart_application"_s, false};
    for (const Step &step : script.steps)
        made += instructionFor(step, dice);
    if (!script.restarts)
        made = mixed(made, lowLevel(script, dice), dice);
    for (qsizetype count = dice.weighted({50, 30, 15, 5}); count > 0; --count)
        dice.insertSomewhere(made, aside(dice));
    return made;
}

/// What stands before an explicit point of no return.
QList<Instruction> preparation(const Script &script, Dice &dice)
{
    QList<Instruction> before;
    if (dice.chance(70))
        before += applyOf(u"pre"_s, u"check"_s, {atom(script.app->name)});
    if (!script.to.isEmpty() && dice.chance(40))
        before += loadObjectCode(script.app->name, script.toVsn, {script.to.constFirst()});
    if (dice.chance(20))
        before += applyOf(u"pre"_s, u"check_again"_s, {});
    before = dice.shuffled(before);
    before += Instruction{atom(u"point_of_no_return"_s), u"point_of_no_return"_s, false};
    return before;
}

QList<Value> listed(const QList<Instruction> &instructions, Dice &dice, QSet<QString> &forms)
{
    QList<Value> values;
    QList<Value> nested;
    for (const Instruction &instruction : instructions) {
        forms += instruction.form;
        const bool within =
            !instruction.isShort && instruction.form != "point_of_no_return"_L1 && dice.chance(3);
        if (!within && !nested.isEmpty()) {
            values += list(nested);
            nested.clear();
        }
        if (within) {
            forms += u"list within a script"_s;
            nested += instruction.value;
        } else {
            values += instruction.value;
        }
    }
    if (!nested.isEmpty())
        values += list(nested);
    if (dice.chance(2)) {
        forms += u"[] within a script"_s;
        dice.insertSomewhere(values, list({}));
    }
    return values;
}

Rule ruleFor(const Script &script, const QList<Instruction> &extra, bool exact, Dice &dice,
             QSet<QString> &features)
{
    Rule rule;
    rule.forVsn = script.forVsn;
    rule.pattern = patternFor(script.forVsn, exact, dice, features);
    QList<Instruction> instructions = mixed(body(script, dice), extra, dice);
    if (!script.app->core && dice.chance(12))
        instructions = preparation(script, dice) + instructions;
    rule.script = list(listed(instructions, dice, rule.forms));
    return rule;
}

// ---- appups -------------------------------------------------------------------------------------

void addRules(World &world, const Way &way, Dice &dice)
{
    QList<Script> scripts;
    for (const App &app : std::as_const(world.apps)) {
        if (!app.changedSince(way.base) || app.installed)
            continue;
        const Appup &appup = world.appups[app.name];
        const QList<Rule> &rules = way.up ? appup.up : appup.down;
        if (!std::ranges::contains(rules, app.entries[way.base].vsn, &Rule::forVsn))
            scripts += scriptFor(app, way, dice);
    }
    addDependencies(world, way, scripts, dice);
    QList<Instruction> others = forOthers(world, way, dice);
    for (const Script &script : std::as_const(scripts)) {
        const QList<Instruction> extra = script.app->core ? QList<Instruction>() : others;
        if (!script.app->core)
            others.clear();
        Appup &appup = world.appups[script.app->name];
        QList<Rule> &rules = way.up ? appup.up : appup.down;
        rules += ruleFor(script, extra, world.releases.size() > 2, dice, world.features);
    }
}

/// Rules around those that count.
void surround(QList<Rule> &rules, Dice &dice, QSet<QString> &features)
{
    if (rules.isEmpty())
        return;
    const QString vsn = rules.constFirst().forVsn;
    rules = dice.shuffled(rules);
    for (qsizetype count = dice.weighted({60, 25, 15}); count > 0; --count)
        dice.insertSomewhere(rules, decoyFor(vsn, dice, features));
    if (!dice.chance(25))
        return;
    features += u"rules that come too late"_s;
    Rule late;
    late.pattern = dice.pick({utf8(u".*"_s), text(vsn), utf8(u"(unclosed"_s), bytes("\xff\xfe")});
    late.script = dice.pick({list({}), list({atom(u"nonsense"_s)}), atom(u"not_a_list"_s)});
    rules += late;
}

} // namespace

void addAppups(World &world, Dice &dice)
{
    for (qsizetype base = 1; base < world.releases.size(); ++base) {
        addRules(world, {.up = true, .base = base, .from = base, .to = 0}, dice);
        addRules(world, {.up = false, .base = base, .from = 0, .to = base}, dice);
    }
    for (auto appup = world.appups.begin(); appup != world.appups.end(); ++appup) {
        const QString vsn = world.app(appup.key())->entries[0].vsn;
        appup->vsn = text(vsn);
        if (dice.chance(5)) {
            world.features += u"appup of another version"_s;
            appup->vsn = dice.pick({text(vsn + u".9"_s), atom(vsn), utf8(vsn), tuple({text(vsn)})});
        }
        surround(appup->up, dice, world.features);
        surround(appup->down, dice, world.features);
    }
}

} // namespace handover::pairs

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/instructions.h"

#include "tests/pairs/oddvalues.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

namespace {

Value purge(Dice &dice) { return atom(dice.pick({u"soft_purge"_s, u"brutal_purge"_s})); }

Value timeout(Dice &dice)
{
    return dice.pick({atom(u"default"_s), atom(u"infinity"_s), number(5000), number(1), number(60'000),
                      verbatim(u"$a"_s), verbatim(u"123456789012345678901"_s)});
}

struct Change
{
    Value value;
    QString name;
};

Change change(Dice &dice)
{
    if (dice.chance(35))
        return {atom(u"soft"_s), u"soft"_s};
    return {tagged(u"advanced"_s, {oddValue(dice, 2)}), u"advanced"_s};
}

Instruction updateFor(const Step &step, Dice &dice)
{
    const Value module = atom(step.module);
    const Value dependencies = atoms(step.dependencies);
    const auto made = [](const QString &form, const QList<Value> &rest, bool isShort = false) {
        return Instruction{tagged(u"update"_s, rest), u"update/"_s + form, isShort};
    };
    if (step.dependencies.isEmpty() && dice.chance(45)) {
        switch (dice.below(4)) {
        case 0:
            return made(u"2"_s, {module}, true);
        case 1:
            return made(u"3 supervisor"_s, {module, atom(u"supervisor"_s)}, true);
        case 2:
            return made(u"3 soft"_s, {module, atom(u"soft"_s)}, true);
        default:
            return made(u"3 advanced"_s, {module, tagged(u"advanced"_s, {oddValue(dice, 2)})}, true);
        }
    }
    const Change how = change(dice);
    const Value before = purge(dice);
    const Value after = purge(dice);
    const Value wait = timeout(dice);
    switch (dice.below(5)) {
    case 0:
        return made(u"3 modules"_s, {module, dependencies}, true);
    case 1:
        return made(u"4 "_s + how.name, {module, how.value, dependencies}, true);
    case 2:
        return made(u"6"_s, {module, how.value, before, after, dependencies});
    case 3:
        return made(u"7"_s, {module, wait, how.value, before, after, dependencies});
    default: {
        const QString type = dice.pick({u"static"_s, u"dynamic"_s});
        return made(u"8 "_s + type, {module, atom(type), wait, how.value, before, after, dependencies});
    }
    }
}

Instruction loadFor(const Step &step, Dice &dice)
{
    const Value module = atom(step.module);
    const Value dependencies = atoms(step.dependencies);
    if (step.dependencies.isEmpty() && dice.chance(30))
        return {tagged(u"load_module"_s, {module}), u"load_module/2"_s, true};
    if (dice.chance(40))
        return {tagged(u"load_module"_s, {module, dependencies}), u"load_module/3"_s, true};
    return {tagged(u"load_module"_s, {module, purge(dice), purge(dice), dependencies}), u"load_module/5"_s,
            false};
}

/// add_module and delete_module
Instruction plainFor(const QString &name, const Step &step, Dice &dice)
{
    const Value module = atom(step.module);
    if (step.dependencies.isEmpty() && dice.chance(50))
        return {tagged(name, {module}), name + u"/2"_s, false};
    return {tagged(name, {module, atoms(step.dependencies)}), name + u"/3"_s, false};
}

Instruction onModules(const QString &name, const QString &module)
{
    return {tagged(name, {atoms({module})}), name, false};
}

Instruction onModule(const QString &name, const QString &module, Dice &dice)
{
    return {tagged(name, {tuple({atom(module), purge(dice), purge(dice)})}), name, false};
}

Instruction codeChange(const QString &module, Dice &dice)
{
    const Value changes = list({tuple({atom(module), oddValue(dice, 1)})});
    if (dice.chance(40))
        return {tagged(u"code_change"_s, {changes}), u"code_change/2"_s, false};
    const QString mode = dice.pick({u"up"_s, u"down"_s});
    return {tagged(u"code_change"_s, {atom(mode), changes}), u"code_change/3 "_s + mode, false};
}

} // namespace

Instruction instructionFor(const Step &step, Dice &dice)
{
    switch (step.kind) {
    case Step::Kind::Update:
        return updateFor(step, dice);
    case Step::Kind::Load:
        return loadFor(step, dice);
    case Step::Kind::Add:
        return plainFor(u"add_module"_s, step, dice);
    case Step::Kind::Delete:
        return plainFor(u"delete_module"_s, step, dice);
    }
    return {};
}

Instruction applyOf(const QString &module, const QString &function, const QList<Value> &arguments)
{
    return {tagged(u"apply"_s, {tuple({atom(module), atom(function), list(arguments)})}), u"apply"_s, false};
}

Instruction loadObjectCode(const QString &app, const QString &vsn, const QStringList &modules)
{
    return {tagged(u"load_object_code"_s, {tuple({atom(app), text(vsn), atoms(modules)})}),
            u"load_object_code"_s, false};
}

Instruction addApplication(const QString &app, Dice &dice)
{
    if (dice.chance(30))
        return {tagged(u"add_application"_s, {atom(app)}), u"add_application/2"_s, true};
    const QString type = dice.pick({u"permanent"_s, u"transient"_s, u"temporary"_s, u"load"_s, u"none"_s});
    return {tagged(u"add_application"_s, {atom(app), atom(type)}), u"add_application/3 "_s + type, false};
}

QList<Instruction> lowLevelFor(const QString &module, bool removed, const QString &app, const QString &vsn,
                               Dice &dice)
{
    if (removed)
        return {onModule(u"remove"_s, module, dice), onModules(u"purge"_s, module)};
    const Instruction code = loadObjectCode(app, vsn, {module});
    switch (dice.below(5)) {
    case 0:
        return {code, onModule(u"load"_s, module, dice)};
    case 1:
        return {code, onModules(u"suspend"_s, module), onModule(u"load"_s, module, dice),
                codeChange(module, dice), onModules(u"resume"_s, module)};
    case 2: {
        const Value pair = tuple({atom(module), timeout(dice)});
        const Instruction suspend{tagged(u"suspend"_s, {list({pair})}), u"suspend with timeout"_s, false};
        return {suspend, loadObjectCode(app, vsn, {module, module}), onModule(u"load"_s, module, dice),
                codeChange(module, dice), onModules(u"resume"_s, module)};
    }
    case 3:
        return {onModules(u"stop"_s, module), code, onModule(u"load"_s, module, dice),
                onModules(u"start"_s, module)};
    default:
        return {onModules(u"purge"_s, module)};
    }
}

Instruction aside(Dice &dice)
{
    switch (dice.weighted({60, 6, 6, 5, 5, 1, 1, 4})) {
    case 1: {
        const Value nodes = atoms({u"n1@host"_s, u"n-2@host.example"_s});
        return {tagged(u"sync_nodes"_s, {oddValue(dice, 1), nodes}), u"sync_nodes nodes"_s, false};
    }
    case 2: {
        const Value call = tuple({atom(u"erlang"_s), atom(u"nodes"_s), list({oddValue(dice, 0)})});
        return {tagged(u"sync_nodes"_s, {oddValue(dice, 1), call}), u"sync_nodes call"_s, false};
    }
    case 3:
        return {atom(u"restart_emulator"_s), u"restart_emulator"_s, false};
    case 4:
        return {atom(u"restart_new_emulator"_s), u"restart_new_emulator"_s, false};
    case 5:
        return {atom(u"restart"_s), u"restart"_s, false};
    case 6:
        return {atom(u"reboot"_s), u"reboot"_s, false};
    case 7:
        return loadObjectCode(u"other_lib"_s, dice.pick({u"1.0"_s, QString(), u"é"_s}),
                              {u"x1"_s, u"x2"_s, u"x1"_s});
    default: {
        QList<Value> arguments;
        for (qsizetype count = dice.below(4); count > 0; --count)
            arguments += oddValue(dice, int(dice.between(1, 4)));
        const QString module = dice.pick({u"io"_s, u"my_mod"_s, u"Elixir.Foo"_s});
        return applyOf(module, dice.pick({u"format"_s, u"run"_s, u"do it"_s}), arguments);
    }
    }
}

} // namespace handover::pairs

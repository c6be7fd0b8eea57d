// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/faults.h"
#include "tests/pairs/instructions.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

namespace {

Value onList(const QString &name, const QString &module) { return tagged(name, {atoms({module})}); }

Value brutal() { return atom(u"brutal_purge"_s); }

Value code(const QString &lib, const QString &vsn, const QStringList &modules)
{
    return tagged(u"load_object_code"_s, {tuple({atom(lib), text(vsn), atoms(modules)})});
}

QString coreName(Dice &dice) { return dice.pick({u"kernel"_s, u"stdlib"_s, u"sasl"_s}); }

} // namespace

QList<Fault> scriptFaults()
{
    return {
        {u"dependency without instruction"_s,
         {u"undef_module"_s},
         [](World &world, Dice &dice) {
             const Site site = somewhere(world, dice);
             const QString module = dice.pick({u"a_new_one"_s, site.module()});
             site.insert(tagged(u"add_module"_s, {atom(module + u"_x"_s), atoms({u"not_in_script"_s})}),
                         dice);
         }},
        {u"module twice"_s,
         {u"muldef_module"_s},
         [](World &world, Dice &dice) {
             const Site site = somewhere(world, dice);
             site.insert(tagged(u"add_module"_s, {atom(u"twice"_s)}), dice);
             site.insert(tagged(u"delete_module"_s, {atom(u"twice"_s), list({})}), dice);
         }},
        {u"module of no application"_s,
         {u"no_such_module"_s},
         [](World &world, Dice &dice) {
             somewhere(world, dice)
                 .insert(tagged(u"load_module"_s, {atom(u"no_such_module_anywhere"_s)}), dice);
         }},
        {u"wrong instruction before the point of no return"_s,
         {u"bad_op_before_point_of_no_return"_s},
         [](World &world, Dice &dice) {
             const Site site = somewhere(world, dice);
             site.removeAtoms(u"point_of_no_return"_s);
             const QString module = site.module();
             site.instructions().prepend(atom(u"point_of_no_return"_s));
             site.instructions().prepend(
                 dice.pick({tagged(u"load_module"_s, {atom(module)}), onList(u"suspend"_s, module),
                            atom(u"restart_emulator"_s), atom(u"no_instruction"_s)}));
         }},
        {u"two points of no return"_s,
         {u"too_many_point_of_no_return"_s},
         [](World &world, Dice &dice) {
             const Site site = somewhere(world, dice);
             site.removeAtoms(u"point_of_no_return"_s);
             site.instructions().prepend(atom(u"point_of_no_return"_s));
             site.insert(atom(u"point_of_no_return"_s), dice);
         }},
        {u"load without object code"_s,
         {u"no_object_code"_s},
         [](World &world, Dice &dice) {
             somewhere(world, dice)
                 .insert(tagged(u"load"_s, {tuple({atom(u"never_read"_s), brutal(), brutal()})}), dice);
         }},
        {u"suspended, not resumed"_s,
         {u"suspended_not_resumed"_s},
         [](World &world, Dice &dice) {
             const Value pair = tuple({atom(u"zz"_s), number(5)});
             somewhere(world, dice)
                 .insert(tagged(u"suspend"_s, {list({atom(u"yy"_s), pair, atom(u"yy"_s)})}), dice);
         }},
        {u"resumed, not suspended"_s,
         {u"resumed_not_suspended"_s},
         [](World &world, Dice &dice) {
             somewhere(world, dice).insert(onList(u"resume"_s, u"some_mod"_s), dice);
         }},
        {u"started, not stopped"_s,
         {u"start_not_stop"_s},
         [](World &world, Dice &dice) {
             somewhere(world, dice).insert(onList(u"start"_s, u"some_mod"_s), dice);
         }},
        {u"stopped, not started"_s,
         {u"stop_not_start"_s},
         [](World &world, Dice &dice) {
             somewhere(world, dice).insert(onList(u"stop"_s, u"some_mod"_s), dice);
         }},
        {u"two versions of a library"_s,
         {u"conflicting_versions"_s},
         [](World &world, Dice &dice) {
             const Site site = somewhere(world, dice);
             site.instructions() += code(u"conflict_lib"_s, u"1.0"_s, {u"x1"_s});
             site.instructions() += code(u"conflict_lib"_s, dice.pick({u"1.0.0"_s, QString()}), {u"x2"_s});
         }},
        {u"unknown application added"_s,
         {u"no_such_application"_s},
         [](World &world, Dice &dice) {
             somewhere(world, dice).insert(addApplication(u"nowhere"_s, dice).value, dice);
         }},
        {u"unknown application removed"_s,
         {u"no_such_application"_s},
         [](World &world, Dice &dice) {
             somewhere(world, dice).insert(tagged(u"remove_application"_s, {atom(u"nowhere"_s)}), dice);
         }},
        {u"unknown application restarted"_s,
         {u"no_such_application"_s},
         [](World &world, Dice &dice) {
             somewhere(world, dice).insert(tagged(u"restart_application"_s, {atom(u"nowhere"_s)}), dice);
         }},
        {u"application removed that stays"_s,
         {u"removed_application_present"_s},
         [](World &world, Dice &dice) {
             const QString name = coreName(dice);
             somewhere(world, dice).insert(tagged(u"remove_application"_s, {atom(name)}), dice);
         }},
        {u"script is no list"_s,
         {u"raised"_s},
         [](World &world, Dice &dice) {
             somewhere(world, dice).rule.script =
                 dice.pick({atom(u"not_a_list"_s), tuple({}), number(1), utf8(u"bin"_s)});
         }},
        {u"script is improper"_s,
         {u"raised"_s},
         [](World &world, Dice &dice) {
             const Site site = somewhere(world, dice);
             site.instructions() += atom(u"restart_emulator"_s);
             site.rule.script = improper(site.instructions(), atom(u"tail"_s));
         }},
        {u"script is a string"_s,
         {u"bad_instruction"_s},
         [](World &world, Dice &dice) { somewhere(world, dice).rule.script = text(u"load"_s); }},
        {u"short form in a list"_s,
         {u"bad_instruction"_s},
         [](World &world, Dice &dice) {
             const Site site = somewhere(world, dice);
             const Value module = atom(site.module());
             site.insert(list({dice.pick({tagged(u"load_module"_s, {module}), tagged(u"update"_s, {module}),
                                          tagged(u"add_application"_s, {module}),
                                          list({atom(u"restart_emulator"_s)})})}),
                         dice);
         }},
        {u"improper list in a script"_s,
         {u"raised"_s, u"function_clause"_s, u"bad_instruction"_s},
         [](World &world, Dice &dice) {
             somewhere(world, dice).insert(improper({atom(u"restart_emulator"_s)}, atom(u"tail"_s)), dice);
         }},
    };
}

} // namespace handover::pairs

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/faults.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

namespace {

/// The new release or the first base, both of which are read.
qsizetype someRelease(const World &, Dice &dice) { return dice.chance(50) ? 0 : 1; }

void replaceRel(World &world, Dice &dice, const QList<std::optional<QByteArray>> &choices)
{
    const qsizetype release = someRelease(world, dice);
    world.files.insert(relFile(world, release), dice.pick(choices));
}

/// The .rel's term, to be changed.
Value &relTerm(World &world, Dice &dice)
{
    const qsizetype release = someRelease(world, dice);
    return *world.terms.insert(relFile(world, release), relValue(world, release, dice));
}

void withoutApp(World &world, Dice &dice, const QString &name)
{
    world.releases[someRelease(world, dice)].order.removeAll(name);
}

void addToApps(World &world, Dice &dice, const QList<Value> &choices)
{
    Value &term = relTerm(world, dice);
    const Value chosen = dice.pick(choices);
    dice.insertSomewhere(term.items[3].items, chosen);
}

} // namespace

QList<Fault> relFaults()
{
    return {
        {u"no sasl"_s,
         {u"missing_sasl"_s, u"undefined_applications"_s},
         [](World &world, Dice &dice) { withoutApp(world, dice, u"sasl"_s); }},
        {u"no kernel or stdlib"_s,
         {u"missing_mandatory_app"_s},
         [](World &world, Dice &dice) {
             const QString name = dice.pick({u"kernel"_s, u"stdlib"_s});
             withoutApp(world, dice, name);
         }},
        {u"kernel of another type"_s,
         {u"mandatory_app"_s},
         [](World &world, Dice &dice) {
             const QString name = dice.pick({u"kernel"_s, u"stdlib"_s});
             world.app(name)->entries[someRelease(world, dice)].type =
                 dice.pick({u"temporary"_s, u"load"_s, u"none"_s});
         }},
        {u"no .rel"_s,
         {u"not_found"_s},
         [](World &world, Dice &dice) { replaceRel(world, dice, {std::nullopt}); }},
        {u".rel that doesn't parse"_s,
         {u"parse"_s},
         [](World &world, Dice &dice) {
             replaceRel(world, dice,
                        {"{release,{\"r\",\"1\"},{erts,\"1\"},[{kernel}.\n"_ba,
                         "\n\n{release,\n{\"r\",V},{erts,\"1\"},[]}.\n"_ba, "{a b}.\n"_ba});
         }},
        {u".rel that can't be read"_s,
         {u"read"_s},
         [](World &world, Dice &dice) {
             replaceRel(
                 world, dice,
                 {""_ba, "% nothing\n"_ba, "{release,\"r"_ba, "{release,{\"r\",\"1\"}"_ba, "{\xff}.\n"_ba});
         }},
        {u".rel of another shape"_s,
         {u"badly_formatted_release"_s},
         [](World &world, Dice &dice) {
             replaceRel(world, dice,
                        {"{release,\"r\",{erts,\"1\"},[]}.\n"_ba, "hello.\n"_ba,
                         "{release,{\"r\",\"1\"},{erts,\"1\"},[],[]}.\n"_ba,
                         "{release,{\"r\",\"1\"},{erts,\"1\"},kernel}.\n"_ba,
                         "{release,{\"r\",\"1\"},\"1\",[]}.\n"_ba, "[].\n"_ba});
         }},
        {u"name that is no string"_s,
         {u"illegal_name"_s, u"EXIT"_s},
         [](World &world, Dice &dice) {
             relTerm(world, dice).items[1].items[0] =
                 dice.pick({utf8(u"bin"_s), list({text(u"nested"_s)}), atom(u"relname"_s), number(1),
                            list({number(-1)}), list({utf8(u"x"_s)}), tuple({})});
         }},
        {u"version that is no string"_s,
         {u"illegal_form"_s, u"EXIT"_s},
         [](World &world, Dice &dice) {
             Value &term = relTerm(world, dice);
             Value &version = dice.chance(50) ? term.items[1].items[1] : term.items[2].items[1];
             version = dice.pick({utf8(u"bin"_s), list({text(u"nested"_s)}), atom(u"v"_s), number(1),
                                  verbatim(u"1.0"_s), list({number(1'114'112)}),
                                  improper({number(49)}, number(50))});
         }},
        {u"application that is none"_s,
         {u"illegal_applications"_s, u"EXIT"_s},
         [](World &world, Dice &dice) {
             addToApps(world, dice,
                       {tuple({text(u"x"_s), text(u"1"_s)}), tuple({atom(u"x"_s), number(1)}), atom(u"x"_s),
                        tuple({}), tuple({atom(u"x"_s), text(u"1"_s), atom(u"forever"_s)}),
                        tuple({atom(u"x"_s), utf8(u"1"_s)}),
                        tuple({atom(u"x"_s), text(u"1"_s), atom(u"load"_s), list({number(1)})}),
                        tuple({atom(u"x"_s), text(u"1"_s), list({text(u"y"_s)})}),
                        tuple({atom(u"x"_s), atom(u"v"_s)}),
                        tuple({atom(u"x"_s), text(u"1"_s), improper({atom(u"y"_s)}, atom(u"z"_s))})});
         }},
        {u"improper list of applications"_s,
         {u"EXIT"_s},
         [](World &world, Dice &dice) {
             Value &term = relTerm(world, dice);
             term.items[3] = improper(term.items[3].items, atom(u"tail"_s));
         }},
        {u"application twice"_s,
         {u"*"_s},
         [](World &world, Dice &dice) {
             Value &term = relTerm(world, dice);
             const Value again = dice.pick(term.items[3].items);
             dice.insertSomewhere(term.items[3].items, again);
         }},
        {u"application that lies nowhere"_s,
         {u"error_reading"_s},
         [](World &world, Dice &dice) {
             addToApps(world, dice,
                       {tuple({atom(u"nowhere"_s), text(u"1"_s)}),
                        tuple({atom(u"no-where"_s), text({}), atom(u"load"_s)})});
         }},
        {u"warnings are errors"_s,
         {u"warnings_treated_as_errors"_s},
         [](World &world, Dice &dice) {
             world.warningsAsErrors = true;
             if (dice.chance(60))
                 world.releases[0].erts = u"99.0"_s;
             else
                 world.appups[someChangedApp(world, dice).name].vsn = text(u"77.0"_s);
         }},
    };
}

} // namespace handover::pairs

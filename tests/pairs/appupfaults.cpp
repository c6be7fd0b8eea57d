// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/faults.h"
#include "tests/pairs/patterns.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

namespace {

void replaceAppup(World &world, Dice &dice, const QList<std::optional<QByteArray>> &choices)
{
    const App &app = someChangedApp(world, dice);
    replaceFile(world, app, app.entries[0].vsn, u".appup"_s, dice.pick(choices));
}

/// The appup as a term whose rules for the way up, or if it is read at all, down are these.
void replaceRules(World &world, Dice &dice, const Value &rules)
{
    const App &app = someChangedApp(world, dice);
    Value term = appupValue(world.appups[app.name]);
    const bool down = std::ranges::contains(world.down, 1, &Target::release) && dice.chance(40);
    term.items[down ? 2 : 1] = rules;
    replaceTerm(world, app, app.entries[0].vsn, u".appup"_s, term);
}

} // namespace

QList<Fault> appupFaults()
{
    return {
        {u"no appup"_s,
         {u"file_problem"_s},
         [](World &world, Dice &dice) { replaceAppup(world, dice, {std::nullopt}); }},
        {u"appup is a directory"_s,
         {u"file_problem"_s},
         [](World &world, Dice &dice) {
             const App &app = someChangedApp(world, dice);
             replaceFile(world, app, app.entries[0].vsn, u".appup"_s, std::nullopt);
             replaceFile(world, app, app.entries[0].vsn, u".appup/keep"_s, QByteArray());
         }},
        {u"appup that doesn't parse"_s,
         {u"file_problem"_s},
         [](World &world, Dice &dice) {
             replaceAppup(world, dice,
                          {"{\"1\", [}, []}.\n"_ba, "{\"1\",[],[]\n\n}}.\n"_ba, "{A,[],[]}.\n"_ba,
                           "{\"1\",\n[] []}.\n"_ba, "{\"1\",f(),[]}.\n"_ba, "{\"1\",[],[],}.\n"_ba, ".\n"_ba,
                           "%% c\n\n{\"1\",\n#r{},[]}.\n"_ba, "{\"1\" ++ \"2\",[],[]}.\n"_ba,
                           "{maybe,[],[]}.\n"_ba, "{\"1\",[\n1+2],[]}.\n"_ba, "{\"1\",fun f/1,[]}.\n"_ba,
                           "{\"1\",#{a := 1},[]}.\n"_ba, "{\"1\",<<a>>,[]}.\n"_ba, "{\"1\",- a,[]}.\n"_ba,
                           "{\"1\",[],[]} {}.\n"_ba});
         }},
        {u"appup that can't be read"_s,
         {u"file_problem"_s},
         [](World &world, Dice &dice) {
             replaceAppup(world, dice,
                          {""_ba, "%% only a comment\n"_ba, "{\"1\",[],[]}"_ba, "{\"unclosed,[],[]}.\n"_ba,
                           "{'x,[],[]}.\n"_ba, "{\"1\",[\xff],[]}.\n"_ba, "{\"\xe9\",[],[]}.\n"_ba,
                           "\xef\xbb\xbf{\"1\",[],[]}.\n"_ba, "{16#zz,[],[]}.\n"_ba,
                           "{\"\\x{110000}\",[],[]}.\n"_ba, "{1.0e999,[],[]}.\n"_ba, "{37#1,[],[]}.\n"_ba,
                           "{~x\"1\",[],[]}.\n"_ba, "{\"1\",[],[]}.x\n"_ba, "\n\n   \n"_ba, "{$"_ba,
                           "{\"\"\"1\"\"\",[],[]}.\n"_ba, "%% coding: utf-8\n{\"\xc3\",[],[]}.\n"_ba});
         }},
        {u"appup of another shape"_s,
         {u"file_problem"_s},
         [](World &world, Dice &dice) {
             replaceAppup(world, dice,
                          {"{\"1\",[]}.\n"_ba, "[].\n"_ba, "an_atom. {\"1\",[],[]}.\n"_ba,
                           "{\"1\",[],[],[]}.\n"_ba, "[{\"1\",[],[]}].\n"_ba, "\"text\".\n"_ba,
                           "#{1 => {\"1\",[],[]}}.\n"_ba});
         }},
        {u"rules are no list"_s,
         {u"raised"_s},
         [](World &world, Dice &dice) {
             replaceRules(world, dice, dice.pick({atom(u"rules"_s), tuple({}), number(1), utf8(u"bin"_s)}));
         }},
        {u"rules are improper"_s,
         {u"raised"_s},
         [](World &world, Dice &dice) {
             replaceRules(world, dice, improper({tuple({text(u"7.7.7"_s), list({})})}, atom(u"tail"_s)));
         }},
        {u"no rule takes the version"_s,
         {u"no_relup"_s},
         [](World &world, Dice &dice) {
             Site site = somewhere(world, dice);
             Appup &appup = world.appups[site.app.name];
             QList<Rule> &rules = site.up ? appup.up : appup.down;
             const QString vsn = site.app.entries[1].vsn;
             rules.clear();
             for (qsizetype count = dice.below(4); count > 0; --count)
                 rules += decoyFor(vsn, dice, world.features);
         }},
        {u"regex that doesn't compile"_s,
         {u"raised"_s},
         [](World &world, Dice &dice) {
             Site site = somewhere(world, dice);
             Appup &appup = world.appups[site.app.name];
             Rule rule;
             rule.pattern = dice.pick({utf8(u"(unclosed"_s), utf8(u"*"_s), utf8(u"[a"_s), bytes("\xff\xfe"),
                                       utf8(u"a**"_s), utf8(u"x{2,1}"_s), utf8(u"\\"_s),
                                       utf8(u"(?<n>a)(?<n>b)"_s), utf8(u")"_s), bytes("1\\.\xc3")});
             (site.up ? appup.up : appup.down).prepend(rule);
         }},
    };
}

QList<Fault> appupByteFaults()
{
    return {
        {u"appup that begins with other bytes"_s,
         {u"raised"_s, u"file_problem"_s},
         [](World &world, Dice &dice) {
             replaceAppup(world, dice,
                          {"\xe9{\"1\",[],[]}.\n"_ba, "  \xff\xfe{"_ba, "% c\n\xc3{\"1\",[],[]}.\n"_ba, "\xed\xa0\x80."_ba});
         }},
    };
}

} // namespace handover::pairs

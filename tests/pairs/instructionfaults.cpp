// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/faults.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

namespace {

Value brutal() { return atom(u"brutal_purge"_s); }
Value module(const Site &site) { return atom(site.module()); }

void insertOne(World &world, Dice &dice, QList<Value> (*choices)(const Value &module, const Site &site))
{
    const Site site = somewhere(world, dice);
    const Value chosen = dice.pick(choices(module(site), site));
    site.insert(chosen, dice);
}

QList<Value> noInstructions(const Value &m, const Site &site)
{
    return {atom(u"foo"_s),
            tagged(u"load_module"_s, {m, atom(u"soft_purge"_s)}),
            tagged(u"update"_s, {m, atom(u"nonsense"_s)}),
            tagged(u"load_module"_s, {}),
            tuple({}),
            tagged(u"add_module"_s, {m, brutal(), list({})}),
            tagged(u"delete_application"_s, {atom(site.app.name)}),
            text(u"str"_s),
            number(42),
            tagged(u"update"_s, {m, atom(u"supervisor"_s), list({})}),
            tagged(u"remove_module"_s, {m}),
            utf8(u"bin"_s),
            tagged(u"update"_s, {m, atom(u"soft"_s), brutal(), brutal()}),
            tagged(u"apply"_s, {atom(u"m"_s), atom(u"f"_s), list({})}),
            tagged(u"load_object_code"_s, {tuple({m, list({})})}),
            tagged(u"load"_s, {m}),
            verbatim(u"#{a => 1}"_s),
            verbatim(u"1.5"_s),
            tagged(u"sync_nodes"_s, {m}),
            tagged(u"Load_module"_s, {m}),
            atom(u"supervisor"_s),
            tagged(u"update"_s, {m, atom(u"soft"_s), atom(u"x"_s)}),
            tagged(u"purge"_s, {})};
}

QList<Value> badModules(const Value &m, const Site &)
{
    return {tagged(u"load_module"_s, {text(u"m"_s)}),
            tagged(u"update"_s, {number(1), atom(u"soft"_s)}),
            tagged(u"add_module"_s, {utf8(u"m"_s)}),
            tagged(u"purge"_s, {list({m, text(u"x"_s)})}),
            tagged(u"load_module"_s, {m, list({text(u"dep"_s)})}),
            tagged(u"delete_module"_s, {tuple({m})}),
            tagged(u"suspend"_s, {list({tuple({number(1), number(2)})})}),
            tagged(u"resume"_s, {list({tuple({m, number(5)})})}),
            tagged(u"purge"_s, {text(u"abc"_s)}),
            tagged(u"code_change"_s, {list({tuple({list({}), m})})}),
            tagged(u"apply"_s, {tuple({text(u"m"_s), text(u"f"_s), atom(u"a"_s)})}),
            tagged(u"load_object_code"_s, {tuple({m, text(u"1"_s), list({m, number(3)})})})};
}

QList<Value> badLists(const Value &m, const Site &site)
{
    return {tagged(u"purge"_s, {m}),
            tagged(u"suspend"_s, {m}),
            tagged(u"stop"_s, {m}),
            tagged(u"start"_s, {tuple({m})}),
            tagged(u"load_module"_s, {m, brutal(), brutal(), atom(u"dep"_s)}),
            tagged(u"add_module"_s, {m, m}),
            tagged(u"load_object_code"_s, {tuple({atom(site.app.name), text(site.toVsn()), m})}),
            tagged(u"code_change"_s, {atom(u"sideways"_s), m}),
            tagged(u"sync_nodes"_s, {m, m})};
}

QList<Value> improperLists(const Value &m, const Site &)
{
    const Value bad = improper({m}, atom(u"tail"_s));
    return {tagged(u"load_module"_s, {m, brutal(), brutal(), bad}),
            tagged(u"load_module"_s, {m, bad}),
            tagged(u"suspend"_s, {bad}),
            tagged(u"purge"_s, {bad}),
            tagged(u"code_change"_s, {bad}),
            tagged(u"sync_nodes"_s, {m, bad}),
            tagged(u"add_module"_s, {m, bad}),
            tagged(u"start"_s, {bad})};
}

QList<Value> badChanges(const Value &m, const Site &)
{
    return {tagged(u"update"_s, {m, tuple({atom(u"foo"_s), atom(u"bar"_s)})}),
            tagged(u"update"_s, {m, tagged(u"advanced"_s, {number(1), number(2)}), list({})}),
            tagged(u"update"_s, {m, atom(u"hard"_s), brutal(), brutal(), list({})}),
            tagged(u"update"_s, {m, tuple({})}),
            tagged(u"update"_s, {m, atom(u"default"_s), atom(u"advanced"_s), brutal(), brutal(), list({})})};
}

QList<Value> badPurges(const Value &m, const Site &)
{
    return {tagged(u"load_module"_s, {m, atom(u"purge"_s), brutal(), list({})}),
            tagged(u"load_module"_s, {m, brutal(), text(u"soft_purge"_s), list({})}),
            tagged(u"remove"_s, {tuple({m, atom(u"brutal"_s), brutal()})}),
            tagged(u"load"_s, {tuple({m, number(1), number(2)})}),
            tagged(u"update"_s, {m, atom(u"soft"_s), atom(u"soft"_s), brutal(), list({})})};
}

QList<Value> badTimeouts(const Value &m, const Site &)
{
    const auto update = [&](const Value &timeout) {
        return tagged(u"update"_s, {m, timeout, atom(u"soft"_s), brutal(), brutal(), list({})});
    };
    return {tagged(u"suspend"_s, {list({tuple({m, number(0)})})}),
            update(number(-5)),
            update(atom(u"static"_s)),
            update(verbatim(u"5000.0"_s)),
            update(verbatim(u"-123456789012345678901"_s)),
            update(list({}))};
}

QList<Value> badModuleTypes(const Value &m, const Site &)
{
    return {
        tagged(u"update"_s,
               {m, atom(u"semi"_s), atom(u"default"_s), atom(u"soft"_s), brutal(), brutal(), list({})}),
        tagged(u"update"_s, {m, text(u"static"_s), number(-1), atom(u"x"_s), brutal(), brutal(), list({})})};
}

QList<Value> badCodeChanges(const Value &m, const Site &)
{
    return {tagged(u"code_change"_s, {list({m})}),
            tagged(u"code_change"_s, {atom(u"up"_s), list({tuple({m, m, m})})}),
            tagged(u"code_change"_s, {text(u"ab"_s)})};
}

QList<Value> badApplications(const Value &, const Site &)
{
    return {tagged(u"add_application"_s, {text(u"a"_s)}), tagged(u"restart_application"_s, {text(u"a"_s)}),
            tagged(u"remove_application"_s, {number(1)}),
            tagged(u"add_application"_s, {list({}), atom(u"load"_s)})};
}

template<QList<Value> (*choices)(const Value &, const Site &)>
Fault one(const QString &name, const QStringList &tags)
{
    return {name, tags, [](World &world, Dice &dice) { insertOne(world, dice, choices); }};
}

} // namespace

QList<Fault> instructionFaults()
{
    return {
        one<noInstructions>(u"no instruction"_s, {u"bad_instruction"_s}),
        one<badModules>(u"bad module"_s, {u"bad_module"_s}),
        one<badLists>(u"bad list"_s, {u"bad_list"_s}),
        one<improperLists>(u"improper list of modules"_s, {u"function_clause"_s}),
        one<badChanges>(u"bad change"_s, {u"bad_change"_s}),
        one<badPurges>(u"bad purge method"_s, {u"bad_purge_method"_s}),
        one<badTimeouts>(u"bad timeout"_s, {u"bad_timeout"_s}),
        one<badModuleTypes>(u"bad type of module"_s, {u"bad_mod_type"_s}),
        one<badCodeChanges>(u"bad code_change"_s, {u"bad_code_change"_s}),
        one<badApplications>(u"bad application"_s, {u"bad_application"_s}),
        one<[](const Value &, const Site &) -> QList<Value> { return {atom(u"mnesia_backup"_s)}; }>(
            u"mnesia_backup"_s, {u"not_yet_implemented"_s}),
        one<[](const Value &m, const Site &) -> QList<Value> {
            return {tagged(u"apply"_s, {tuple({m, atom(u"f"_s), atom(u"not_a_list"_s)})}),
                    tagged(u"sync_nodes"_s, {m, tuple({m, atom(u"f"_s), tuple({})})})};
        }>(u"bad arguments"_s, {u"bad_args_list"_s}),
        one<[](const Value &m, const Site &) -> QList<Value> {
            return {tagged(u"sync_nodes"_s, {m, list({text(u"node"_s)})}),
                    tagged(u"sync_nodes"_s, {m, text(u"n@h"_s)})};
        }>(u"bad node"_s, {u"bad_node"_s}),
        one<[](const Value &, const Site &site) -> QList<Value> {
            return {tagged(u"add_application"_s, {atom(site.app.name), atom(u"forever"_s)}),
                    tagged(u"add_application"_s, {atom(site.app.name), text(u"load"_s)})};
        }>(u"bad start type"_s, {u"bad_start_type"_s}),
        one<[](const Value &m, const Site &) -> QList<Value> {
            return {tagged(u"apply"_s, {tuple({m, text(u"f"_s), list({})})}),
                    tagged(u"sync_nodes"_s, {m, tuple({m, number(1), m})})};
        }>(u"bad function"_s, {u"bad_func"_s}),
        one<[](const Value &, const Site &site) -> QList<Value> {
            return {tagged(u"load_object_code"_s, {tuple({text(u"lib"_s), text(site.toVsn()), list({})})})};
        }>(u"bad library"_s, {u"bad_lib"_s}),
        one<[](const Value &, const Site &site) -> QList<Value> {
            return {
                tagged(u"load_object_code"_s, {tuple({atom(site.app.name), atom(u"1.0"_s), list({})})}),
                tagged(u"load_object_code"_s, {tuple({atom(site.app.name), utf8(u"1.0"_s), atom(u"x"_s)})})};
        }>(u"bad library version"_s, {u"bad_lib_vsn"_s}),
        one<[](const Value &m, const Site &) -> QList<Value> {
            return {tagged(u"code_change"_s, {atom(u"sideways"_s), list({tuple({m, atom(u"x"_s)})})})};
        }>(u"bad mode"_s, {u"bad_mode"_s}),
        one<[](const Value &m, const Site &) -> QList<Value> {
            return {tagged(u"apply"_s, {tuple({m, atom(u"f"_s), improper({m}, m)})})};
        }>(u"improper arguments"_s, {u"ok"_s}),
    };
}

} // namespace handover::pairs

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/syntaxcheck.h"

#include "models/erlang/termdata.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>

namespace handover::relup {

namespace {

using erlang::Term;

bool isAtom(const Term &term) { return term.kind() == Term::Kind::Atom; }

bool isOneOf(const Term &term, std::initializer_list<const char *> names)
{
    return std::ranges::any_of(names, [&](const char *name) { return term.isAtom(name); });
}

bool isTimeout(const Term &term)
{
    if (term.kind() == Term::Kind::Integer) {
        const QByteArray digits = term.data().bytes; // of one beyond 64 bits
        return digits.isEmpty() ? term.integerValue().value_or(0) > 0 : !digits.startsWith('-');
    }
    return isOneOf(term, {"default", "infinity"});
}

bool isChange(const Term &term) { return term.isAtom("soft") || term.isTagged("advanced", 2); }

Answer<void> require(bool holds, QByteArrayView tag, const Term &value)
{
    if (!holds)
        return scriptReason(tag, value);
    return {};
}

Answer<void> checkModule(const Term &term) { return require(isAtom(term), "bad_module", term); }
Answer<void> checkPurge(const Term &term)
{
    return require(isOneOf(term, {"soft_purge", "brutal_purge"}), "bad_purge_method", term);
}
Answer<void> checkTimeout(const Term &term) { return require(isTimeout(term), "bad_timeout", term); }

// lists:foreach/2: the elements in turn; the tail of an improper list ends it with a crash.
template<typename Check>
Answer<void> forEach(const Term &list, Check check)
{
    if (!list.isMaybeImproperList())
        return scriptReason("bad_list", list);
    QList<Term> items = list.items();
    if (list.data().improper)
        items.removeLast();
    for (const Term &item : items) {
        if (const auto checked = check(item); !checked)
            return checked;
    }
    if (list.data().improper)
        return scriptCrash("function_clause");
    return {};
}

Answer<void> checkModules(const Term &list) { return forEach(list, checkModule); }

Answer<void> checkSuspended(const Term &item)
{
    if (!item.isTuple(2))
        return checkModule(item);
    if (const auto module = checkModule(item.at(0)); !module)
        return module;
    return checkTimeout(item.at(1));
}

Answer<void> checkCodeChange(const Term &item)
{
    return item.isTuple(2) ? checkModule(item.at(0)) : scriptReason("bad_code_change", item);
}

Answer<void> checkCall(const Term &call)
{
    if (const auto module = checkModule(call.at(0)); !module)
        return module;
    if (const auto function = require(isAtom(call.at(1)), "bad_func", call.at(1)); !function)
        return function;
    return require(call.at(2).isMaybeImproperList(), "bad_args_list", call.at(2));
}

Answer<void> checkObjectCode(const Term &code)
{
    if (const auto lib = require(isAtom(code.at(0)), "bad_lib", code.at(0)); !lib)
        return lib;
    if (const auto vsn = require(code.at(1).isMaybeImproperList(), "bad_lib_vsn", code.at(1)); !vsn)
        return vsn;
    return checkModules(code.at(2));
}

Answer<void> checkArgument(const Term &term, char kind)
{
    switch (kind) {
    case 'm':
        return checkModule(term);
    case 't':
        return checkTimeout(term);
    case 'c':
        return require(isChange(term), "bad_change", term);
    case 'k':
        return require(isOneOf(term, {"static", "dynamic"}), "bad_mod_type", term);
    case 'p':
        return checkPurge(term);
    case 'l':
        return checkModules(term);
    case 'a':
        return require(isAtom(term), "bad_application", term);
    case 's':
        return require(isOneOf(term, {"none", "load", "temporary", "transient", "permanent"}), "bad_start_type",
                       term);
    case 'S':
        return forEach(term, checkSuspended);
    case 'C':
        return forEach(term, checkCodeChange);
    case 'n':
        return forEach(term, [](const Term &node) { return require(isAtom(node), "bad_node", node); });
    default:
        return {};
    }
}

// The arguments of an instruction as letters, see checkArgument().
struct Form
{
    const char *name;
    const char *arguments;
};

constexpr std::array Forms{
    Form{"update", "mcppl"},      Form{"update", "mtcppl"},         Form{"update", "mktcppl"},
    Form{"load_module", "mppl"},  Form{"add_module", "m"},          Form{"add_module", "ml"},
    Form{"delete_module", "m"},   Form{"delete_module", "ml"},      Form{"remove_application", "a"},
    Form{"add_application", "as"}, Form{"restart_application", "a"}, Form{"purge", "l"},
    Form{"suspend", "S"},         Form{"resume", "l"},              Form{"code_change", "C"},
    Form{"stop", "l"},            Form{"start", "l"},
};

Answer<void> checkArguments(std::span<const Term> arguments, const char *kinds)
{
    for (const Term &argument : arguments) {
        if (const auto checked = checkArgument(argument, *kinds++); !checked)
            return checked;
    }
    return {};
}

Answer<void> checkAtom(const Term &instruction)
{
    if (instruction.isAtom("mnesia_backup"))
        return scriptReason("not_yet_implemented", instruction);
    return require(isOneOf(instruction,
                           {"point_of_no_return", "restart_new_emulator", "restart_emulator", "restart", "reboot"}),
                   "bad_instruction", instruction);
}

} // namespace

std::unexpected<Reason> scriptReason(QByteArrayView tag, const Term &value)
{
    return std::unexpected(
        Reason{Reason::Module::Rc, Term::tuple({Term::atom(tag.toByteArray()), value}), false});
}

std::unexpected<Reason> scriptCrash(QByteArrayView error)
{
    return std::unexpected(
        Reason{Reason::Module::Rc, Term::tuple({Term::atom(error.toByteArray()), Term()}), false});
}

Answer<void> checkSyntax(const Term &instruction)
{
    if (isAtom(instruction))
        return checkAtom(instruction);
    if (instruction.kind() != Term::Kind::Tuple || instruction.size() < 2)
        return scriptReason("bad_instruction", instruction);
    const QList<Term> &items = instruction.data().items;
    const std::span arguments(items.begin() + 1, items.end());
    const Term &name = items[0];
    for (const Form &form : Forms) {
        if (arguments.size() == qstrlen(form.arguments) && name.isAtom(form.name))
            return checkArguments(arguments, form.arguments);
    }
    const Term &first = arguments[0];
    if (arguments.size() == 1 && first.isTuple(3)) {
        if (name.isAtom("load_object_code"))
            return checkObjectCode(first);
        if (name.isAtom("load") || name.isAtom("remove"))
            return checkArguments(first.data().items, "mpp");
        if (name.isAtom("apply"))
            return checkCall(first);
    }
    if (arguments.size() == 2 && name.isAtom("sync_nodes"))
        return arguments[1].isTuple(3) ? checkCall(arguments[1]) : checkArgument(arguments[1], 'n');
    if (arguments.size() == 2 && name.isAtom("code_change")) {
        // The list is looked at first, then the mode, then what is in the list.
        if (!arguments[1].isMaybeImproperList())
            return scriptReason("bad_list", arguments[1]);
        if (!isOneOf(first, {"up", "down"}))
            return scriptReason("bad_mode", first);
        return checkArgument(arguments[1], 'C');
    }
    return scriptReason("bad_instruction", instruction);
}

} // namespace handover::relup

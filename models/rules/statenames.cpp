// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/statenames.h"

#include "models/rules/staticvalue.h"

#include <QSet>

#include <algorithm>
#include <array>

namespace handover::rules {

namespace {

using erlang::Term;

bool hasStateFunctions(const AbstractCode &code)
{
    const Term mode = StaticEvaluator(code).call("callback_mode", {});
    return mode.isAtom("state_functions") || (mode.isList() && mode.items().contains(Term::atom("state_functions")));
}

// Where a callback's result, {next_state, Name, …} or {ok, Name, …} of init/1, has the name of a state.
QSet<QByteArray> statesGiven(const AbstractCode &code)
{
    QSet<QByteArray> names;
    const QList<Term> functions = code.functionsWith("next_state") + code.functionsWith("ok");
    for (const Term &function : functions) {
        visitNodes(function, [&](const Term &node) {
            if (!node.isTagged("tuple", 3) || node.at(2).size() < 3)
                return;
            const auto tag = atomOf(node.at(2).at(0));
            const auto name = atomOf(node.at(2).at(1));
            if (name && (tag == "next_state" || tag == "ok"))
                names.insert(*name);
        });
    }
    return names;
}

// The types of events that a function of the same arity for others would hardly take first.
bool takesEvents(const QList<Clause> &clauses)
{
    static constexpr std::array Types{"cast", "info", "enter", "internal", "timeout", "state_timeout"};
    return std::ranges::any_of(clauses, [](const Clause &clause) {
        const Term type = clause.patterns.value(0);
        if (const auto atom = atomOf(type))
            return std::ranges::contains(Types, *atom);
        return type.isTagged("tuple", 3) && type.at(2).size() == 2 && atomOf(type.at(2).at(0)) == "call";
    });
}

} // namespace

StateNames findStateNames(const AbstractCode &code, const QList<erlang::FunctionName> &exports)
{
    StateNames found;
    found.functions = hasStateFunctions(code);
    if (!found.functions)
        return found;
    const QSet<QByteArray> given = statesGiven(code);
    for (const erlang::FunctionName &function : exports) {
        const bool state = function.arity == 3 && function.name != "terminate" &&
                           (given.contains(function.name) || takesEvents(code.clauses(function.name, 3)));
        if (state)
            found.names.append(function.name);
    }
    std::ranges::sort(found.names);
    return found;
}

} // namespace handover::rules

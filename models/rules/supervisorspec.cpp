// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/supervisorspec.h"

#include "models/rules/staticvalue.h"

#include <algorithm>

namespace handover::rules {

namespace {

using erlang::Term;
using Kind = Term::Kind;

std::optional<Term> mapValue(const Term &map, QByteArrayView key)
{
    const QList<Term> pairs = map.items();
    for (qsizetype i = 0; i + 1 < pairs.size(); i += 2) {
        if (pairs[i].isAtom(key))
            return pairs[i + 1];
    }
    return std::nullopt;
}

Term defaultShutdown(const Term &type)
{
    if (!isKnown(type))
        return unknownValue();
    return type.isAtom("supervisor") ? Term::atom("infinity") : Term::integer(5000);
}

void takeStart(ChildSpec &child, const Term &start)
{
    const bool known = start.isTuple(3);
    child.module = known ? start.at(0) : unknownValue();
    child.function = known ? start.at(1) : unknownValue();
    child.arguments = known ? start.at(2) : unknownValue();
}

// #{id := Id, start := {M, F, A}, …} or {Id, {M, F, A}, Restart, Shutdown, Type, Modules}
std::optional<ChildSpec> childSpec(const Term &spec)
{
    ChildSpec child;
    if (spec.isTuple(6)) {
        child.id = spec.at(0);
        takeStart(child, spec.at(1));
        child.restart = spec.at(2);
        child.shutdown = spec.at(3);
        child.type = spec.at(4);
        child.modules = spec.at(5);
    } else if (spec.kind() == Kind::Map) {
        child.id = mapValue(spec, "id").value_or(unknownValue());
        takeStart(child, mapValue(spec, "start").value_or(unknownValue()));
        child.restart = mapValue(spec, "restart").value_or(Term::atom("permanent"));
        child.type = mapValue(spec, "type").value_or(Term::atom("worker"));
        child.shutdown = mapValue(spec, "shutdown").value_or(defaultShutdown(child.type));
        child.modules = mapValue(spec, "modules").value_or(Term::list({child.module}));
    } else {
        return std::nullopt;
    }
    return isKnown(child.id) ? std::optional(child) : std::nullopt;
}

void takeFlags(SupervisorSpec &spec, const Term &flags)
{
    if (flags.isTuple(3)) {
        spec.strategy = flags.at(0);
        spec.intensity = flags.at(1);
        spec.period = flags.at(2);
    } else if (flags.kind() == Kind::Map) {
        spec.strategy = mapValue(flags, "strategy").value_or(Term::atom("one_for_one"));
        spec.intensity = mapValue(flags, "intensity").value_or(Term::integer(1));
        spec.period = mapValue(flags, "period").value_or(Term::integer(5));
    } else {
        spec.strategy = spec.intensity = spec.period = unknownValue();
    }
}

// {local, Name}, {global, Name} or {via, Module, Name}
std::optional<Term> reference(const Term &name)
{
    if (!isKnown(name))
        return std::nullopt;
    if (name.isTagged("local", 2))
        return name.at(1);
    return name.isTagged("global", 2) || name.isTagged("via", 3) ? std::optional(name) : std::nullopt;
}

} // namespace

const ChildSpec *SupervisorSpec::find(const Term &id) const
{
    const auto child = std::ranges::find(children, id, &ChildSpec::id);
    return child == children.end() ? nullptr : &*child;
}

QList<SupervisorStart> supervisorStarts(const AbstractCode &code, const QByteArray &module)
{
    QList<SupervisorStart> starts;
    const QList<Term> functions = code.functionsWith("supervisor");
    for (const Term &function : functions) {
        visitNodes(function, [&](const Term &node) {
            const auto call = callOf(node);
            if (!call || call->module != "supervisor" || call->function != "start_link")
                return;
            const qsizetype named = call->arguments.size() == 3 ? 1 : 0;
            if (call->arguments.size() != 2 + named)
                return;
            StaticEvaluator evaluator(code);
            if (!evaluator.evaluate(call->arguments[named]).isAtom(module))
                return;
            const auto name = named ? reference(evaluator.evaluate(call->arguments[0])) : std::nullopt;
            starts.append({name, evaluator.evaluate(call->arguments[named + 1])});
        });
    }
    return starts;
}

SupervisorSpec readSupervisor(const AbstractCode &code, const QList<SupervisorStart> &starts)
{
    SupervisorSpec spec;
    const SupervisorStart first = starts.value(0, {std::nullopt, unknownValue()});
    const bool agree = std::ranges::all_of(starts, [&](const SupervisorStart &start) {
        return start.argument == first.argument;
    });
    if (starts.size() == 1) // started in several places, it may run under several names
        spec.reference = first.reference;
    const Term given = StaticEvaluator(code).call("init", {agree ? first.argument : unknownValue()});
    if (!given.isTagged("ok", 2) || !given.at(1).isTuple(2))
        return spec;
    spec.known = true;
    takeFlags(spec, given.at(1).at(0));
    const Term children = given.at(1).at(1);
    spec.complete = children.isList();
    const QList<Term> items = children.isList() ? children.items() : QList<Term>();
    for (const Term &item : items) {
        if (auto child = childSpec(item))
            spec.children.append(*std::move(child));
        else
            spec.complete = false;
    }
    return spec;
}

} // namespace handover::rules

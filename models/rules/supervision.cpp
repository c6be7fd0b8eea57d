// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/supervision.h"

#include "models/jobs/parallel.h"
#include "models/rules/modulerole.h"
#include "models/rules/staticvalue.h"

#include <algorithm>
#include <vector>

namespace handover::rules {

namespace {

using erlang::Term;

// supervisor:start_child(Supervisor, Specification); with a list it is one of simple_one_for_one.
bool addsChildren(const erlang::BeamFile &module)
{
    const auto imports = module.imports().value_or(QList<erlang::ImportedFunction>());
    const bool starts = std::ranges::any_of(imports, [](const erlang::ImportedFunction &imported) {
        return imported.function.name == "start_child";
    });
    if (!starts)
        return false;
    const auto code = AbstractCode::of(module);
    if (!code)
        return true;
    bool adds = false;
    const QList<Term> functions = code->functionsWith("start_child");
    for (const Term &function : functions) {
        visitNodes(function, [&](const Term &node) {
            const auto call = callOf(node);
            if (call && call->function == "start_child" && !call->module.isEmpty())
                adds = adds || !StaticEvaluator(*code).evaluate(call->arguments.value(1)).isList();
        });
    }
    return adds;
}

SupervisionPart read(const QByteArray &name, const AppContents &application, const ModuleIndex &index,
                     const KnownSupervision &known)
{
    if (const auto part = known.parts.constFind(name); part != known.parts.cend())
        return *part;
    SupervisionPart part;
    const auto module = index.find(name);
    if (!module || !mentions(*module, {"upervisor", "start_child", "behavio"}))
        return part;
    part.addsChildren = addsChildren(*module);
    if (const auto spec = known.specs.constFind(name); spec != known.specs.cend()) {
        part.spec = *spec;
        return part;
    }
    const auto role = roleOf(*module, [&](const QByteArray &behaviour) {
        part.byItself = false;
        return index.find(behaviour);
    });
    if (!role || role->kind != ModuleRole::Kind::Supervisor)
        return part;
    const auto code = role->direct ? AbstractCode::of(*module) : std::nullopt;
    part.foreign = !code;
    if (!code)
        return part;
    const QList<SupervisorStart> own = supervisorStarts(*code, name);
    part.byItself = part.byItself && !own.isEmpty();
    part.spec = readSupervisor(*code, own.isEmpty() ? index.startsOf(name, application) : own);
    return part;
}

bool isComplete(const Supervision &supervision)
{
    return std::ranges::all_of(supervision.supervisors, [&](const SupervisorSpec &spec) {
        return spec.known && spec.complete && std::ranges::all_of(spec.children, [&](const ChildSpec &child) {
            const bool below = child.type.isAtom("worker") ||
                               supervision.supervisors.contains(child.module.atomName().value_or(QByteArray()));
            return below && isKnown(child.modules) && child.modules.isList();
        });
    });
}

} // namespace

bool Supervision::names(const QByteArray &module) const
{
    const Term name = Term::atom(module);
    return std::ranges::any_of(supervisors, [&](const SupervisorSpec &spec) {
        return std::ranges::any_of(spec.children,
                                   [&](const ChildSpec &child) { return child.modules.items().contains(name); });
    });
}

Supervision readSupervision(const AppContents &application, const ModuleIndex &index, const KnownSupervision &known)
{
    const QList<QByteArray> names = application.modules.keys();
    std::vector<SupervisionPart> parts(static_cast<size_t>(names.size()));
    inParallel(names.size(), [&](qsizetype number) {
        parts[static_cast<size_t>(number)] = read(names[number], application, index, known);
    });

    Supervision supervision;
    bool all = true;
    for (qsizetype i = 0; i < names.size(); ++i) {
        SupervisionPart &part = parts[static_cast<size_t>(i)];
        all = all && !part.foreign && !part.addsChildren;
        if (part.spec)
            supervision.supervisors.insert(names[i], *part.spec);
        supervision.parts.insert(names[i], std::move(part));
    }
    supervision.complete = all && !supervision.supervisors.isEmpty() && isComplete(supervision);
    return supervision;
}

} // namespace handover::rules

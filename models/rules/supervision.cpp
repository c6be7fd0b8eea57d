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

/// What one module has to do with supervision.
struct Part
{
    QByteArray module;
    bool foreign = false; ///< a supervisor whose children can't be read
    bool addsChildren = false;
    std::optional<SupervisorSpec> spec;
};

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

void read(Part &part, const AppContents &application, const ModuleIndex &index)
{
    const auto module = index.find(part.module);
    if (!module || !mentions(*module, {"upervisor", "start_child", "behavio"}))
        return;
    part.addsChildren = addsChildren(*module);
    const auto role = roleOf(*module, [&](const QByteArray &name) { return index.find(name); });
    if (!role || role->kind != ModuleRole::Kind::Supervisor)
        return;
    const auto code = role->direct ? AbstractCode::of(*module) : std::nullopt;
    part.foreign = !code;
    if (!code)
        return;
    const QList<SupervisorStart> own = supervisorStarts(*code, part.module);
    part.spec = readSupervisor(*code, own.isEmpty() ? index.startsOf(part.module, application) : own);
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

Supervision readSupervision(const AppContents &application, const ModuleIndex &index)
{
    std::vector<Part> parts;
    for (auto module = application.modules.keyBegin(); module != application.modules.keyEnd(); ++module)
        parts.push_back({*module, false, false, {}});
    inParallel(std::ssize(parts), [&](qsizetype number) { read(parts[static_cast<size_t>(number)], application, index); });

    Supervision supervision;
    bool all = true;
    for (Part &part : parts) {
        all = all && !part.foreign && !part.addsChildren;
        if (part.spec)
            supervision.supervisors.insert(part.module, *std::move(part.spec));
    }
    supervision.complete = all && !supervision.supervisors.isEmpty() && isComplete(supervision);
    return supervision;
}

} // namespace handover::rules

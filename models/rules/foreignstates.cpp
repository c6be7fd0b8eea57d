// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/foreignstates.h"

#include "models/jobs/parallel.h"
#include "models/rules/modulerole.h"
#include "models/rules/statechange.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace handover::rules {

namespace {

using Kind = ModuleChange::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupForeignState)
};

/// A plain module with records that have other fields now.
struct Maker
{
    AbstractCode older;
    QSet<QByteArray> records;
};
using Makers = QHash<QByteArray, Maker>;

StateShape shapeOf(const AbstractCode &code, const QByteArray &record)
{
    return {StateShape::Kind::Record, record, *code.record(record), {}, 0, {}};
}

std::optional<Maker> makerOf(const ModuleChange &change)
{
    const auto older = AbstractCode::recordsOf(*change.older);
    const auto newer = AbstractCode::recordsOf(*change.newer);
    if (!older || !newer)
        return std::nullopt;
    Maker maker;
    const QList<QByteArray> names = older->recordNames();
    for (const QByteArray &name : names) {
        const bool differs = newer->record(name) && compareStates(shapeOf(*older, name), shapeOf(*newer, name)).verdict ==
                                                        StateChange::Verdict::Differs;
        if (differs)
            maker.records.insert(name);
    }
    if (maker.records.isEmpty())
        return std::nullopt;
    maker.older = AbstractCode::of(*change.older).value_or(AbstractCode());
    return maker;
}

struct Candidate
{
    const ModuleChange &change;
    std::optional<Maker> maker;
};

bool isProcess(const erlang::BeamFile &module)
{
    const auto role = roleOf(module, {});
    return role && role->kind == ModuleRole::Kind::Process;
}

// Reading records costs more than all of this: only what processes call can make their states.
QSet<QByteArray> calledByProcesses(const AppContents &application, const ModuleIndex &index)
{
    const QList<QByteArray> names = application.modules.keys();
    std::vector<QList<erlang::ImportedFunction>> imports(static_cast<size_t>(names.size()));
    inParallel(names.size(), [&](qsizetype number) {
        const auto module = index.find(names[number]);
        if (module && mentions(*module, {"behavio", "gen_", "ssh_", "supervisor_bridge", "enter_loop", "system_"}) && isProcess(*module))
            imports[static_cast<size_t>(number)] = module->imports().value_or(QList<erlang::ImportedFunction>());
    });
    QSet<QByteArray> called;
    for (const auto &list : imports) {
        for (const erlang::ImportedFunction &imported : list)
            called.insert(imported.module);
    }
    return called;
}

Issue note(const QByteArray &process, const QByteArray &maker, const QByteArray &record)
{
    return moduleNote(Severity::Warning, u"rules.foreign-state"_s, process,
                      Words::tr("The state of %1 is made by %2, whose record %3 has other fields now. Processes that run keep the "
                                "old one, and %2 fails on it. Have code_change of %1 convert it, and write "
                                "{update, %1, {advanced, []}}.")
                          .arg(QString::fromUtf8(process), QString::fromUtf8(maker), QString::fromUtf8(record)));
}

/// Looks at one module that processes run.
void look(QList<Issue> &notes, const QByteArray &process, const erlang::BeamFile &module, const Makers &makers)
{
    const auto imports = module.imports().value_or(QList<erlang::ImportedFunction>());
    const bool calls = std::ranges::any_of(
        imports, [&](const erlang::ImportedFunction &imported) { return makers.contains(imported.module); });
    const auto role = calls ? roleOf(module, {}) : Result<ModuleRole>(ModuleRole());
    if (!role || role->kind != ModuleRole::Kind::Process)
        return;
    const auto code = AbstractCode::of(module);
    const QList<Call> calledFor = code ? stateMakers(*code, {role->hasStateName()}) : QList<Call>();
    for (const Call &call : calledFor) {
        const auto maker = makers.constFind(call.module);
        if (maker == makers.cend())
            continue;
        const StateShape made = findResult(maker->older, call.function, call.arguments.size());
        const auto record = std::ranges::find_if(
            maker->records, [&](const QByteArray &name) { return made.record == name || made.records.contains(name); });
        if (record != maker->records.end())
            return notes.append(note(process, call.module, *record));
    }
}

} // namespace

QList<Issue> foreignStates(const QList<ModuleChange> &changes, const QMap<QByteArray, ModulePlan> &plans,
                           const AppContents &older, const ModuleIndex &index)
{
    const QSet<QByteArray> called = calledByProcesses(older, index);
    std::vector<Candidate> candidates;
    for (const ModuleChange &change : changes) {
        if (change.kind == Kind::Changed && called.contains(change.name) &&
            plans.value(change.name).way == ModulePlan::Way::Load)
            candidates.push_back({change, {}});
    }
    inParallel(std::ssize(candidates), [&](qsizetype number) {
        Candidate &candidate = candidates[static_cast<size_t>(number)];
        candidate.maker = makerOf(candidate.change);
    });
    Makers makers;
    for (Candidate &candidate : candidates) {
        if (candidate.maker)
            makers.insert(candidate.change.name, *std::move(candidate.maker));
    }
    QList<Issue> notes;
    if (makers.isEmpty())
        return notes;
    for (auto name = older.modules.keyBegin(); name != older.modules.keyEnd(); ++name) {
        if (const auto module = index.find(*name))
            look(notes, *name, *module, makers);
    }
    return notes;
}

} // namespace handover::rules

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changes/suggestedchoices.h"

#include <algorithm>

namespace handover::changes {

namespace {

using appup::ModuleAnswer;

ModuleAnswer answerFor(const ModuleDifference &module)
{
    if (module.change == Change::Added)
        return ModuleAnswer::Add;
    if (module.change == Change::Removed)
        return ModuleAnswer::Delete;
    const ModuleFacts &facts = module.facts();
    if (facts.behaviours.contains("supervisor"))
        return ModuleAnswer::Supervisor;
    static const QByteArrayList processes{"gen_server", "gen_statem", "gen_event", "gen_fsm"};
    const bool process = std::ranges::any_of(facts.behaviours, [](const QByteArray &b) { return processes.contains(b); });
    if (!process)
        return ModuleAnswer::Load;
    const bool converts = facts.exportsFunction("code_change", 3) || facts.exportsFunction("code_change", 4);
    return converts ? ModuleAnswer::Convert : ModuleAnswer::Suspend;
}

} // namespace

QList<appup::ModuleChoice> suggestedChoices(const std::optional<AppDifference> &app, const QByteArrayList &modules)
{
    QList<appup::ModuleChoice> choices;
    QSet<QByteArray> differing;
    if (app) {
        for (const ModuleDifference &module : app->modules) {
            choices.append({module.name, answerFor(module)});
            differing.insert(module.name);
        }
    }
    for (const QByteArray &module : modules) {
        if (!differing.contains(module))
            choices.append({module, ModuleAnswer::Nothing});
    }
    return choices;
}

} // namespace handover::changes

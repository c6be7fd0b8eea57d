// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/mergedscript.h"

#include "models/relup/atomname.h"
#include "models/appup/instruction.h"
#include "models/relup/syntaxcheck.h"

#include <QSet>

#include <algorithm>

namespace handover::relup {

namespace {

using erlang::Term;

std::unexpected<Reason> raised(QByteArrayView error, const Sources &sources)
{
    Reason reason = scriptCrash(error).error();
    reason.raised = true;
    return blamed(std::move(reason), sources);
}

bool isPoint(const Step &step) { return step.term.isAtom("point_of_no_return"); }

Answer<MergedScript> split(const Steps &script)
{
    MergedScript parts;
    const auto point = std::ranges::find_if(script, isPoint);
    auto after = script.begin();
    if (point != script.end()) {
        if (const auto second = std::find_if(point + 1, script.end(), isPoint); second != script.end())
            return blamed({Reason::Module::Rc, Term::atom("too_many_point_of_no_return"), false}, second->from);
        parts.before = Steps(script.begin(), point);
        after = point + 1;
    }
    for (const Step &step : std::as_const(parts.before)) {
        if (!step.term.isTagged("load_object_code", 2) && !step.term.isTagged("apply", 2))
            return blamed(scriptReason("bad_op_before_point_of_no_return", step.term).error(), step.from);
    }
    for (; after != script.end(); ++after)
        (after->term.isTagged("load_object_code", 2) ? parts.before : parts.after).append(*after);
    return parts;
}

Answer<void> checkLoads(const MergedScript &script)
{
    QSet<QByteArray> read;
    for (const Step &step : script.before) {
        if (!step.term.isTagged("load_object_code", 2))
            continue;
        for (const Term &module : step.term.at(1).at(2).items())
            read.insert(nameOf(module));
    }
    for (const Step &step : script.after) {
        if (!step.term.isTagged("load", 2))
            continue;
        const Term module = step.term.at(1).at(0);
        if (!read.contains(nameOf(module)))
            return blamed(scriptReason("no_object_code", module).error(), step.from);
    }
    return {};
}

// The modules of all instructions {name, [Module | {Module, _}]}, each with where it is named.
Steps modulesOf(const Steps &script, QByteArrayView name)
{
    Steps modules;
    for (const Step &step : script) {
        if (!step.term.isTagged(name, 2))
            continue;
        for (const Term &item : step.term.at(1).items())
            modules.append({item.isTuple(2) ? item.at(0) : item, step.from});
    }
    return modules;
}

// Each of `modules` must be among `partners`.
Answer<void> checkPartners(const Steps &modules, const Steps &partners, QByteArrayView tag)
{
    QSet<QByteArray> there;
    for (const Step &partner : partners)
        there.insert(nameOf(partner.term));
    QList<Term> alone;
    Sources from;
    for (const Step &module : modules) {
        if (there.contains(nameOf(module.term)))
            continue;
        alone.append(module.term);
        unite(from, module.from);
    }
    if (alone.isEmpty())
        return {};
    return blamed(scriptReason(tag, Term::list(std::move(alone))).error(), from);
}

Answer<void> checkPairs(const Steps &script)
{
    const Steps suspended = modulesOf(script, "suspend");
    const Steps resumed = modulesOf(script, "resume");
    const Steps started = modulesOf(script, "start");
    const Steps stopped = modulesOf(script, "stop");
    return checkPartners(suspended, resumed, "suspended_not_resumed")
        .and_then([&] { return checkPartners(resumed, suspended, "resumed_not_suspended"); })
        .and_then([&] { return checkPartners(started, stopped, "start_not_stop"); })
        .and_then([&] { return checkPartners(stopped, started, "stop_not_start"); });
}

Answer<void> checkSyntax(const MergedScript &script)
{
    for (const Steps *part : {&script.before, &script.after}) {
        for (const Step &step : *part) {
            if (auto checked = relup::checkSyntax(step.term); !checked)
                return blamed(std::move(checked.error()), step.from);
        }
    }
    return {};
}

} // namespace

Answer<Steps> expandScript(const Term &script, const Origin &rule, std::deque<Origin> &origins)
{
    origins.push_back(rule);
    if (!script.isList())
        return raised("function_clause", {&origins.back()});
    const QList<Term> instructions = script.items();
    Steps expanded;
    expanded.reserve(instructions.size());
    for (qsizetype i = 0; i < instructions.size(); ++i) {
        const Term &instruction = instructions[i];
        origins.push_back({rule.application, rule.direction, rule.rule, static_cast<int>(i)});
        const Sources from{&origins.back()};
        if (!instruction.isMaybeImproperList()) {
            expanded.append({appup::expanded(instruction), from});
            continue;
        }
        if (!instruction.isList())
            return raised("badarg", from);
        for (const Term &nested : instruction.items())
            expanded.append({nested, from});
    }
    return expanded;
}

Answer<MergedScript> mergeScripts(const QList<Steps> &scripts)
{
    MergedScript merged;
    for (const Steps &script : scripts) {
        const auto parts = split(script);
        if (!parts)
            return std::unexpected(parts.error());
        merged.before += parts->before;
        merged.after += parts->after;
    }
    return checkSyntax(merged)
        .and_then([&] { return checkLoads(merged); })
        .and_then([&] { return checkPairs(merged.after); })
        .transform([&] { return std::move(merged); });
}

} // namespace handover::relup

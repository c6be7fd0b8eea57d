// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/mergedscript.h"

#include "models/appup/instruction.h"
#include "models/relup/syntaxcheck.h"

#include <QSet>

#include <algorithm>

namespace handover::relup {

namespace {

using erlang::Term;

std::unexpected<Reason> raised(QByteArrayView error)
{
    auto reason = scriptCrash(error);
    reason.error().raised = true;
    return reason;
}

Answer<MergedScript> split(const QList<Term> &script)
{
    const auto isPoint = [](const Term &term) { return term.isAtom("point_of_no_return"); };
    MergedScript parts;
    const auto point = std::ranges::find_if(script, isPoint);
    auto after = script.begin();
    if (point != script.end()) {
        if (std::find_if(point + 1, script.end(), isPoint) != script.end())
            return std::unexpected(Reason{Reason::Module::Rc, Term::atom("too_many_point_of_no_return"), false});
        parts.before = QList<Term>(script.begin(), point);
        after = point + 1;
    }
    for (const Term &instruction : std::as_const(parts.before)) {
        if (!instruction.isTagged("load_object_code", 2) && !instruction.isTagged("apply", 2))
            return scriptReason("bad_op_before_point_of_no_return", instruction);
    }
    for (; after != script.end(); ++after)
        (after->isTagged("load_object_code", 2) ? parts.before : parts.after).append(*after);
    return parts;
}

Answer<void> checkLoads(const MergedScript &script)
{
    QSet<QByteArray> read;
    for (const Term &instruction : script.before) {
        if (!instruction.isTagged("load_object_code", 2))
            continue;
        for (const Term &module : instruction.at(1).at(2).items())
            read.insert(module.atomName().value_or(QByteArray()));
    }
    for (const Term &instruction : script.after) {
        if (!instruction.isTagged("load", 2))
            continue;
        const Term module = instruction.at(1).at(0);
        if (!read.contains(module.atomName().value_or(QByteArray())))
            return scriptReason("no_object_code", module);
    }
    return {};
}

// The modules of all instructions {name, [Module | {Module, _}]}.
QList<Term> modulesOf(const QList<Term> &script, QByteArrayView name)
{
    QList<Term> modules;
    for (const Term &instruction : script) {
        if (!instruction.isTagged(name, 2))
            continue;
        for (const Term &item : instruction.at(1).items())
            modules.append(item.isTuple(2) ? item.at(0) : item);
    }
    return modules;
}

// Each of `modules` must be among `partners`.
Answer<void> checkPartners(const QList<Term> &modules, const QList<Term> &partners, QByteArrayView tag)
{
    QSet<QByteArray> there;
    for (const Term &partner : partners)
        there.insert(partner.atomName().value_or(QByteArray()));
    QList<Term> alone;
    std::ranges::copy_if(modules, std::back_inserter(alone), [&](const Term &module) {
        return !there.contains(module.atomName().value_or(QByteArray()));
    });
    if (alone.isEmpty())
        return {};
    return scriptReason(tag, Term::list(std::move(alone)));
}

Answer<void> checkPairs(const QList<Term> &script)
{
    const QList<Term> suspended = modulesOf(script, "suspend");
    const QList<Term> resumed = modulesOf(script, "resume");
    const QList<Term> started = modulesOf(script, "start");
    const QList<Term> stopped = modulesOf(script, "stop");
    return checkPartners(suspended, resumed, "suspended_not_resumed")
        .and_then([&] { return checkPartners(resumed, suspended, "resumed_not_suspended"); })
        .and_then([&] { return checkPartners(started, stopped, "start_not_stop"); })
        .and_then([&] { return checkPartners(stopped, started, "stop_not_start"); });
}

Answer<void> checkSyntax(const MergedScript &script)
{
    for (const QList<Term> *part : {&script.before, &script.after}) {
        for (const Term &instruction : *part) {
            if (const auto checked = relup::checkSyntax(instruction); !checked)
                return checked;
        }
    }
    return {};
}

} // namespace

Answer<QList<Term>> expandScript(const Term &script)
{
    if (!script.isList())
        return raised("function_clause");
    QList<Term> expanded;
    for (const Term &instruction : script.items()) {
        if (!instruction.isMaybeImproperList())
            expanded.append(appup::expanded(instruction));
        else if (instruction.isList())
            expanded += instruction.items();
        else
            return raised("badarg");
    }
    return expanded;
}

Answer<MergedScript> mergeScripts(const QList<QList<Term>> &scripts)
{
    MergedScript merged;
    for (const QList<Term> &script : scripts) {
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

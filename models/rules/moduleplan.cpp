// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/moduleplan.h"

#include "models/rules/stateplan.h"
#include "models/rules/supervisorchange.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::rules {

namespace {

using Kind = ModuleRole::Kind;
using Way = ModulePlan::Way;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupModulePlan)
};

QList<SupervisorStart> starts(const AbstractCode &code, const QByteArray &module,
                              const std::function<QList<SupervisorStart>(const QByteArray &)> &elsewhere)
{
    const QList<SupervisorStart> own = supervisorStarts(code, module);
    return own.isEmpty() && elsewhere ? elsewhere(module) : own;
}

/// Plans one module that both versions have.
class Planner
{
public:
    Planner(const ModuleChange &change, const PlanContext &context)
        : m_change(change)
        , m_context(context)
    {
    }

    Result<ModulePlan> plan()
    {
        auto before = roleOf(*m_change.older, m_context.behaviours);
        if (!before)
            return std::unexpected(before.error());
        auto after = roleOf(*m_change.newer, m_context.behaviours);
        if (!after)
            return std::unexpected(after.error());
        m_before = *std::move(before);
        m_after = *std::move(after);
        behaviourNotes();
        if (areDifferentThings())
            restart();
        else if (m_after.kind == Kind::Supervisor && m_before.kind == Kind::Supervisor)
            supervisor();
        else if (hasProcesses())
            process();
        else
            load();
        return m_plan;
    }

private:
    void add(Severity severity, const QString &code, const QString &message)
    {
        m_plan.notes.append(moduleNote(severity, code, m_change.name, message));
    }
    [[nodiscard]] QString module() const { return QString::fromUtf8(m_change.name); }

    /// A gen_server before and a supervisor now, say: no running process can become the other.
    [[nodiscard]] bool areDifferentThings() const
    {
        return !m_before.foundation.isEmpty() && !m_after.foundation.isEmpty() && m_before.foundation != m_after.foundation;
    }
    /// Both versions have, or one has processes by its exports alone: then the other may have them too.
    [[nodiscard]] bool hasProcesses() const
    {
        const auto byExports = [](const ModuleRole &role) { return role.kind == Kind::Process && role.foundation.isEmpty(); };
        return (m_before.kind == Kind::Process && m_after.kind == Kind::Process) || byExports(m_before) || byExports(m_after);
    }

    void behaviourNotes()
    {
        if (m_after.severalKinds)
            add(Severity::Warning, u"rules.several-behaviours"_s,
                Words::tr("The behaviours of %1 want to be updated in different ways; it is treated as a %2. Split "
                          "the module, or check what its other processes need.")
                    .arg(module(), QString::fromUtf8(m_after.foundation)));
        if (m_after.kind != Kind::Plain)
            return;
        for (const QByteArray &behaviour : std::as_const(m_after.unknown))
            add(Severity::Hint, u"rules.unknown-behaviour"_s,
                Words::tr("%1 behaves as a %2, which isn't in the release. If processes run it, {update, %1} suspends them "
                          "while its code is replaced.").arg(module(), QString::fromUtf8(behaviour)));
    }

    void load()
    {
        const bool spawns = spawnsProcesses(*m_change.older) || spawnsProcesses(*m_change.newer);
        m_plan.way = Way::Load;
        m_plan.stale = spawns ? ModulePlan::Stale::Plain : ModulePlan::Stale::No;
        m_plan.reason = spawns ? Words::tr("%1 changed").arg(module())
                               : Words::tr("%1 changed, and keeps no state").arg(module());
    }

    void restart()
    {
        m_plan.way = Way::Load;
        m_plan.reason = Words::tr("%1 changed").arg(module());
        m_plan.stale = ModulePlan::Stale::Behaviour;
        m_plan.olderBehaviour = m_before.foundation;
        m_plan.newerBehaviour = m_after.foundation;
    }

    void supervisor()
    {
        m_plan.way = Way::Supervisor;
        m_plan.reason = Words::tr("%1 is a supervisor and reads its init/1 again").arg(module());
        if (!m_after.direct || !m_before.direct)
            return;
        const auto older = AbstractCode::of(*m_change.older);
        const auto newer = AbstractCode::of(*m_change.newer);
        m_plan.noDebugInfo = !older || !newer;
        if (m_plan.noDebugInfo)
            return;
        m_plan.childrenRead = true;
        m_plan.olderChildren = readSupervisor(*older, starts(*older, m_change.name, m_context.olderStarts));
        m_plan.newerChildren = readSupervisor(*newer, starts(*newer, m_change.name, m_context.newerStarts));
        m_plan.notes += supervisorNotes(m_change.name, m_plan.olderChildren, m_plan.newerChildren);
    }

    void process()
    {
        ProcessChange change{m_change.name, m_after, AbstractCode::of(*m_change.older), AbstractCode::of(*m_change.newer), {}, {}, {}, {}};
        change.olderStateRecord = m_change.older->attribute("state_record").value_or(QList<erlang::Term>());
        change.newerStateRecord = m_change.newer->attribute("state_record").value_or(QList<erlang::Term>());
        change.olderExports = m_change.older->exports().value_or(QList<erlang::FunctionName>());
        change.newerExports = m_change.newer->exports().value_or(QList<erlang::FunctionName>());
        planProcess(m_plan, change);
    }

    const ModuleChange &m_change;
    const PlanContext &m_context;
    ModuleRole m_before;
    ModuleRole m_after;
    ModulePlan m_plan;
};

} // namespace

Result<ModulePlan> planModule(const ModuleChange &change, const PlanContext &context)
{
    return Planner(change, context).plan();
}

Issue moduleNote(Severity severity, const QString &code, const QByteArray &module, const QString &message)
{
    return {severity, code, message, QString::fromUtf8(module) + u".erl"_s, {}, {}, {}};
}

} // namespace handover::rules

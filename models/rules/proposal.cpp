// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/proposal.h"

#include "models/rules/appuptext.h"
#include "models/appup/appup.h"
#include "models/core/namelist.h"
#include "models/core/versionorder.h"
#include "models/rules/childrestarts.h"
#include "models/rules/dependencies.h"
#include "models/rules/foreignstates.h"
#include "models/rules/listednotes.h"
#include "models/rules/moduleindex.h"
#include "models/rules/moduleplan.h"
#include "models/rules/nativecode.h"
#include "models/rules/releaserules.h"
#include "models/rules/supervisorchange.h"
#include "models/rules/unfoundprocesses.h"
#include "models/rules/updateterm.h"
#include "models/jobs/parallel.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace handover::rules {

namespace {

using appup::Direction;

using Kind = ModuleChange::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupProposal)
};

QString named(const QByteArray &module) { return QString::fromUtf8(module); }

/// What one change tells by itself.
struct PlannedModule
{
    Result<ModulePlan> plan; ///< of a module that both have
    std::array<QSet<QByteArray>, 2> calls; ///< modules that it calls: up, down
};

QSet<QByteArray> calledModules(const std::optional<erlang::BeamFile> &module)
{
    QSet<QByteArray> modules;
    const auto imports = module ? module->imports() : Result<QList<erlang::ImportedFunction>>();
    for (const erlang::ImportedFunction &imported : imports.value_or(QList<erlang::ImportedFunction>()))
        modules.insert(imported.module);
    return modules;
}

/// Works out the proposal for one application.
class Proposer
{
public:
    Proposer(const AppContents &older, const AppContents &newer, const ModuleChanges &changes,
             const ProposalOptions &options)
        : m_older(older)
        , m_newer(newer)
        , m_options(options)
        , m_compared(changes)
        , m_changes(changes.modules)
        , m_allRead(changes.notes.isEmpty())
    {
        m_proposal = {newer.name, older.vsn, newer.vsn, {}, {}, {}, {}, changes.notes};
    }

    Result<Proposal> propose()
    {
        if (m_older.vsn == m_newer.vsn)
            return sameVersion();
        if (compareVersions(m_newer.vsn, m_older.vsn) < 0)
            add(Severity::Warning, u"rules.lower-version"_s,
                Words::tr("%1 goes from %2 to the lower version %3. If the builds were given in the wrong order, the ways up "
                          "and down are exchanged.").arg(named(m_newer.name), m_older.vsn, m_newer.vsn));
        m_proposal.notes += listedNotes(m_older, m_newer, m_changes);
        if (auto planned = plan(); !planned)
            return std::unexpected(planned.error());
        if (auto native = nativeCode(); !native)
            return std::unexpected(native.error());
        inParallel(2, [this](qsizetype number) {
            if (number == 0)
                m_proposal.up = instructions(Direction::Up);
            else
                m_proposal.down = instructions(Direction::Down);
        });
        circleNotes();
        if (m_changes.isEmpty() && m_allRead)
            add(Severity::Hint, u"rules.nothing-changed"_s,
                Words::tr("No module of %1 changed between %2 and %3. The appup is needed nevertheless; it does nothing.")
                    .arg(named(m_newer.name), m_older.vsn, m_newer.vsn));
        m_proposal.text = appupText(m_proposal);
        return m_proposal;
    }

private:
    void add(Severity severity, const QString &code, const QString &message)
    {
        m_proposal.notes.append({severity, code, message, named(m_newer.name) + u".app"_s, {}, {}, {}});
    }

    Result<Proposal> sameVersion()
    {
        auto changed = changedPrivateFiles(m_older, m_newer);
        if (!changed)
            return std::unexpected(changed.error());
        QStringList modules;
        for (const ModuleChange &change : m_changes)
            modules += named(change.name);
        const QStringList all = modules + *changed;
        if (!all.isEmpty())
            add(Severity::Error, u"rules.not-bumped"_s,
                Words::tr("%1 changed but is %2 in both releases: %3. An upgrade leaves what is installed under that "
                          "version as it is, and goes on with the old code. Give it another vsn.")
                    .arg(named(m_newer.name), m_newer.vsn, nameList(all)));
        return m_proposal;
    }

    Result<> nativeCode()
    {
        const auto files = changedNativeFiles(m_older, m_newer);
        if (!files)
            return std::unexpected(files.error());
        if (auto note = nativeCodeNote(*files, m_changes, m_newer))
            m_proposal.notes.append(*std::move(note));
        return {};
    }

    Result<> plan()
    {
        ModuleIndex olderIndex({m_older});
        ModuleIndex newerIndex(QList{m_newer} + m_options.surroundings);
        for (const ModuleChange &change : m_changes) {
            if (change.older)
                olderIndex.add(change.name, *change.older);
            if (change.newer)
                newerIndex.add(change.name, *change.newer);
        }
        for (auto module = m_compared.unchanged.cbegin(); module != m_compared.unchanged.cend(); ++module)
            olderIndex.add(module.key(), *module);
        const PlanContext context{[&](const QByteArray &module) { return newerIndex.find(module); },
                                  [&](const QByteArray &module) { return olderIndex.startsOf(module, m_older); },
                                  [&](const QByteArray &module) { return newerIndex.startsOf(module, m_newer); }};
        std::vector<PlannedModule> planned(static_cast<size_t>(m_changes.size()));
        inParallel(m_changes.size(), [&](qsizetype number) {
            const ModuleChange &change = m_changes[number];
            PlannedModule &module = planned[static_cast<size_t>(number)];
            if (change.kind == Kind::Changed)
                module.plan = planModule(change, context);
            module.calls = {calledModules(change.newer), calledModules(change.older)};
        });
        QStringList stripped;
        for (qsizetype i = 0; i < m_changes.size(); ++i) {
            PlannedModule &module = planned[static_cast<size_t>(i)];
            if (!module.plan)
                return std::unexpected(module.plan.error());
            m_calls.push_back(std::move(module.calls));
            if (m_changes[i].kind != Kind::Changed)
                continue;
            take(m_changes[i].name, *module.plan);
            if (module.plan->noDebugInfo)
                stripped += named(m_changes[i].name);
        }
        if (!stripped.isEmpty())
            add(Severity::Warning, u"rules.no-debug-info"_s,
                Words::tr("Compiled without debug_info: %1. Whether the states of their processes or their children "
                          "changed can't be told. Build both versions with debug_info, or look yourself.")
                    .arg(nameList(stripped)));
        if (!m_plans.isEmpty())
            supervision(olderIndex, newerIndex);
        return {};
    }

    /// What is to be done with the processes of changed modules follows from who supervises them.
    void supervision(const ModuleIndex &olderIndex, const ModuleIndex &newerIndex)
    {
        KnownSupervision known;
        KnownSupervision knownOfNewer;
        for (auto plan = m_plans.cbegin(); plan != m_plans.cend(); ++plan) {
            if (plan->childrenRead) {
                known.specs.insert(plan.key(), plan->olderChildren);
                knownOfNewer.specs.insert(plan.key(), plan->newerChildren);
            }
        }
        m_supervised[0] = readSupervision(m_older, olderIndex, known);
        for (auto module = m_compared.unchanged.keyBegin(); module != m_compared.unchanged.keyEnd(); ++module) {
            const auto part = m_supervised[0].parts.constFind(*module);
            if (part != m_supervised[0].parts.cend() && part->byItself)
                knownOfNewer.parts.insert(*module, *part);
        }
        m_supervised[1] = readSupervision(m_newer, newerIndex, knownOfNewer);
        m_restarts = planRestarts(m_plans, m_supervised[0], m_supervised[1]);
        m_proposal.notes += m_restarts.notes;
        m_proposal.notes += foreignStates(m_changes, m_plans, m_older, olderIndex);
        std::optional<std::vector<Supervision>> others; // read at the first question, which seldom comes
        m_proposal.notes += unfoundProcesses(m_plans, m_supervised[0], m_supervised[1], [&](const QByteArray &module) {
            if (!others)
                others = supervisionOfOthers(newerIndex);
            return std::ranges::any_of(*others, [&](const Supervision &other) { return other.names(module); });
        });
    }

    [[nodiscard]] std::vector<Supervision> supervisionOfOthers(const ModuleIndex &newerIndex) const
    {
        std::vector<Supervision> others;
        for (const AppContents &other : m_options.surroundings) {
            if (other.name != m_newer.name && !isOtpApplication(other.name))
                others.push_back(readSupervision(other, newerIndex));
        }
        return others;
    }

    /// Of supervisors that didn't change but have children to restart.
    [[nodiscard]] ChildInstructions restartInstructions(Direction direction) const
    {
        const bool up = direction == Direction::Up;
        const Supervision &from = m_supervised[up ? 0 : 1];
        const Supervision &to = m_supervised[up ? 1 : 0];
        ChildInstructions all;
        for (auto supervisor = from.supervisors.begin(); supervisor != from.supervisors.end(); ++supervisor) {
            if (m_plans.contains(supervisor.key()) || !to.supervisors.contains(supervisor.key()))
                continue;
            const ChildInstructions ours = childInstructions(*supervisor, *supervisor, m_restarts.modules);
            all.before += ours.before;
            all.after += ours.after;
        }
        return all;
    }

    void take(const QByteArray &module, const ModulePlan &plan)
    {
        m_plans.insert(module, plan);
        m_proposal.notes += plan.notes;
        if (plan.codeChange)
            m_proposal.codeChanges.append({module, *plan.codeChange});
    }

    /// Whether the .app that is gone to says that there is such a module.
    [[nodiscard]] bool lists(Direction direction, const QByteArray &module) const
    {
        return (direction == Direction::Up ? m_newer : m_older).listedModules.contains(module);
    }

    [[nodiscard]] Dependencies dependencies(Direction direction)
    {
        const bool up = direction == Direction::Up;
        const QSet<QByteArray> modules = loadedModules(m_changes, up ? m_newer : m_older, direction);
        const QSet<QByteArray> &others = up ? m_options.loadedUp : m_options.loadedDown;
        Dependencies all;
        for (qsizetype i = 0; i < m_changes.size(); ++i) {
            const QByteArray &name = m_changes[i].name;
            if (!modules.contains(name))
                continue;
            QList<QByteArray> needs;
            for (const QByteArray &called : std::as_const(m_calls[static_cast<size_t>(i)][up ? 0 : 1])) {
                if (called != name && (modules.contains(called) || others.contains(called)))
                    needs.append(called);
                if (up && isDeleted(called))
                    m_callsDeleted[name].insert(called);
            }
            std::ranges::sort(needs);
            all.insert(name, needs);
        }
        return all;
    }

    [[nodiscard]] bool isDeleted(const QByteArray &module) const
    {
        const auto change = std::ranges::lower_bound(m_changes, module, {}, &ModuleChange::name);
        return change != m_changes.end() && change->name == module && change->kind == Kind::Deleted;
    }

    [[nodiscard]] QList<ProposedInstruction> instructions(Direction direction)
    {
        const bool up = direction == Direction::Up;
        const Dependencies needs = dependencies(direction);
        ChildInstructions children = restartInstructions(direction);
        QList<ProposedInstruction> added;
        QList<ProposedInstruction> changed;
        QList<ProposedInstruction> deleted;
        for (const ModuleChange &change : m_changes) {
            const QByteArray &name = change.name;
            if (!change.target(direction)) {
                if (lists(direction, name)) // the code is lost, not gone
                    continue;
                deleted.append({deleteModule(name), up ? Words::tr("%1 is gone").arg(named(name))
                                                       : Words::tr("%1 is not in %2").arg(named(name), m_older.vsn)});
                continue;
            }
            if (!needs.contains(name))
                continue;
            if (change.kind != Kind::Changed) {
                added.append({addModule(name, needs[name]), up ? Words::tr("%1 is new").arg(named(name))
                                                               : Words::tr("%1 comes back").arg(named(name))});
                continue;
            }
            const ModulePlan plan = m_plans.value(name);
            changed.append({updateTerm(plan.way, name, purgeOf(name), needs[name]), plan.reason});
            const ChildInstructions ours =
                up ? childInstructions(plan.olderChildren, plan.newerChildren, m_restarts.modules)
                   : childInstructions(plan.newerChildren, plan.olderChildren, m_restarts.modules);
            children.before += ours.before;
            children.after += ours.after;
        }
        if (!up) {
            for (QList<ProposedInstruction> *part : {&added, &changed, &deleted})
                std::ranges::reverse(*part);
        }
        m_needs[up ? 0 : 1] = needs;
        return children.before + added + changed + children.after + deleted;
    }

    [[nodiscard]] PurgeChoice purgeOf(const QByteArray &module) const
    {
        return m_options.purgeOf.value(module, m_options.purge);
    }

    void circleNotes()
    {
        QSet<QList<QByteArray>> seen;
        for (const Dependencies &needs : m_needs) {
            const QList<QList<QByteArray>> found = circles(needs);
            for (const QList<QByteArray> &circle : found) {
                if (!std::exchange(seen, QSet(seen) << circle).contains(circle))
                    circleNote(circle);
            }
        }
        for (auto calls = m_callsDeleted.cbegin(); calls != m_callsDeleted.cend(); ++calls) {
            QStringList gone;
            for (const QByteArray &module : *calls)
                gone += named(module);
            gone.sort();
            m_proposal.notes.append(moduleNote(Severity::Warning, u"rules.calls-deleted"_s, calls.key(),
                                               Words::tr("%1 calls modules that are gone: %2.")
                                                   .arg(named(calls.key()), nameList(gone))));
        }
    }

    void circleNote(const QList<QByteArray> &circle)
    {
        QStringList modules;
        int suspended = 0;
        for (const QByteArray &module : circle) {
            modules += named(module);
            suspended += m_plans.contains(module) && m_plans[module].way != ModulePlan::Way::Load ? 1 : 0;
        }
        const QString words = Words::tr("These modules call each other in a circle: %1. OTP loads them as one, in the order "
                                        "of the appup.").arg(nameList(modules));
        const QString risk = Words::tr("Their processes are suspended at the same time: one that waits for an answer of "
                                       "another doesn't notice, is passed over after 5 seconds and keeps its old state.");
        add(suspended > 1 ? Severity::Warning : Severity::Hint, u"rules.circle"_s,
            suspended > 1 ? QString(words + u' ' + risk) : words);
    }

    const AppContents &m_older;
    const AppContents &m_newer;
    const ProposalOptions &m_options;
    const ModuleChanges &m_compared;
    const QList<ModuleChange> &m_changes; ///< of m_compared
    bool m_allRead;
    QMap<QByteArray, ModulePlan> m_plans; ///< of changed modules
    std::array<Supervision, 2> m_supervised; ///< of the older, of the newer
    ChildRestarts m_restarts;
    std::vector<std::array<QSet<QByteArray>, 2>> m_calls; ///< of each change: modules that it calls, up, down
    std::array<Dependencies, 2> m_needs;   ///< up, down
    QMap<QByteArray, QSet<QByteArray>> m_callsDeleted;
    Proposal m_proposal;
};

} // namespace

bool Proposal::hasErrors() const
{
    return std::ranges::any_of(notes, [](const Issue &issue) { return issue.severity == Severity::Error; });
}

Result<Proposal> proposeFor(const AppContents &older, const AppContents &newer, const ModuleChanges &changes,
                            const ProposalOptions &options)
{
    return Proposer(older, newer, changes, options).propose();
}

Result<Proposal> propose(const AppContents &older, const AppContents &newer, const ProposalOptions &options)
{
    if (older.name != newer.name)
        return misuse(u"rules.different-applications"_s,
                      Words::tr("%1 and %2 are different applications.").arg(named(older.name), named(newer.name)),
                      Words::tr("Give two builds of the same one."));
    const auto changes = compareModules(older, newer);
    if (!changes)
        return std::unexpected(changes.error());
    return proposeFor(older, newer, *changes, options);
}

} // namespace handover::rules

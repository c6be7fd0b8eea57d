// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changes/rulechecks.h"

#include "models/appup/instruction.h"
#include "models/appup/matcher.h"
#include "models/appup/writtenappup.h"
#include "models/erlang/edit.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::changes {

namespace {

using appup::Direction;
using appup::Rule;
using erlang::Term;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ChangesRules)
};

bool isSupervisor(const ModuleFacts &facts) { return facts.behaviours.contains("supervisor"); }

/// What a rule does with modules.
struct Mentioned
{
    struct Loading
    {
        Term instruction; ///< loads or updates a module, which is its second element
        qsizetype index;  ///< in the rule; -1: it stands in a list within the list
    };
    QList<Loading> loading;
    QSet<QByteArray> deleted;
    QSet<QByteArray> loaded;
    bool everything = false;    ///< an application or the emulator restarts
};

QByteArray moduleOf(const Term &instruction) { return instruction.at(1).atomName().value_or(QByteArray()); }

void read(Mentioned &mentioned, const QList<Term> &instructions, bool nested = false)
{
    for (qsizetype i = 0; i < instructions.size(); ++i) {
        const Term &instruction = instructions[i];
        if (instruction.kind() == Term::Kind::List && instruction.isMaybeImproperList()) {
            read(mentioned, instruction.items(), true);
        } else if (instruction.isAtom("restart_new_emulator") || instruction.isAtom("restart_emulator") ||
                   instruction.isTagged("restart_application", 2)) {
            mentioned.everything = true;
        } else if (instruction.isTagged("load", 2)) {
            mentioned.loaded.insert(instruction.at(1).at(0).atomName().value_or(QByteArray()));
        } else if (instruction.kind() == Term::Kind::Tuple && instruction.size() >= 2) {
            const QByteArray name = instruction.at(0).atomName().value_or(QByteArray());
            if (name == "delete_module") {
                mentioned.deleted.insert(moduleOf(instruction));
            } else if (name == "update" || name == "load_module" || name == "add_module") {
                mentioned.loading.append({instruction, nested ? -1 : i});
                mentioned.loaded.insert(moduleOf(instruction));
            }
        }
    }
}

// nullptr: none takes the older version, or none has to.
const Rule *ruleFor(const appup::Appup &appup, Direction direction, const AppDifference &app)
{
    if (!app.vsnBumped() || app.from.isEmpty() || app.to.isEmpty() || !app.looked)
        return nullptr;
    const QList<Rule> &rules = appup.rules(direction);
    const auto rule = std::ranges::find(rules, appup::Matcher(rules).match(app.from), &Rule::number);
    return rule == rules.end() ? nullptr : &*rule;
}

/// Checks the rule of one direction.
class RuleCheck
{
public:
    RuleCheck(const QByteArray &text, const QString &file, const AppDifference &app, Differences::Basis basis,
              const Rule &rule)
        : m_text(text)
        , m_file(file)
        , m_app(app)
        , m_rule(rule)
        , m_up(rule.direction == Direction::Up)
        , m_sure(basis == Differences::Basis::Builds)
        , m_written(text)
    {
        read(m_mentioned, rule.instructions);
    }

    QList<Issue> run()
    {
        if (!m_mentioned.everything)
            unmentioned();
        for (const Mentioned::Loading &loading : std::as_const(m_mentioned.loading))
            check(loading);
        return std::move(m_issues);
    }

private:
    [[nodiscard]] QString ways() const { return m_up ? Words::tr("upgrade") : Words::tr("downgrade"); }
    [[nodiscard]] const QSet<QByteArray> &there() const { return m_up ? m_app.newerModules : m_app.olderModules; }
    // Terms of a rule have the places of the text in which {{vsn}} is filled in.
    [[nodiscard]] TextRange rangeOf(const Mentioned::Loading &loading) const
    {
        const Term written = m_written.instructions(m_rule).at(loading.index);
        return loading.index < 0 || written.range().isEmpty() ? m_rule.keyRange : written.range();
    }

    void add(Severity severity, const QString &code, const QString &message, TextRange range, std::optional<Fix> fix = {})
    {
        m_issues.append({severity, code, message, m_file, range, placeOf(m_text, range.begin), std::move(fix)});
    }

    // The instruction at the end of the rule, as the text's own layout has it.
    [[nodiscard]] std::optional<Fix> appended(const Term &instruction) const
    {
        return appup::fixOf(Words::tr("Add %1").arg(QString::fromUtf8(instruction.print())),
                            m_written.insertInstruction(m_rule, m_rule.instructions.size(), instruction));
    }

    [[nodiscard]] std::optional<Fix> removed(const Mentioned::Loading &loading) const
    {
        return loading.index < 0 ? std::nullopt
                                 : appup::fixOf(Words::tr("Remove this instruction"),
                                                m_written.removeInstruction(m_rule, loading.index));
    }

    [[nodiscard]] std::optional<Fix> replaced(const Mentioned::Loading &loading, const Term &instruction) const
    {
        return loading.index < 0 ? std::nullopt
                                 : appup::fixOf(Words::tr("Use %1").arg(QString::fromUtf8(instruction.print())),
                                                m_written.replaceInstruction(m_rule, loading.index, instruction));
    }

    static Term load(const ModuleDifference &module, const ModuleFacts *facts)
    {
        const Term name = Term::atom(module.name);
        if (facts && isSupervisor(*facts))
            return Term::tuple({Term::atom("update"), name, Term::atom("supervisor")});
        static const QByteArrayList processes{"gen_server", "gen_statem", "gen_event", "gen_fsm"};
        const bool process = facts && std::ranges::any_of(facts->behaviours, [](const QByteArray &behaviour) {
                                 return processes.contains(behaviour);
                             });
        if (!process)
            return Term::tuple({Term::atom("load_module"), name});
        const bool converts = facts->exportsFunction("code_change", 3) || facts->exportsFunction("code_change", 4);
        if (!converts)
            return Term::tuple({Term::atom("update"), name});
        return Term::tuple({Term::atom("update"), name, Term::tuple({Term::atom("advanced"), Term()})});
    }

    void unmentioned()
    {
        for (const ModuleDifference &module : m_app.modules) {
            const QString name = QString::fromUtf8(module.name);
            const Change change = m_up || module.change == Change::Changed ? module.change
                                  : module.change == Change::Added         ? Change::Removed
                                                                           : Change::Added;
            if (change == Change::Removed) {
                if (!m_mentioned.deleted.contains(module.name))
                    add(Severity::Warning, u"changes.not-deleted"_s,
                        Words::tr("%1 is not in the version gone to, and this %2 doesn't delete it: its old code stays "
                                  "loaded.").arg(name, ways()),
                        m_rule.keyRange, appended(Term::tuple({Term::atom("delete_module"), Term::atom(module.name)})));
                continue;
            }
            if (m_mentioned.loaded.contains(module.name))
                continue;
            const auto &facts = m_up ? module.newer : module.older;
            const Term instruction = change == Change::Added
                                         ? Term::tuple({Term::atom("add_module"), Term::atom(module.name)})
                                         : load(module, facts ? &*facts : nullptr);
            add(Severity::Error, u"changes.unmentioned"_s,
                change == Change::Added
                    ? Words::tr("%1 is only in the version gone to, and no instruction of this %2 loads it.").arg(name, ways())
                    : Words::tr("%1 differs between %3 and %4, and no instruction of this %2 loads it: the old code would "
                                "go on running.").arg(name, ways(), m_app.from, m_app.to),
                m_rule.keyRange, appended(instruction));
        }
    }

    void check(const Mentioned::Loading &loading)
    {
        const QByteArray module = moduleOf(loading.instruction);
        const QString name = QString::fromUtf8(module);
        if (module.isEmpty())
            return;
        if (!there().contains(module)) {
            if (m_sure)
                add(Severity::Error, u"changes.no-such-module"_s,
                    Words::tr("%1 has no module %2 in the version this %3 goes to.")
                        .arg(QString::fromUtf8(m_app.name), name, ways()),
                    rangeOf(loading), removed(loading));
            return;
        }
        const ModuleDifference *difference = m_app.module(module);
        if (!difference) {
            if (m_sure)
                unchanged(loading, name);
            return;
        }
        // Suspended and converted is with the code that is loaded.
        const auto &facts = m_up ? difference->newer : difference->older;
        if (facts)
            checkChange(loading, name, *difference, *facts);
    }

    void unchanged(const Mentioned::Loading &loading, const QString &name)
    {
        const bool supervisor = isSupervisorUpdate(loading.instruction);
        if (!supervisor && loading.instruction.isTagged("update", 3)) // its processes may be meant: an Extra, DepMods
            return;
        add(Severity::Hint, supervisor ? u"changes.supervisor-unchanged"_s : u"changes.unchanged"_s,
            (supervisor ? Words::tr("The supervisor %1 is the same in %2 and %3. This has it read init/1 again, and "
                                    "restarts none of its children.")
                        : Words::tr("The code of %1 is the same in %2 and %3; loading it does nothing but cost time."))
                .arg(name, m_app.from, m_app.to),
            rangeOf(loading), removed(loading));
    }

    static bool isSupervisorUpdate(const Term &instruction)
    {
        return instruction.isTagged("update", 3) && instruction.at(2).isAtom("supervisor");
    }

    void checkChange(const Mentioned::Loading &loading, const QString &name, const ModuleDifference &difference,
                     const ModuleFacts &facts)
    {
        const Term &instruction = loading.instruction;
        const bool supervisor = isSupervisor(facts);
        const bool isUpdate = instruction.at(0).isAtom("update");
        if (isSupervisorUpdate(instruction) && !supervisor && !facts.behaviours.isEmpty()) {
            add(Severity::Warning, u"changes.not-a-supervisor"_s,
                Words::tr("%1 is no supervisor (%2); {update, %1, supervisor} is for supervisors only.")
                    .arg(name, QString::fromUtf8(facts.behaviours.join(", "))),
                rangeOf(loading), replaced(loading, load(difference, &facts)));
        } else if (difference.initChanged && instruction.at(0).isAtom("load_module")) {
            add(Severity::Hint, u"changes.supervisor-loaded"_s,
                Words::tr("init/1 of the supervisor %1 changed, and load_module doesn't have it called. {update, %1, "
                          "supervisor} does (which starts and stops no child).").arg(name),
                rangeOf(loading), replaced(loading, load(difference, &facts)));
        }
        const bool advanced = isUpdate && std::ranges::any_of(instruction.items(), [](const Term &argument) {
                                  return argument.isTagged("advanced", 2);
                              });
        // The converter of the newer code is called on both ways: release_handler_1 calls it while that code is loaded.
        const auto &newer = difference.newer;
        if (advanced && newer && !supervisor && !newer->behaviours.isEmpty() && !newer->exportsFunction("code_change", 3) &&
            !newer->exportsFunction("code_change", 4) && !newer->exportsFunction("system_code_change", 4))
            add(Severity::Error, u"changes.code-change-missing"_s,
                Words::tr("%1 exports no code_change, which this instruction has its processes call: the upgrade would fail. "
                          "Write one; or have them suspended only, if their state is the same.")
                    .arg(name),
                rangeOf(loading), replaced(loading, Term::tuple({Term::atom("update"), Term::atom(difference.name)})));
    }

    const QByteArray &m_text;
    const QString &m_file;
    const AppDifference &m_app;
    const Rule &m_rule;
    bool m_up;
    bool m_sure;
    appup::WrittenAppup m_written;
    Mentioned m_mentioned;
    QList<Issue> m_issues;
};

} // namespace

QList<Issue> checkRules(const appup::Appup &appup, const QByteArray &text, const QString &file, const AppDifference &app,
                        Differences::Basis basis)
{
    QList<Issue> issues;
    for (const Direction direction : {Direction::Up, Direction::Down}) {
        if (const Rule *rule = ruleFor(appup, direction, app))
            issues += RuleCheck(text, file, app, basis, *rule).run();
    }
    std::ranges::stable_sort(issues, {}, [](const Issue &issue) { return issue.range.begin; });
    return issues;
}

QList<Issue> checkRules(const QByteArray &text, const QString &file, const AppDifference &app, Differences::Basis basis)
{
    const auto appup = appup::Appup::parse(text, app.to);
    return appup ? checkRules(*appup, text, file, app, basis) : QList<Issue>();
}

QByteArray withMissingInstructions(const QByteArray &text, const AppDifference &app, Differences::Basis basis)
{
    QByteArray mended = text;
    // One at a time: each fix is about the text it was found in. There are at most two for each module.
    for (qsizetype left = 2 * app.modules.size(); left > 0; --left) {
        const QList<Issue> issues = checkRules(mended, {}, app, basis);
        const auto missing = std::ranges::find_if(issues, [](const Issue &issue) {
            return issue.fix && (issue.code == u"changes.unmentioned"_s || issue.code == u"changes.not-deleted"_s);
        });
        if (missing == issues.end())
            break;
        mended = erlang::applyEdits(mended, missing->fix->edits);
    }
    return mended;
}

QByteArrayList unmentionedModules(const appup::Appup &appup, const AppDifference &app)
{
    QByteArrayList names;
    const Rule *rule = ruleFor(appup, Direction::Up, app);
    if (!rule)
        return names;
    Mentioned mentioned;
    read(mentioned, rule->instructions);
    for (const ModuleDifference &module : app.modules) {
        if (!mentioned.everything && module.change != Change::Removed && !mentioned.loaded.contains(module.name))
            names.append(module.name);
    }
    return names;
}

} // namespace handover::changes

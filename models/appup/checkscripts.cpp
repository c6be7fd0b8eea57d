// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/checks.h"

#include "models/appup/instruction.h"
#include "models/appup/instructionforms.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

using erlang::Term;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupCheck)
};

/// An instruction that brings code in or takes it away, by what systools_rc makes a vertex of its graph.
struct ModuleInstruction
{
    qsizetype index = 0; ///< in the rule
    QByteArray module;
    QByteArrayList needs; ///< DepMods
    TextRange range;
};

std::optional<ModuleInstruction> moduleInstruction(const Term &written)
{
    const Term full = expanded(written);
    if (full.kind() != Term::Kind::Tuple || !formOf(full) || !checkInstructions({written}).isEmpty())
        return std::nullopt;
    const QByteArray name = full.at(0).atomName().value_or(QByteArray());
    const bool changes = name == "update" || name == "load_module";
    if (!changes && name != "add_module" && name != "delete_module")
        return std::nullopt;
    ModuleInstruction instruction{0, full.at(1).atomName().value_or(QByteArray()), {}, written.range()};
    const Term last = full.at(full.size() - 1);
    if (full.size() > 2 && last.kind() == Term::Kind::List) {
        for (const Term &need : last.items())
            instruction.needs.append(need.atomName().value_or(QByteArray()));
    }
    return instruction;
}

/// The modules of a rule and what they need.
class ScriptCheck
{
public:
    ScriptCheck(IssueList &issues, const Rule &rule, const Template &source, const WrittenAppup &written)
        : m_issues(issues)
        , m_rule(rule)
        , m_source(source)
        , m_written(written)
    {
        for (qsizetype i = 0; i < rule.instructions.size(); ++i) {
            if (auto instruction = moduleInstruction(rule.instructions[i])) {
                instruction->index = i;
                m_modules.append(*instruction);
            }
        }
        for (qsizetype i = m_modules.size() - 1; i >= 0; --i)
            m_first.insert(m_modules[i].module, i);
    }

    void run()
    {
        for (qsizetype i = 0; i < m_modules.size(); ++i) {
            checkTwice(i);
            checkNeeds(m_modules[i]);
        }
        checkCycles();
        checkRestarts();
        checkSupervisors();
    }

private:
    void add(Severity severity, const QString &code, const QString &message, TextRange range,
             std::optional<Fix> fix = {})
    {
        m_issues.add(severity, code, message, m_source.toSource(range), std::move(fix));
    }

    void checkTwice(qsizetype i)
    {
        if (m_first.value(m_modules[i].module) == i)
            return;
        add(Severity::Error, u"appup.module-twice"_s,
            Words::tr("This rule has another instruction for %1 already; make_relup fails with muldef_module. "
                      "Leave one of them.")
                .arg(QString::fromUtf8(m_modules[i].module)),
            m_modules[i].range,
            fixOf(Words::tr("Remove this instruction"), m_written.removeInstruction(m_rule, m_modules[i].index)));
    }

    void checkNeeds(const ModuleInstruction &instruction)
    {
        for (const QByteArray &need : instruction.needs) {
            if (m_first.contains(need) || need.isEmpty())
                continue;
            add(Severity::Warning, u"appup.undefined-dependency"_s,
                Words::tr("%1 depends on %2, for which this rule has no instruction: make_relup fails with "
                          "undef_module, unless another application's rule loads it in the same upgrade.")
                    .arg(QString::fromUtf8(instruction.module), QString::fromUtf8(need)),
                instruction.range);
        }
    }

    // From one module to another by what is needed; the way back to a module that is on it already.
    void follow(qsizetype at, QList<qsizetype> &way)
    {
        if (const qsizetype begin = way.indexOf(at); begin >= 0) {
            const QList<qsizetype> circle = way.sliced(begin);
            if (circle.size() > 1 && std::ranges::none_of(circle, [&](qsizetype i) { return m_inCircle.contains(i); }))
                addCircle(circle);
            return;
        }
        if (m_followed.contains(at))
            return;
        m_followed.insert(at);
        way.append(at);
        for (const QByteArray &need : m_modules[at].needs) {
            if (const auto next = m_first.constFind(need); next != m_first.cend())
                follow(*next, way);
        }
        way.removeLast();
    }

    void addCircle(const QList<qsizetype> &circle)
    {
        QStringList names;
        for (const qsizetype i : circle) {
            names.append(QString::fromUtf8(m_modules[i].module));
            m_inCircle.insert(i);
        }
        names.append(names.constFirst());
        add(Severity::Warning, u"appup.dependency-cycle"_s,
            Words::tr("These modules depend on each other in a circle: %1. OTP then takes the order in which they are "
                      "written, and one is loaded before what it needs. Break the circle.")
                .arg(names.join(u" → "_s)),
            m_modules[*std::ranges::min_element(circle)].range);
    }

    void checkCycles()
    {
        constexpr qsizetype most = 2000; // of the depth, in a hostile file
        if (m_modules.size() > most)
            return;
        for (qsizetype i = 0; i < m_modules.size(); ++i) {
            QList<qsizetype> way;
            follow(i, way);
        }
    }

    // systools_rc takes both out and puts one at the head or at the end of the script.
    void checkRestarts()
    {
        const bool up = m_rule.direction == Direction::Up;
        const qsizetype last = m_rule.instructions.size() - 1;
        for (qsizetype i = 0; i <= last; ++i) {
            const Term &instruction = m_rule.instructions[i];
            if (up && i > 0 && instruction.isAtom("restart_new_emulator")) {
                add(Severity::Hint, u"appup.restart-order"_s,
                    Words::tr("restart_new_emulator always comes first, wherever it is written: the emulator restarts, "
                              "and then what stands before it here is done."),
                    instruction.range(),
                    fixOf(Words::tr("Write it first"), m_written.moveInstruction(m_rule, i, 0)));
            } else if (i < last && instruction.isAtom("restart_emulator")) {
                add(Severity::Hint, u"appup.restart-order"_s,
                    Words::tr("restart_emulator always comes last, wherever it is written: what follows here is done "
                              "before it."),
                    instruction.range(),
                    fixOf(Words::tr("Write it last"), m_written.moveInstruction(m_rule, i, last + 1)));
            }
        }
    }

    void checkSupervisors()
    {
        const QList<Term> &instructions = m_rule.instructions;
        const auto updatesSupervisor = [](const Term &instruction) {
            return instruction.isTagged("update", 3) && instruction.at(2).isAtom("supervisor");
        };
        if (instructions.isEmpty() || !std::ranges::all_of(instructions, updatesSupervisor))
            return;
        add(Severity::Hint, u"appup.supervisor-only"_s,
            Words::tr("This rule has a supervisor read its init/1 again and does nothing else: no child is restarted, "
                      "started or given new code. To restart what it supervises, restart the application."),
            instructions.constFirst().range());
    }

    IssueList &m_issues;
    const Rule &m_rule;
    const Template &m_source;
    const WrittenAppup &m_written;
    QList<ModuleInstruction> m_modules;
    QHash<QByteArray, qsizetype> m_first; ///< the first of m_modules for each module
    QSet<qsizetype> m_followed;
    QSet<qsizetype> m_inCircle;
};

} // namespace

void checkScript(IssueList &issues, const Rule &rule, const Template &source, const WrittenAppup &written)
{
    ScriptCheck(issues, rule, source, written).run();
}

} // namespace handover::appup

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/check.h"

#include "models/appup/appupcode.h"
#include "models/appup/checks.h"
#include "models/appup/instruction.h"
#include "models/appup/instructionforms.h"
#include "models/appup/mirror.h"
#include "models/appup/reader.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

using erlang::Term;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupCheck)
};

void checkTail(IssueList &issues, const Template &source, const Term &first)
{
    const auto all = erlang::parseTerms(source.rendered());
    if (all && all->size() == 1)
        return;
    const TextRange range = all ? all->at(1).range() : all.error().range;
    const qsizetype begin = qMax(range.begin, first.range().end);
    issues.add(
        Severity::Warning, u"appup.more-than-one-term"_s,
        Words::tr("systools reads the first term only, but the release handler on the node wants the file to "
                  "hold exactly one and refuses the upgrade. Remove what follows."),
        source.toSource({begin, qMax(begin, range.end)}));
}

void checkVsn(IssueList &issues, const Appup &appup, const Term &written, const CheckContext &context)
{
    if (!written.at(0).stringValue()) {
        issues.add(Severity::Warning, u"appup.vsn-differs"_s,
                   Words::tr("The first element must be the application's version as a string."),
                   appup.versionRange);
        return;
    }
    if (context.appVsn.isEmpty() || appup.version == context.appVsn)
        return;
    const QByteArray replacement = Term::string(context.appVsn).print();
    issues.add(
        Severity::Warning, u"appup.vsn-differs"_s,
        Words::tr("The appup is for version %1, but the application has version %2. Write the application's "
                  "version here.")
            .arg(appup.version, context.appVsn),
        appup.versionRange,
        Fix{Words::tr("Use %1").arg(QString::fromUtf8(replacement)), {{appup.versionRange, replacement}}});
}

// The instruction that was probably meant, under the arguments that are there.
std::optional<Fix> renamed(const Rule &rule, TextRange range, const WrittenAppup &written)
{
    for (qsizetype i = 0; i < rule.instructions.size(); ++i) {
        const Term &instruction = rule.instructions[i];
        if (instruction.range() != range || instruction.kind() != Term::Kind::Tuple)
            continue;
        const QString name = similarInstruction(instruction.at(0).atomName().value_or(QByteArray()));
        QList<Term> items = instruction.items();
        items[0] = Term::atom(name.toUtf8());
        const Term meant = Term::tuple(items);
        if (name.isEmpty() || !checkInstructions({meant}).isEmpty())
            return std::nullopt;
        return fixOf(Words::tr("Use %1").arg(name), written.replaceInstruction(rule, i, meant));
    }
    return std::nullopt;
}

void checkInstructionsOf(IssueList &issues, const QList<Rule> &rules, const Term &list,
                         const Template &source, const WrittenAppup &written)
{
    for (const Rule &rule : rules) {
        const Term entry = list.at(rule.number - 1);
        if (rule.key == Rule::Key::Ignored)
            continue;
        if (!entry.at(1).isList() || entry.at(1).kind() == Term::Kind::String) {
            issues.add(Severity::Error, u"appup.shape"_s,
                       Words::tr("The instructions of a rule must be a list. Put them into brackets: [%1].")
                           .arg(QString::fromUtf8(entry.at(1).print()).left(60)),
                       rule.instructionsRange);
            continue;
        }
        checkScript(issues, rule, source, written);
        for (const InstructionProblem &problem : checkInstructions(rule.instructions)) {
            const bool warning = problem.kind == InstructionProblem::Kind::OnlyTranslated;
            const bool known = problem.kind == InstructionProblem::Kind::BadArgument ||
                               problem.kind == InstructionProblem::Kind::Misplaced;
            issues.add(warning ? Severity::Warning : Severity::Error,
                       known ? u"appup.bad-argument"_s : u"appup.unknown-instruction"_s, problem.message,
                       source.toSource(problem.range),
                       known || warning ? std::nullopt : renamed(rule, problem.range, written));
        }
    }
}

// Each upgrade rule turned round; nothing if one of them can't be.
std::optional<Fix> waysBack(const Appup &appup, const WrittenAppup &written)
{
    QList<Term> entries;
    for (const Rule &rule : appup.up) {
        const auto back = wayBack(rule);
        if (!back)
            return std::nullopt;
        entries.append(*back);
    }
    if (appup.downRange.isEmpty() || !written.isAppup())
        return std::nullopt;
    return fixOf(Words::tr("Add the way back of each upgrade rule"), written.replaceList(Direction::Down, entries));
}

void checkDowngrade(IssueList &issues, const Appup &appup, const WrittenAppup &written)
{
    if (!appup.down.isEmpty() || appup.up.isEmpty())
        return;
    issues.add(
        Severity::Warning, u"appup.no-downgrade"_s,
        Words::tr(
            "The downgrade list is empty: a node upgraded to this version can't go back without a restart. "
            "Add rules for the versions it may have to go back to."),
        appup.downRange, waysBack(appup, written));
}

} // namespace

QList<Issue> check(QByteArrayView text, const CheckContext &context)
{
    IssueList issues(text, context.file);
    const Template source(text, context.file.endsWith(".src"_L1) ? context.appVsn : QString());
    const auto term = erlang::parseFirstTerm(source.rendered());
    if (!term && context.file.endsWith(".src"_L1) && isErlangCode(text))
        return rulesOfCode(text, context, {}).issues;
    if (!term) {
        const auto error = inSource(term.error(), source, text);
        issues.add(Severity::Error, u"appup.syntax"_s, error.message, error.range);
        return std::move(issues).sorted();
    }
    checkTail(issues, source, *term);
    if (const auto wrong = shapeError(*term)) {
        issues.add(Severity::Error, u"appup.shape"_s, shapeWords(*wrong),
                   source.toSource(shapeRange(*term, *wrong)));
        return std::move(issues).sorted();
    }
    const Appup appup = fromTerm(*term, source);
    const WrittenAppup written(text);
    checkVsn(issues, appup, *term, context);
    for (const Direction direction : {Direction::Up, Direction::Down}) {
        const QList<Rule> &rules = appup.rules(direction);
        checkKeys(issues, rules, context);
        checkOrder(issues, rules, context, written);
        checkVersions(issues, appup, direction, context, written);
        checkInstructionsOf(issues, rules, term->at(direction == Direction::Up ? 1 : 2), source,
                            written);
    }
    checkDowngrade(issues, appup, written);
    return std::move(issues).sorted();
}

} // namespace handover::appup

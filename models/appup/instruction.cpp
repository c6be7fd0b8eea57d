// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/instruction.h"

#include "models/appup/instructionforms.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

using erlang::Term;
using Kind = InstructionProblem::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupInstruction)
};

bool isChange(const Term &term) { return term.kind() == Term::Kind::Tuple || term.isAtom("soft"); }

std::optional<InstructionProblem> unknown(const Term &instruction, bool nested)
{
    const bool tuple = instruction.kind() == Term::Kind::Tuple;
    const auto name = (tuple ? instruction.at(0) : instruction).atomName();
    QString message;
    if (!name) {
        message =
            Words::tr("This is no instruction; an instruction is an atom or a tuple that begins with one.");
    } else if (const QString forms = writtenForms(*name); !forms.isEmpty()) {
        message =
            Words::tr("%1 isn't written like this. OTP knows: %2.").arg(QString::fromUtf8(*name), forms);
        if (nested)
            message +=
                u' ' + Words::tr("In a list within the list only the forms with all arguments are known.");
    } else {
        message = Words::tr("There is no instruction %1.").arg(QString::fromUtf8(*name));
        if (const QString near = similarInstruction(*name); !near.isEmpty())
            message += u' ' + Words::tr("Did you mean %1?").arg(near);
    }
    return InstructionProblem{Kind::Unknown, message, instruction.range()};
}

std::optional<InstructionProblem> checkOne(const Term &written, bool nested)
{
    const Term instruction = nested ? written : expanded(written);
    if (instruction.kind() == Term::Kind::Atom) {
        if (instruction.isAtom("restart_new_emulator") || instruction.isAtom("restart_emulator") ||
            instruction.isAtom("point_of_no_return"))
            return std::nullopt;
        if (instruction.isAtom("restart") || instruction.isAtom("reboot"))
            return InstructionProblem{Kind::OnlyTranslated,
                                      Words::tr("The release handler refuses %1 when it upgrades a node. Use "
                                                "restart_new_emulator or restart_emulator.")
                                          .arg(QString::fromUtf8(instruction.print())),
                                      written.range()};
        if (instruction.isAtom("mnesia_backup"))
            return InstructionProblem{
                Kind::Unknown, Words::tr("OTP doesn't implement mnesia_backup; use apply."), written.range()};
        return unknown(written, nested);
    }
    const InstructionForm *form = formOf(instruction);
    if (!form)
        return unknown(written, nested);
    for (qsizetype i = 0; i < form->arguments.size(); ++i) {
        const Term argument = instruction.at(i + 1);
        if (argumentFits(argument, form->arguments[i]))
            continue;
        const TextRange range = argument.range().isEmpty() ? written.range() : argument.range();
        return InstructionProblem{Kind::BadArgument,
                                  Words::tr("Argument %1 of %2 must be %3.")
                                      .arg(QString::number(i + 1), QString::fromLatin1(form->name),
                                           argumentWords(form->arguments[i])),
                                  range};
    }
    return std::nullopt;
}

bool mayStandBefore(const Term &instruction)
{
    return instruction.isTagged("load_object_code", 2) || instruction.isTagged("apply", 2);
}

} // namespace

Term expanded(const Term &instruction)
{
    if (instruction.kind() != Term::Kind::Tuple || instruction.size() < 2 || instruction.size() > 4)
        return instruction;
    const Term name = instruction.at(0);
    const Term module = instruction.at(1);
    const Term third = instruction.at(2);
    const Term purge = Term::atom("brutal_purge");
    const qsizetype size = instruction.size();
    if (name.isAtom("load_module") && (size == 2 || (size == 3 && third.isMaybeImproperList())))
        return Term::tuple({name, module, purge, purge, third});
    if (name.isAtom("add_application") && size == 2)
        return Term::tuple({name, module, Term::atom("permanent")});
    if (!name.isAtom("update"))
        return instruction;
    if (size == 2)
        return Term::tuple({name, module, Term::atom("soft"), purge, purge, Term()});
    if (size == 3 && third.isAtom("supervisor")) {
        return Term::tuple({name, module, Term::atom("static"), Term::atom("default"),
                            Term::tuple({Term::atom("advanced"), Term()}), purge, purge, Term()});
    }
    if (size == 3 && isChange(third))
        return Term::tuple({name, module, third, purge, purge, Term()});
    if (size == 3 && third.isMaybeImproperList())
        return Term::tuple({name, module, Term::atom("soft"), purge, purge, third});
    if (size == 4 && isChange(third) && instruction.at(3).isMaybeImproperList())
        return Term::tuple({name, module, third, purge, purge, instruction.at(3)});
    return instruction;
}

QList<InstructionProblem> checkInstructions(const QList<Term> &instructions)
{
    QList<InstructionProblem> problems;
    QList<Term> flat;
    for (const Term &instruction : instructions) {
        const bool nested = instruction.isList();
        const QList<Term> members = nested ? instruction.items() : QList{instruction};
        for (const Term &member : members) {
            auto problem = checkOne(member, nested);
            if (!problem)
                continue;
            if (problem->range.isEmpty()) // a character of a string has no place of its own
                problem->range = instruction.range();
            problems.append(*std::move(problem));
        }
        flat += members;
    }
    const auto isPoint = [](const Term &term) { return term.isAtom("point_of_no_return"); };
    const auto point = std::ranges::find_if(flat, isPoint);
    if (point == flat.end())
        return problems;
    const auto misplaced = std::find_if_not(flat.begin(), point, mayStandBefore);
    if (misplaced != point) {
        problems.append({Kind::Misplaced,
                         Words::tr("Before point_of_no_return only load_object_code and apply may stand."),
                         misplaced->range()});
    }
    const auto second = std::find_if(std::next(point), flat.end(), isPoint);
    if (second != flat.end())
        problems.append({Kind::Misplaced, Words::tr("point_of_no_return may stand in a rule only once."),
                         second->range()});
    return problems;
}

} // namespace handover::appup

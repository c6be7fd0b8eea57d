// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/appuptext.h"

#include "models/rules/bracketed.h"

namespace handover::rules {

namespace {

using erlang::Term;

// Long ones have a list of modules at their end, which is broken.
QByteArray instructionText(const Term &instruction, qsizetype column)
{
    QByteArrayList parts;
    const QList<Term> elements = instruction.items();
    for (const Term &element : elements)
        parts.append(spaced(element));
    if (elements.isEmpty() || elements.constLast().kind() != Term::Kind::List || elements.constLast().size() == 0)
        return bracketed("{", parts, "}", column);
    parts.removeLast();
    QByteArrayList modules;
    const QList<Term> last = elements.constLast().items();
    for (const Term &module : last)
        modules.append(spaced(module));
    return bracketed('{' + parts.join(", ") + ", [", modules, "]}", column);
}

} // namespace

QByteArray entryText(const QString &vsn, const QList<ProposedInstruction> &instructions, qsizetype column)
{
    const QByteArray version = Term::string(vsn).print();
    if (instructions.isEmpty())
        return '{' + version + ", []}";
    QByteArrayList lines;
    for (const ProposedInstruction &instruction : instructions)
        lines.append(instructionText(instruction.term, column + 2));
    const QByteArray indentation(column + 1, ' ');
    return '{' + version + ",\n" + indentation + '[' + lines.join(QByteArray(",\n " + indentation)) + "]}";
}

QByteArray appupText(const Proposal &proposal)
{
    return '{' + Term::string(proposal.to).print() + ",\n [" + entryText(proposal.from, proposal.up, 2) + "],\n [" +
           entryText(proposal.from, proposal.down, 2) + "]}.\n";
}

} // namespace handover::rules

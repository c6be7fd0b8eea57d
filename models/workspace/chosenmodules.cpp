// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/chosenmodules.h"

#include <algorithm>

namespace handover::workspace {

namespace {

using erlang::Term;

bool isIn(const QSet<QByteArray> &modules, const Term &term)
{
    const auto name = term.atomName();
    return name && modules.contains(*name);
}

bool mentions(const Term &term, const QSet<QByteArray> &modules)
{
    if (term.kind() == Term::Kind::Atom)
        return isIn(modules, term);
    if (term.kind() != Term::Kind::Tuple && term.kind() != Term::Kind::List)
        return false;
    return std::ranges::any_of(term.items(), [&](const Term &item) { return mentions(item, modules); });
}

bool isAboutModule(const Term &instruction)
{
    static const QByteArrayList names{"update", "load_module", "add_module", "delete_module"};
    return instruction.kind() == Term::Kind::Tuple && instruction.size() >= 2 &&
           names.contains(instruction.at(0).atomName().value_or(QByteArray()));
}

// DepMods are the last element, where there are any.
Term independent(const Term &instruction, const QSet<QByteArray> &leftOut)
{
    QList<Term> items = instruction.items();
    if (items.constLast().kind() != Term::Kind::List)
        return instruction;
    QList<Term> needs = items.constLast().items();
    if (needs.removeIf([&](const Term &need) { return isIn(leftOut, need); }) == 0)
        return instruction;
    items.last() = Term::list(needs);
    if (needs.isEmpty() && items.size() <= 4 && items.size() > 2) // a short form without them
        items.removeLast();
    return Term::tuple(items);
}

QList<rules::ProposedInstruction> without(const QList<rules::ProposedInstruction> &instructions, const QSet<QByteArray> &leftOut)
{
    QList<rules::ProposedInstruction> kept;
    for (rules::ProposedInstruction instruction : instructions) {
        if (!isAboutModule(instruction.term)) {
            if (!mentions(instruction.term, leftOut))
                kept.append(instruction);
        } else if (!isIn(leftOut, instruction.term.at(1))) {
            instruction.term = independent(instruction.term, leftOut);
            kept.append(instruction);
        }
    }
    return kept;
}

} // namespace

rules::Proposal without(const rules::Proposal &proposal, const QSet<QByteArray> &leftOut)
{
    if (leftOut.isEmpty())
        return proposal;
    rules::Proposal smaller = proposal;
    smaller.text.clear();
    smaller.up = without(proposal.up, leftOut);
    smaller.down = without(proposal.down, leftOut);
    return smaller;
}

changes::AppDifference without(const changes::AppDifference &difference, const QSet<QByteArray> &leftOut)
{
    changes::AppDifference smaller = difference;
    smaller.modules.removeIf([&](const changes::ModuleDifference &module) { return leftOut.contains(module.name); });
    return smaller;
}

} // namespace handover::workspace

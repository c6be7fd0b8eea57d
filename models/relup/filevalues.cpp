// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/filevalues.h"

#include "models/erlang/termdata.h"

#include <algorithm>

namespace handover::relup {

using erlang::Term;

namespace {

// What unicode:characters_to_list/1 takes as text, whether or not its characters exist.
bool isText(const Term &value)
{
    if (value.kind() == Term::Kind::String || value.kind() == Term::Kind::Binary)
        return true;
    if (value.kind() != Term::Kind::List)
        return false;
    const QList<Term> items = value.items();
    const qsizetype elements = items.size() - (value.data().improper ? 1 : 0);
    const auto isPart = [](const Term &item) { return item.kind() == Term::Kind::Integer || isText(item); };
    if (!std::all_of(items.cbegin(), items.cbegin() + elements, isPart))
        return false;
    return !value.data().improper || items.constLast().kind() == Term::Kind::Binary;
}

} // namespace

StringCheck checkString(const Term &value)
{
    if (value.stringValue())
        return StringCheck::String;
    return isText(value) ? StringCheck::NoString : StringCheck::Crash;
}

std::optional<QList<QByteArray>> atomNames(const Term &value)
{
    if (!value.isList())
        return std::nullopt;
    QList<QByteArray> names;
    const QList<Term> items = value.items();
    names.reserve(items.size());
    for (const Term &item : items) {
        auto name = item.atomName();
        if (!name)
            return std::nullopt;
        names.append(*std::move(name));
    }
    return names;
}

Term atomList(const QList<QByteArray> &names)
{
    QList<Term> atoms;
    atoms.reserve(names.size());
    for (const QByteArray &name : names)
        atoms.append(Term::atom(name));
    return Term::list(std::move(atoms));
}

Term exitTerm(const Term &error) { return Term::tuple({Term::atom("EXIT"), Term::tuple({error, Term()})}); }

} // namespace handover::relup

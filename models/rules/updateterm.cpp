// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/updateterm.h"

namespace handover::rules {

namespace {

using erlang::Term;
using Way = ModulePlan::Way;

Term list(const QList<QByteArray> &modules)
{
    QList<Term> atoms;
    for (const QByteArray &module : modules)
        atoms.append(Term::atom(module));
    return Term::list(atoms);
}

Term atom(Purge purge) { return Term::atom(purge == Purge::Soft ? "soft_purge" : "brutal_purge"); }

Term advanced() { return Term::tuple({Term::atom("advanced"), Term()}); }

} // namespace

Term addModule(const QByteArray &module, const QList<QByteArray> &needs)
{
    QList<Term> parts{Term::atom("add_module"), Term::atom(module)};
    if (!needs.isEmpty())
        parts.append(list(needs));
    return Term::tuple(parts);
}

Term deleteModule(const QByteArray &module)
{
    return Term::tuple({Term::atom("delete_module"), Term::atom(module)});
}

Term updateTerm(Way way, const QByteArray &module, PurgeChoice purge, const QList<QByteArray> &needs)
{
    const bool otpPurge = purge == PurgeChoice();
    QList<Term> parts{Term::atom(way == Way::Load ? "load_module" : "update"), Term::atom(module)};
    if (way == Way::Supervisor && otpPurge && needs.isEmpty())
        return Term::tuple(parts << Term::atom("supervisor"));
    if (way == Way::Supervisor) // there is no short form with more than that
        parts << Term::atom("static") << Term::atom("default") << advanced();
    else if (way == Way::Advanced)
        parts << advanced();
    else if (way == Way::Soft && !otpPurge)
        parts << Term::atom("soft");
    if (!otpPurge || way == Way::Supervisor)
        parts << atom(purge.before) << atom(purge.after) << list(needs);
    else if (!needs.isEmpty())
        parts << list(needs);
    return Term::tuple(parts);
}

} // namespace handover::rules

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/applicationscript.h"

#include "models/relup/syntaxcheck.h"

namespace handover::relup {

namespace {

using erlang::Term;

Term apply(const char *function, QList<Term> arguments)
{
    return Term::tuple({Term::atom("apply"), Term::tuple({Term::atom("application"), Term::atom(function),
                                                    Term::list(std::move(arguments))})});
}

const Application *find(const Release &release, const Term &name)
{
    return release.find(name.atomName().value_or(QByteArray()));
}

void appendStart(QList<Term> &script, const Term &name, const Term &type)
{
    if (type.isAtom("load"))
        script.append(apply("load", {name}));
    else if (!type.isAtom("none"))
        script.append(apply("start", {name, type}));
}

void appendAddedModules(QList<Term> &script, const Application &application)
{
    for (const QByteArray &module : application.modules)
        script.append(Term::tuple({Term::atom("add_module"), Term::atom(module), Term()}));
}

void appendStop(QList<Term> &script, const Application &application)
{
    script.append(apply("stop", {Term::atom(application.name)}));
    const Term brutal = Term::atom("brutal_purge");
    QList<Term> modules;
    for (const QByteArray &name : application.modules) {
        const Term module = Term::atom(name);
        modules.append(module);
        script.append(Term::tuple({Term::atom("remove"), Term::tuple({module, brutal, brutal})}));
    }
    script.append(Term::tuple({Term::atom("purge"), Term::list(std::move(modules))}));
}

std::unexpected<Reason> noSuchApplication(const Step &step)
{
    return blamed(scriptReason("no_such_application", step.term.at(1)).error(), step.from);
}

} // namespace

Answer<Steps> writeOutApplications(const Steps &script, const Release &target, const Release &source)
{
    Steps written;
    for (const Step &step : script) {
        const Term &instruction = step.term;
        const Term name = instruction.at(1);
        QList<Term> terms;
        if (instruction.isTagged("add_application", 3)) {
            const Application *added = find(target, name);
            if (!added)
                return noSuchApplication(step);
            appendAddedModules(terms, *added);
            appendStart(terms, name, instruction.at(2));
        } else if (instruction.isTagged("remove_application", 2)) {
            if (find(target, name))
                return blamed(scriptReason("removed_application_present", name).error(), step.from);
            const Application *removed = find(source, name);
            if (!removed)
                return noSuchApplication(step);
            appendStop(terms, *removed);
            terms.append(apply("unload", {name}));
        } else if (instruction.isTagged("restart_application", 2)) {
            const Application *before = find(source, name);
            const Application *after = find(target, name);
            if (!before || !after)
                return noSuchApplication(step);
            appendStop(terms, *before);
            appendAddedModules(terms, *after);
            appendStart(terms, name, Term::atom(after->type));
        } else {
            written.append(step);
        }
        for (Term &term : terms)
            written.append({std::move(term), step.from});
    }
    return written;
}

} // namespace handover::relup

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/instructionchoice.h"

#include <QCoreApplication>

#include <algorithm>

namespace handover::appup {

namespace {

using erlang::Term;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupModuleAnswer)
};

Term tuple(const char *name, const QByteArray &module, const QList<Term> &more = {})
{
    return Term::tuple(QList<Term>{Term::atom(name), Term::atom(module)} + more);
}

Term instructionFor(const ModuleChoice &choice, OldCode oldCode)
{
    const bool soft = oldCode == OldCode::Refuse;
    const Term purge = Term::atom("soft_purge");
    QList<Term> purges;
    if (soft)
        purges = {purge, purge, Term()};
    const Term advanced = Term::tuple({Term::atom("advanced"), Term()});
    switch (choice.answer) {
    case ModuleAnswer::Add:
        return tuple("add_module", choice.module);
    case ModuleAnswer::Delete:
        return tuple("delete_module", choice.module);
    case ModuleAnswer::Suspend:
        return tuple("update", choice.module, soft ? QList<Term>{Term::atom("soft")} + purges : QList<Term>{});
    case ModuleAnswer::Convert:
        return tuple("update", choice.module, QList<Term>{advanced} + purges);
    case ModuleAnswer::Supervisor: // no short form has purge methods
        return soft ? tuple("update", choice.module,
                            QList<Term>{Term::atom("static"), Term::atom("default"), advanced} + purges)
                    : tuple("update", choice.module, {Term::atom("supervisor")});
    default:
        return tuple("load_module", choice.module, purges);
    }
}

} // namespace

QList<ModuleAnswer> moduleAnswers()
{
    using enum ModuleAnswer;
    return {Nothing, Load, Suspend, Convert, Supervisor, Add, Delete, RestartApplication, RestartEmulator};
}

QString answerWords(ModuleAnswer answer)
{
    switch (answer) {
    case ModuleAnswer::Nothing: return Words::tr("leave it alone");
    case ModuleAnswer::Load: return Words::tr("nothing runs in it: just load");
    case ModuleAnswer::Suspend: return Words::tr("processes keep their state as it is: suspend, load");
    case ModuleAnswer::Convert: return Words::tr("their state has another shape: suspend, code_change");
    case ModuleAnswer::Supervisor: return Words::tr("a supervisor whose children changed");
    case ModuleAnswer::Add: return Words::tr("it is new");
    case ModuleAnswer::Delete: return Words::tr("it is gone");
    case ModuleAnswer::RestartApplication: return Words::tr("restart the application");
    case ModuleAnswer::RestartEmulator: return Words::tr("restart the VM");
    }
    return {};
}

QList<Term> chosenInstructions(const QByteArray &application, const QList<ModuleChoice> &choices, OldCode oldCode)
{
    const auto any = [&](ModuleAnswer answer) { return std::ranges::contains(choices, answer, &ModuleChoice::answer); };
    if (any(ModuleAnswer::RestartEmulator))
        return {Term::atom("restart_emulator")};
    if (any(ModuleAnswer::RestartApplication))
        return {tuple("restart_application", application)};
    QList<Term> added;
    QList<Term> changed;
    QList<Term> deleted;
    for (const ModuleChoice &choice : choices) {
        if (choice.answer == ModuleAnswer::Nothing)
            continue;
        QList<Term> &place = choice.answer == ModuleAnswer::Add      ? added
                             : choice.answer == ModuleAnswer::Delete ? deleted
                                                                     : changed;
        place.append(instructionFor(choice, oldCode));
    }
    return added + changed + deleted;
}

} // namespace handover::appup

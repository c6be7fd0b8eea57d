// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/childrestarts.h"

#include "models/core/namelist.h"
#include "models/rules/bracketed.h"
#include "models/rules/supervisorchange.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::rules {

namespace {

using erlang::Term;
using Stale = ModulePlan::Stale;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupRestarts)
};

/// The children that a module starts.
struct Children
{
    QStringList ids;
    bool all = true;      ///< instructions can restart every one
    bool another = false; ///< one is restarted anyway, because its specification changed
};

void look(Children &found, const QByteArray &module, const Supervision &here, const Supervision &there)
{
    const Term start = Term::atom(module);
    for (auto supervisor = here.supervisors.begin(); supervisor != here.supervisors.end(); ++supervisor) {
        const SupervisorSpec other = there.supervisors.value(supervisor.key());
        for (const ChildSpec &child : supervisor->children) {
            if (child.module != start)
                continue;
            const ChildSpec *same = other.find(child.id);
            if (!same && other.complete && canInstruct(*supervisor, other))
                continue; // it is ended for good, or started for the first time
            const QString id = QString::fromUtf8(spaced(child.id));
            if (!found.ids.contains(id))
                found.ids += id;
            found.all = found.all && same && canInstruct(*supervisor, other) && !child.restart.isAtom("temporary");
            found.another = found.another || (same && isAnother(child, *same));
        }
    }
}

QString restarted(const Children &children)
{
    return Words::tr("The children that it starts (%1) are ended before the code is loaded and started after; their "
                     "state is lost.").arg(nameList(children.ids));
}

Issue plainNote(const QByteArray &module, const Children &children)
{
    const QString words = Words::tr("%1 starts processes that run its own code, and is no behaviour of OTP: nothing hands "
                                    "them the new code. Those that don't call themselves by its name go on in the old, and are "
                                    "killed when that is purged.")
                              .arg(QString::fromUtf8(module));
    const QString rest = children.all ? restarted(children)
                                      : Words::tr("Have its children (%1) ended before the code is loaded and started "
                                                  "after: terminate_child, restart_child.").arg(nameList(children.ids));
    return moduleNote(Severity::Warning, u"rules.plain-process"_s, module, words + u' ' + rest);
}

Issue behaviourNote(const QByteArray &module, const ModulePlan &plan, const Children &children)
{
    const QString words = Words::tr("%1 was a %2 and is a %3: no process that runs can become that.")
                              .arg(QString::fromUtf8(module), QString::fromUtf8(plan.olderBehaviour),
                                   QString::fromUtf8(plan.newerBehaviour));
    if (children.all && !children.ids.isEmpty())
        return moduleNote(Severity::Warning, u"rules.child-restarted"_s, module, words + u' ' + restarted(children));
    return moduleNote(Severity::Error, u"rules.behaviour-changed"_s, module,
                      words + u' ' + Words::tr("Have its supervisor end it before the code is loaded and start it after: "
                                               "terminate_child, restart_child."));
}

} // namespace

ChildRestarts planRestarts(const QMap<QByteArray, ModulePlan> &plans, const Supervision &older, const Supervision &newer)
{
    ChildRestarts restarts;
    for (auto plan = plans.begin(); plan != plans.end(); ++plan) {
        if (plan->stale == Stale::No)
            continue;
        Children children;
        look(children, plan.key(), older, newer);
        look(children, plan.key(), newer, older);
        if (plan->stale == Stale::Plain && children.ids.isEmpty())
            continue;
        if (children.all && !children.ids.isEmpty())
            restarts.modules.insert(plan.key());
        if (children.all && children.another)
            continue; // that it is restarted is said of its supervisor
        restarts.notes.append(plan->stale == Stale::Plain ? plainNote(plan.key(), children)
                                                          : behaviourNote(plan.key(), *plan, children));
    }
    return restarts;
}

} // namespace handover::rules

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/unfoundprocesses.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::rules {

namespace {

using Way = ModulePlan::Way;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupUnfound)
};

Issue note(const QByteArray &module, const ModulePlan &plan)
{
    const QString name = QString::fromUtf8(module);
    const QString found = Words::tr("No child specification names %1 in its modules: the release handler doesn't find "
                                    "processes that run it, and doesn't suspend them.").arg(name);
    const QString effect =
        plan.stateDiffers       ? Words::tr("Their state stays as it is, and the new code would fail on it.")
        : plan.way == Way::Soft ? Words::tr("Their code is replaced while they work.")
                                : Words::tr("Their code is replaced while they work, and code_change isn't called.");
    const QString advice = Words::tr("Put it into modules of the child that runs it, or write modules => dynamic if that is a "
                                     "gen_event. That helps from the next upgrade on; for this one, have the child restarted.");
    return moduleNote(plan.stateDiffers ? Severity::Error : Severity::Warning, u"rules.not-in-modules"_s, module,
                      found + u' ' + effect + u' ' + advice);
}

} // namespace

QList<Issue> unfoundProcesses(const QMap<QByteArray, ModulePlan> &plans, const Supervision &older, const Supervision &newer,
                              const std::function<bool(const QByteArray &module)> &elsewhere)
{
    QList<Issue> notes;
    if (!older.complete || !newer.complete)
        return notes;
    for (auto plan = plans.begin(); plan != plans.end(); ++plan) {
        const bool updated = plan->way == Way::Soft || plan->way == Way::Advanced;
        if (updated && !older.names(plan.key()) && !newer.names(plan.key()) && !elsewhere(plan.key()))
            notes.append(note(plan.key(), *plan));
    }
    return notes;
}

} // namespace handover::rules

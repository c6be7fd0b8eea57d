// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/movedmodules.h"

#include <QCoreApplication>

namespace handover::rules {

namespace {

using Kind = ModuleChange::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupMoved)
};

} // namespace

QString MovedModule::words() const
{
    const QString moved = Words::tr("%1 moved from %2 to %3. Both would have an instruction for it, and OTP refuses two in "
                                    "one relup (muldef_module).")
                              .arg(QString::fromUtf8(name), QString::fromUtf8(from), QString::fromUtf8(to));
    const QString advice = toNew ? Words::tr("%1 is new, so all its modules have one: give the module another name in it.")
                                       .arg(QString::fromUtf8(to))
                                 : Words::tr("Take {delete_module, %1} out of the way up of %2 and out of the way down of %3: "
                                             "the other one's instruction replaces its code.")
                                       .arg(QString::fromUtf8(name), QString::fromUtf8(from), QString::fromUtf8(to));
    return moved + u' ' + advice;
}

QList<MovedModule> movedModules(const QMap<QByteArray, ModuleChanges> &changes, const ReleaseContents &older,
                                const ReleaseContents &newer)
{
    QMap<QByteArray, QByteArray> deletedFrom;
    for (auto app = changes.begin(); app != changes.end(); ++app) {
        for (const ModuleChange &change : app->modules) {
            if (change.kind == Kind::Deleted)
                deletedFrom.insert(change.name, app.key());
        }
    }
    QList<MovedModule> moved;
    for (auto app = changes.begin(); app != changes.end(); ++app) {
        for (const ModuleChange &change : app->modules) {
            if (change.kind == Kind::Added && deletedFrom.contains(change.name))
                moved.append({change.name, deletedFrom.value(change.name), app.key(), false});
        }
    }
    for (auto app = newer.applications.begin(); app != newer.applications.end(); ++app) {
        if (older.versions.contains(app.key()))
            continue;
        for (const QByteArray &module : app->listedModules) {
            if (deletedFrom.contains(module))
                moved.append({module, deletedFrom.value(module), app.key(), true});
        }
    }
    return moved;
}

} // namespace handover::rules

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checklist.h"

#include "app/terminal.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace handover::app {

void printChecks(const QList<Check> &checks)
{
    static const QHash<Check::Outcome, QString> marks{{Check::Outcome::Passed, u"✓"_s}, {Check::Outcome::Warning, u"!"_s},
                                                      {Check::Outcome::Failed, u"✗"_s}, {Check::Outcome::Impossible, u"?"_s}};
    for (const Check &check : checks) {
        print(u"%1 %2: %3"_s.arg(marks.value(check.outcome), check.title, check.words));
        if (!check.remedy.isEmpty())
            print(u"    "_s + check.remedy);
        for (const QString &line : check.details)
            print(u"    · "_s + line);
    }
}

QString stepLine(const node::Step &step)
{
    return u"%1 %2: %3 (%4 ms)"_s.arg(step.ok ? u"✓"_s : u"✗"_s, node::stepName(step.kind), step.detail,
                                      QString::number(step.milliseconds));
}

} // namespace handover::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checklist.h"

#include "app/terminal.h"

using namespace Qt::StringLiterals;

namespace handover::app {

void printChecks(const QList<Check> &checks)
{
    const QStringList lines = checkLines(checks);
    if (!lines.isEmpty())
        print(lines.join(u'\n'));
}

QString stepLine(const node::Step &step)
{
    return u"%1 %2: %3 (%4 ms)"_s.arg(step.ok ? u"✓"_s : u"✗"_s, node::stepName(step.kind), step.detail,
                                      QString::number(step.milliseconds));
}

} // namespace handover::app

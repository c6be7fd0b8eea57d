// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/check.h"

using namespace Qt::StringLiterals;

namespace handover {

QString outcomeName(Check::Outcome outcome)
{
    switch (outcome) {
    case Check::Outcome::Passed: return u"passed"_s;
    case Check::Outcome::Warning: return u"warning"_s;
    case Check::Outcome::Failed: return u"failed"_s;
    case Check::Outcome::Impossible: return u"impossible"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

Check::Outcome worstOutcome(const QList<Check> &checks)
{
    using enum Check::Outcome;
    for (const Check::Outcome outcome : {Failed, Warning, Impossible}) {
        for (const Check &check : checks) {
            if (check.outcome == outcome)
                return outcome;
        }
    }
    return Passed;
}

} // namespace handover

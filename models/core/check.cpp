// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/check.h"

#include <QHash>

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

QStringList checkLines(const QList<Check> &checks)
{
    static const QHash<Check::Outcome, QString> signs{{Check::Outcome::Passed, u"✓"_s}, {Check::Outcome::Warning, u"!"_s},
                                                      {Check::Outcome::Failed, u"✗"_s}, {Check::Outcome::Impossible, u"?"_s}};
    QStringList lines;
    for (const Check &check : checks) {
        lines += u"%1 %2: %3"_s.arg(signs.value(check.outcome), check.title, check.words);
        if (!check.remedy.isEmpty())
            lines += u"    "_s + check.remedy;
        for (const QString &line : check.details)
            lines += u"    · "_s + line;
    }
    return lines;
}

} // namespace handover

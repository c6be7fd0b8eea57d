// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/issue.h"

using namespace Qt::StringLiterals;

namespace handover {

QString severityName(Severity severity)
{
    switch (severity) {
    case Severity::Hint: return u"hint"_s;
    case Severity::Warning: return u"warning"_s;
    case Severity::Error: return u"error"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace handover

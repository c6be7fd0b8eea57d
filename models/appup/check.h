// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/issue.h"

#include <QByteArrayView>
#include <QStringList>

namespace handover::appup {

/// What is known from outside of the appup.
struct CheckContext
{
    QString file;                ///< as shown to people; a name that ends in .src is a template with {{vsn}}
    QString appVsn;              ///< the application's version; empty if not known
    QStringList versionsToReach; ///< application versions that both lists should take; may be empty
};

/// Everything that is wrong or doubtful in an appup, in the order of the text. Codes:
///   errors     appup.syntax, appup.shape, appup.unknown-instruction, appup.bad-argument,
///              appup.bad-regex, appup.module-twice, appup.version-not-taken (of an upgrade)
///   warnings   appup.more-than-one-term, appup.vsn-differs, appup.ignored-entry,
///              appup.plain-looks-like-regex, appup.regex-looks-plain, appup.unescaped-dot, appup.empty-pattern,
///              appup.lazy-end, appup.regex-too-complex, appup.regex-dialect, appup.unreachable-rule,
///              appup.part-only, appup.first-match, appup.version-not-taken (of a downgrade),
///              appup.no-downgrade, appup.undefined-dependency, appup.dependency-cycle
///   hints      appup.restart-order, appup.supervisor-only, appup.code (an .appup.src that is Erlang code)
[[nodiscard]] QList<Issue> check(QByteArrayView text, const CheckContext &context);

} // namespace handover::appup

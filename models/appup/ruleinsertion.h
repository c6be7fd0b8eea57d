// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "models/appup/versionkey.h"

namespace handover::appup {

/// Where a new rule goes in a list, and what it would do there.
struct RulePlace
{
    qsizetype index = 0;    ///< in the list
    int before = 0;         ///< number of the rule that it goes in front of; 0: at the end
    QStringList takes;      ///< of the versions, those that it would get
    QStringList takenFirst; ///< those that it would take, but an earlier rule does
};

/// In front of the first rule that takes more than it does, or something else besides: so particular rules
/// stand before general ones, and none that is there loses its last version. `versions`: those that count.
[[nodiscard]] RulePlace placeFor(const QList<Rule> &rules, const VersionKey &key, const QStringList &versions);

/// A rule for one or both ways.
struct NewRule
{
    VersionKey key;
    std::optional<QList<erlang::Term>> up;
    std::optional<QList<erlang::Term>> down;
};

/// The edits that add a rule to an appup or a template of one, in the layout of what is there; everything
/// else stays as it is. An empty text becomes an appup of `version` (in a template, "{{vsn}}").
/// Errors: appup.not-insertable (the text is no appup).
[[nodiscard]] Result<QList<TextEdit>> insertRule(QByteArrayView text, const NewRule &rule, const QStringList &versions,
                                                 const QString &version);

} // namespace handover::appup

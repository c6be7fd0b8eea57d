// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/instructionchoice.h"
#include "models/appup/ruleinsertion.h"

namespace handover::appup {

/// All that a new rule is made of.
struct RuleRequest
{
    QByteArray text;            ///< of the appup, or the template
    QByteArray application;
    QString version;            ///< for an appup that has to be begun, see insertRule()
    VersionChoice wanted;
    QStringList versions;       ///< those that count: all tags', and what runs
    QList<ModuleChoice> modules;
    OldCode oldCode = OldCode::End;
    bool up = true;
    bool down = true;
};

/// What would come of it.
struct RulePreview
{
    VersionKey key;
    QList<erlang::Term> instructions; ///< of the way up
    RulePlace upPlace;
    RulePlace downPlace;
    Result<QList<TextEdit>> edits;
};

/// A pure function, for a job: with many versions it takes its time. Errors: keyFor()'s.
[[nodiscard]] Result<RulePreview> previewRule(const RuleRequest &request);

} // namespace handover::appup

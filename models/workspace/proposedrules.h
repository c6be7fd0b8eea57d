// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/build/release.h"
#include "models/changes/differences.h"
#include "models/rules/proposal.h"
#include "models/workspace/project.h"

#include <QSet>

namespace handover::workspace {

/// Rules for one application, as its appup would be with what is proposed.
struct ProposedRules
{
    QByteArray text;    ///< of the whole appup
    QList<Issue> notes; ///< what a person has to look at, see rules::Proposal
    bool isNew = false; ///< there was no appup
};

/// What two builds suggest for an application, merged into the text that is there: rules where none takes the older
/// version, and in those that do the instructions that are missing, but for the modules in `leftOut`. Nothing that
/// is written is changed. Blocks.
/// Errors: openRelease()'s, rules::proposeAll()'s, rules.nothing-to-write, rules.appup-unreadable.
[[nodiscard]] Result<ProposedRules> proposedRules(const QByteArray &text, const QString &app,
                                                  const build::BuiltRelease &older, const build::BuiltRelease &newer,
                                                  const changes::AppDifference *difference,
                                                  const QSet<QByteArray> &leftOut, const JobContext &context);

} // namespace handover::workspace

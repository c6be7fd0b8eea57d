// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/releaserules.h"
#include "models/jobs/jobcontext.h"

#include <memory>

class QTemporaryDir;

namespace handover::workspace {

/// A release on this machine's disk, opened for comparison.
struct OpenedRelease
{
    QString name;
    QString version;
    rules::ReleaseContents contents;
    std::shared_ptr<QTemporaryDir> unpacked; ///< of a tarball, whose files are in it as long as this is there
};

/// Opens a release directory (as relx leaves it) or a release tarball; of a tarball, ebin and priv of the
/// applications are unpacked to a temporary directory. Errors: those of build::readRelease,
/// package::inspect, package::extract, rules::readApplication.
[[nodiscard]] Result<OpenedRelease> openRelease(const QString &path, const JobContext &context);

enum class AppupOutcome {
    Created,
    Extended,     ///< there was one; the entries that were missing are at the head of its lists
    LeftAsItIs,   ///< there is one that takes the older version both ways
};

/// Writes a proposal into ebin of the application in the newer release, whole or not at all. Errors:
/// rules.in-tarball, rules.in-cache (a build of a tag is what the tag says), rules.has-errors, rules.nothing-to-write (the proposal has no appup), rules.write, rules.appup-unreadable.
[[nodiscard]] Result<AppupOutcome> writeProposal(const rules::Proposal &proposal, const OpenedRelease &newer);

} // namespace handover::workspace

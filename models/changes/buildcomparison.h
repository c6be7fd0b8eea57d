// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/changes/differences.h"
#include "models/jobs/jobcontext.h"
#include "models/rules/releaserules.h"

namespace handover::changes {

/// A release as it was built.
struct BuiltContents
{
    rules::ReleaseContents release;
    QString configuration; ///< the directory of its sys.config and vm.args: releases/VERSION
};

/// Compares two releases by their files: modules by what the code loader would see (beam_lib:md5/1), other files of
/// the applications by their bytes. OTP's own applications are looked into only where their vsn differs. Cancellable.
/// Errors: those of reading the files.
[[nodiscard]] Result<Differences> compareBuilds(const BuiltContents &older, const BuiltContents &newer,
                                                const JobContext &context);

} // namespace handover::changes

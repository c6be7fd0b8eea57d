// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/proposal.h"

namespace handover::rules {

/// The applications of a release: by its .rel file, and as far as they are there, by their files.
struct ReleaseContents
{
    QString erts;
    QMap<QByteArray, QString> versions;       ///< of all applications, by the .rel
    QMap<QByteArray, AppContents> applications; ///< those whose files are there
};

/// Proposals for all applications that differ between two releases, by name; those for which there is
/// nothing to say aren't in it. Further codes than propose() has: rules.application-added,
/// rules.application-removed, rules.has-appup (hints), rules.otp-application (a hint or a warning; no
/// appup is proposed for OTP's own), rules.no-files and rules.other-version (errors: what a .rel names isn't
/// there, or says it has another version), rules.moved-module (an error in both applications), and under the name "erts" rules.erts (a warning). Options'
/// surroundings are the newer release. Errors: propose()'s.
[[nodiscard]] Result<QMap<QByteArray, Proposal>> proposeAll(const ReleaseContents &older, const ReleaseContents &newer,
                                                            ProposalOptions options = {});

/// Whether OTP ships the application, with an appup of its own.
[[nodiscard]] bool isOtpApplication(const QByteArray &name);

} // namespace handover::rules

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/check.h"
#include "models/appup/issuelist.h"
#include "models/appup/matcher.h"

/// The parts of check().
namespace handover::appup {

/// What OTP does with the keys of a list, whatever the versions are.
void checkKeys(IssueList &issues, const QList<Rule> &rules, const CheckContext &context);
/// Rules that are never reached.
void checkOrder(IssueList &issues, const QList<Rule> &rules, const CheckContext &context);
/// Versions to reach that no rule takes.
void checkVersions(IssueList &issues, const Appup &appup, Direction direction, const CheckContext &context);

} // namespace handover::appup

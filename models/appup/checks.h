// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/check.h"
#include "models/appup/issuelist.h"
#include "models/appup/matcher.h"
#include "models/appup/template.h"
#include "models/appup/writtenappup.h"

/// The parts of check().
namespace handover::appup {

/// What OTP does with the keys of a list, whatever the versions are.
void checkKeys(IssueList &issues, const QList<Rule> &rules, const CheckContext &context);
/// Rules that are never reached.
void checkOrder(IssueList &issues, const QList<Rule> &rules, const CheckContext &context,
                const WrittenAppup &written);
/// Versions to reach that no rule takes.
void checkVersions(IssueList &issues, const Appup &appup, Direction direction, const CheckContext &context,
                   const WrittenAppup &written);
/// What the instructions of a rule make together, by the rules of systools_rc.
void checkScript(IssueList &issues, const Rule &rule, const Template &source, const WrittenAppup &written);

} // namespace handover::appup

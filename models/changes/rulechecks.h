// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "models/changes/differences.h"
#include "models/core/issue.h"

namespace handover::changes {

/// What is wrong with an appup for what really changed between two versions of its application: of both
/// lists, the rule that takes `app.from`. In the order of the text; ranges are those of `text`, in which
/// {{vsn}} stands for `app.to`. Nothing where the text is no appup, or the vsn is the same. Codes:
///   errors     changes.unmentioned (a module differs, no instruction loads it), changes.no-such-module,
///              changes.code-change-missing (an advanced update, and nothing to call)
///   warnings   changes.not-deleted, changes.not-a-supervisor
///   hints      changes.unchanged (mentioned, but its code is the same), changes.supervisor-loaded (its
///              init/1 changed and isn't called), changes.supervisor-unchanged (its update does nothing)
/// Those about modules that are the same or can't be found are left out where only sources are known and a header or
/// generated source may make them.
[[nodiscard]] QList<Issue> checkRules(const QByteArray &text, const QString &file, const AppDifference &app,
                                      Differences::Basis basis);
/// The same for a text that was parsed already, with {{vsn}} for `app.to`.
[[nodiscard]] QList<Issue> checkRules(const appup::Appup &appup, const QByteArray &text, const QString &file,
                                      const AppDifference &app, Differences::Basis basis);

/// The text with all fixes of checkRules() applied that add an instruction to a rule; everything else as it was.
[[nodiscard]] QByteArray withMissingInstructions(const QByteArray &text, const AppDifference &app, Differences::Basis basis);

/// The modules that differ or are new, and that the rule for the way up doesn't load. Empty if no rule takes the
/// version, or the application needs none.
[[nodiscard]] QByteArrayList unmentionedModules(const appup::Appup &appup, const AppDifference &app);

} // namespace handover::changes

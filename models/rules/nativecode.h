// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/modulechange.h"

namespace handover::rules {

/// Whether a module loads a NIF library or a port driver, or has functions that one replaces.
[[nodiscard]] bool usesNativeCode(const erlang::BeamFile &module);

/// The shared libraries and programs in priv that differ, new and removed ones included, by path below
/// the application. Errors: rules.unreadable.
[[nodiscard]] Result<QStringList> changedNativeFiles(const AppContents &older, const AppContents &newer);

/// All files in priv that differ.
[[nodiscard]] Result<QStringList> changedPrivateFiles(const AppContents &older, const AppContents &newer);

/// The warning rules.native-code where a hot upgrade leaves native code as it is or may fail on it.
[[nodiscard]] std::optional<Issue> nativeCodeNote(const QStringList &files, const QList<ModuleChange> &changes,
                                                  const AppContents &newer);

} // namespace handover::rules

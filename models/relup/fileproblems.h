// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/termfiles.h"

namespace handover::relup {

/// A file whose text is no term.
[[nodiscard]] TermFiles::Problem syntaxProblem(const QString &name, const QByteArray &text,
                                               const erlang::SyntaxError &error);
/// A file that Disk::read() couldn't read.
[[nodiscard]] TermFiles::Problem openProblem(const QString &name, int error);
/// A name that no file can have, as one with a character 0.
[[nodiscard]] TermFiles::Problem unusableName(const QString &name);

} // namespace handover::relup

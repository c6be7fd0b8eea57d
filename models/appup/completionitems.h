// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/completion.h"

namespace handover::appup {

/// Every form of every instruction; those without a tuple only where no tuple was begun.
[[nodiscard]] QList<Completion> instructionItems(bool tuplesOnly);
/// Keys (literal, and as escaped patterns, widest last), or with Kind::Rule whole rules of them.
[[nodiscard]] QList<Completion> versionItems(const CompletionContext &context, Completion::Kind kind);
/// What an argument of that name can be.
[[nodiscard]] QList<Completion> argumentItems(const QByteArray &argument, const CompletionContext &context);

} // namespace handover::appup

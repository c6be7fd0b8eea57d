// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/moduleplan.h"
#include "models/rules/proposal.h"

namespace handover::rules {

// Instructions in the shortest form that says what is meant (appup(4)).

[[nodiscard]] erlang::Term addModule(const QByteArray &module, const QList<QByteArray> &needs);
[[nodiscard]] erlang::Term deleteModule(const QByteArray &module);
[[nodiscard]] erlang::Term updateTerm(ModulePlan::Way way, const QByteArray &module, PurgeChoice purge,
                                      const QList<QByteArray> &needs);

} // namespace handover::rules

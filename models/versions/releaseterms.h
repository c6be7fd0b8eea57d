// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

namespace handover::versions {

/// Where the versions of the releases stand in the terms of a rebar.config: in {relx, […]}, and in the
/// profiles of the same list.
[[nodiscard]] QList<erlang::Term> releaseVsnTerms(const QList<erlang::Term> &config);

} // namespace handover::versions

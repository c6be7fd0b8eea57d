// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

namespace handover::erlang {

/// erlang.beam; `why` is the end of a sentence: "it is cut off".
[[nodiscard]] std::unexpected<Error> badBeam(const QString &why);

} // namespace handover::erlang

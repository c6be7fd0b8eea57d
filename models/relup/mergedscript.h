// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/reason.h"

#include <QList>

namespace handover::relup {

/// The scripts of several appups as one, in full forms and checked.
struct MergedScript
{
    Steps before; ///< the point of no return: load_object_code and apply
    Steps after;
};

/// The instructions of an appup's rule in their full forms, lists among them spliced in. What is
/// no proper list makes OTP raise. `rule`: where they stand; an origin for each is added to `origins`.
[[nodiscard]] Answer<Steps> expandScript(const erlang::Term &script, const Origin &rule,
                                         std::deque<Origin> &origins);

/// Expanded scripts put together at their points of no return, then all that systools_rc checks
/// before it translates, in its order.
[[nodiscard]] Answer<MergedScript> mergeScripts(const QList<Steps> &scripts);

} // namespace handover::relup

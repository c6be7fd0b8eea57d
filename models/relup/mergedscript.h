// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/reason.h"

#include <QList>

namespace handover::relup {

/// The scripts of several appups as one, in full forms and checked.
struct MergedScript
{
    QList<erlang::Term> before; ///< the point of no return: load_object_code and apply
    QList<erlang::Term> after;
};

/// The instructions of an appup's rule in their full forms, lists among them spliced in. What is
/// no proper list makes OTP raise.
[[nodiscard]] Answer<QList<erlang::Term>> expandScript(const erlang::Term &script);

/// Expanded scripts put together at their points of no return, then all that systools_rc checks
/// before it translates, in its order.
[[nodiscard]] Answer<MergedScript> mergeScripts(const QList<QList<erlang::Term>> &scripts);

} // namespace handover::relup

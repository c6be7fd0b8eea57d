// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/relup/origin.h"

#include <expected>

namespace handover::relup {

/// Why OTP makes no relup, in OTP's own terms: what systools:make_relup/4 gives as {error, Module,
/// Reason} when it is silent, or raises. Records in a reason are cut to their first two fields,
/// {application, Name, Vsn} and {release, Name, Vsn}; crashes have an empty stack, {badarg, []}.
struct Reason
{
    enum class Module { Make, Relup, Rc }; ///< systools_make, systools_relup, systools_rc

    Module module = Module::Relup;
    erlang::Term term;
    bool raised = false; ///< OTP crashes instead of returning this
    QList<Origin> origins = {}; ///< what it is about, as far as that is in an appup; OTP says nothing of this

    [[nodiscard]] QByteArray moduleName() const;
    [[nodiscard]] QByteArray tag() const; ///< the first atom on the way into the term; "other" if there is none
    /// In words, with a remedy. Code: "relup." and the reason's first atom with dashes
    /// ("relup.no-relup"), kind Answer (Outside where the relup can't be written), detail: OTP's term.
    [[nodiscard]] Error toError() const;
};

template<typename T>
using Answer = std::expected<T, Reason>;

/// The reason with what it is about.
[[nodiscard]] std::unexpected<Reason> blamed(Reason reason, const Sources &sources);

} // namespace handover::relup

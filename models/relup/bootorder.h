// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <expected>

namespace handover::relup {

/// What an application of a release needs, and what it includes.
struct Needs
{
    QByteArray name;
    QString vsn;
    QList<QByteArray> uses;
    QList<QByteArray> optional; ///< of uses: they may be missing
    QList<QByteArray> includes;
};

/// A use of an application that is included elsewhere becomes one of the topmost application that
/// includes it, so that it is started in time; one within the same topmost application stays, and the
/// topmost itself isn't used by what it includes. Then uses and includes stand in the order of the
/// release. (systools_make: add_top_apps_to_uses, sort_used_and_incl_appls)
/// Of applications that include each other in a circle the error is {circular_dependencies, [{Name, Vsn}]};
/// OTP itself never comes back from them.
[[nodiscard]] std::expected<QList<Needs>, erlang::Term> startedNeeds(QList<Needs> release);

/// The order in which the boot script starts the applications, as indices; what startedNeeds() gave
/// goes in. The error is {circular_dependencies, _}, {undefined_applications, _} or {apps, [both]}.
/// (systools_make: sort_appls)
[[nodiscard]] std::expected<QList<qsizetype>, erlang::Term> bootOrder(const QList<Needs> &release);

} // namespace handover::relup

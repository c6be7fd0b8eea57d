// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "models/relup/release.h"

namespace handover::relup {

/// What an application's appup gives for one way.
struct AppupScript
{
    erlang::Term instructions; ///< as written
    Origin rule;               ///< that it is of
    std::optional<erlang::Term> otherVersion; ///< the appup's, if it isn't the application's
};

/// Reads `application`'s appup and takes the first entry for the version, as
/// systools_relup:get_script_from_appup/5 does.
[[nodiscard]] Answer<AppupScript> pickScript(const Application &application, const QString &version,
                                             appup::Direction direction, TermFiles &files);

} // namespace handover::relup

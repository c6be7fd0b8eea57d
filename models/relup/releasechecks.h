// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/appfile.h"

namespace handover::relup {

/// An application as the .rel and its .app together have it.
struct FoundApplication
{
    const AppFile *file = nullptr;
    QList<QByteArray> includes; ///< of the .app, or of the .rel if that has its own
    QString directory;
};

/// What applications of a release do to each other, one check after the other; the error is OTP's reason.
/// {undefined_applications, _}, {duplicate_register, _} or {duplicate_include, _}
[[nodiscard]] std::expected<void, erlang::Term> checkApplications(const QList<FoundApplication> &release);
/// {duplicate_modules, _}
[[nodiscard]] std::expected<void, erlang::Term> checkModules(const QList<FoundApplication> &release);

} // namespace handover::relup

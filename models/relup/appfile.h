// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <expected>

namespace handover::relup {

/// What a relup needs of an .app file.
struct AppFile
{
    QByteArray name;
    QString vsn;
    QList<QByteArray> modules;
    QList<QByteArray> registered;
    QList<QByteArray> applications;
    QList<QByteArray> optional; ///< of applications: they may be missing
    QList<QByteArray> included;
};

/// Reads the term of an .app file with the checks of systools_make:read_application/4 of OTP 26 and
/// newer, in their order and of all keys it knows. The error is what stands in error_reading:
/// {badly_formatted_application, T} or {What, T}, where What is {bad_param, Key}, {missing_param, Key},
/// {dupl_entry, Key, Entries} or OTP's crash.
[[nodiscard]] std::expected<AppFile, erlang::Term> readAppFile(const erlang::Term &term);

} // namespace handover::relup

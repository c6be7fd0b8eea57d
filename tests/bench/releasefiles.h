// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <expected>

namespace handover::bench {

/// Two releases of twelve applications as rebar3 lays them out: nine of OTP's, and three whose
/// versions, with 60 modules in all, differ and have appups.
struct ReleaseFiles
{
    QString top; ///< names of .rel files without ".rel"
    QString base;
    QString path; ///< of the applications, with a '*'
    QString otpPath;

    [[nodiscard]] static std::expected<ReleaseFiles, QString> make(const QString &directory);
};

} // namespace handover::bench

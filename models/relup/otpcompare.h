// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/otp.h"

namespace handover::relup {

/// What OTP gave.
struct OtpAnswer
{
    QString release;
    erlang::Term outcome; ///< {ok, Warnings}, {error, Module, Tag, Text} or {raised, Tag}
    std::optional<QByteArray> relup; ///< the file
};

[[nodiscard]] Verification compareWithOtp(const Verifiable &ours, const OtpAnswer &theirs);

} // namespace handover::relup

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/pairs/otprun.h"

namespace handover::pairs {

/// Where the engine and OTP differ on a case, in words; empty: nowhere. The engine must give
/// - for a relup: OTP's bytes in the canonical order, its warnings in their order, and with OTP's
///   order of modules as a hint, if its scripts tell it, OTP's bytes as they are; an order that is
///   said not to be open must be the one OTP took,
/// - else OTP's module and reason, whatever words the parser has for a syntax error.
[[nodiscard]] QString differenceOf(const Pair &pair, const OtpAnswer &otp, const QString &directory,
                                   const QStringList &codePath);

/// The first atom of a reason: "undef_module".
[[nodiscard]] QString tagOf(const OtpAnswer &answer);

/// What was among the cases.
class Tally
{
public:
    void add(const Pair &pair, const OtpAnswer &answer);
    /// Kinds of instructions, faults and features that no case had, or that no list knows.
    [[nodiscard]] QStringList missing() const;
    [[nodiscard]] QString table() const;
    [[nodiscard]] QString summary() const;

private:
    QMap<QString, int> m_outcomes;
    QMap<QString, int> m_tags;
    QMap<QString, int> m_warnings;
    QMap<QString, int> m_forms;    ///< in relups that were made
    QMap<QString, int> m_features; ///< in all cases
    QMap<QString, int> m_faults;   ///< that had their effect
};

} // namespace handover::pairs

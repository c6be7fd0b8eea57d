// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace handover::appup {

/// What a list of versions has beyond ASCII. Most that the dialects differ in matters only there.
struct VersionLetters
{
    bool latin1 = false; ///< characters from U+0080 to U+00FF
    bool beyond = false; ///< characters behind those

    [[nodiscard]] static VersionLetters of(QStringView version);
    [[nodiscard]] static VersionLetters of(const QStringList &versions);
};

/// A construct that OTP up to 27 (PCRE 8) and OTP 28 (PCRE2, as this program has) read differently.
struct DialectTrap
{
    QString construct;    ///< as it stands in the pattern
    qsizetype offset = 0; ///< where, in UTF-16
    QString older;        ///< what OTP up to 27 does: "takes it as the letter y"
    QString newer;        ///< what OTP 28 and this program do: "refuse it"
};

/// The first such construct of a pattern that can make a difference for versions with these
/// letters. Every pattern that OTP up to 27 answers differently has one; some that it answers alike
/// have one too. Recursion, conditions on versions of PCRE and other things that nobody needs for a
/// version are reported whatever they do.
/// See OTP's "PCRE2 Migration" (stdlib, re_incompat) and pcre2compat(3).
[[nodiscard]] std::optional<DialectTrap> dialectTrap(QStringView pattern, VersionLetters letters = {});

} // namespace handover::appup

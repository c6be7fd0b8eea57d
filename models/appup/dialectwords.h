// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <utility>

namespace handover::appup {

/// The kinds of constructs in which PCRE 8 and PCRE2 differ.
enum class Trap {
    None,
    Nul,
    Space,
    Caseless,
    Quantifier,
    Lookbehind,
    UnknownEscape,
    EscapeInClass,
    BraceSpace,
    NoHexDigits,
    Control,
    LatinLetters,
    Unit,
    NamedCharacter,
    MatchReset,
    Property,
    CaseProperty,
    Unicode,
    Digits,
    Recursion,
    ForwardReference,
    OwnReference,
    Nesting,
    Size,
    GroupName,
    EmptyName,
    Possessive,
    VersionCondition,
    Option,
    UnknownVerb,
    VerbInside,
    SplitQuantifier,
    StringCallout,
    NewGroup,
    SetRange,
};

/// What OTP up to 27 does with it, and what OTP 28 and this program do; each goes on a sentence that
/// begins with them.
[[nodiscard]] std::pair<QString, QString> trapWords(Trap trap, const QString &construct);

} // namespace handover::appup

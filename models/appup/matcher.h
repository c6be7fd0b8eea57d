// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"

#include <QRegularExpression>

namespace handover::appup {

/// Why a rule does or doesn't take a version.
enum class Verdict {
    No,
    Taken,        ///< this is the rule OTP takes
    Shadowed,     ///< it would take the version, but an earlier rule does
    PartOnly,     ///< the pattern matches, but only a part of the version: OTP wants all of it
    Invalid,      ///< not a pattern; OTP raises badarg when it comes to it
    TooComplex,   ///< the match limit was reached
};

/// Tells which rule of a list OTP takes for a version. The rule is that of
/// systools_relup:appup_search_for_version/2, which release_handler uses too: in file order, the
/// first entry whose string is equal, or whose binary, run as an unanchored pattern, has its first
/// match equal to the whole version. Patterns are compiled once. Reentrant.
class Matcher
{
public:
    explicit Matcher(const QList<Rule> &rules);

    /// The number of the rule taken, or 0. An invalid pattern on the way ends the search with 0,
    /// as OTP raises there; verdicts() says so.
    [[nodiscard]] int match(const QString &version) const;
    [[nodiscard]] QList<Verdict> verdicts(const QString &version) const; ///< one for each rule

private:
    struct Compiled
    {
        Rule::Key key = Rule::Key::Ignored;
        QString text;
        QRegularExpression pattern;
    };
    [[nodiscard]] static Verdict test(const Compiled &rule, const QString &version);
    QList<Compiled> m_rules;
};

} // namespace handover::appup

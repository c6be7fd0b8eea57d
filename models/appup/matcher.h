// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"

#include <QRegularExpression>

namespace handover::appup {

/// Why a rule does or doesn't take a version.
enum class Verdict {
    No,
    Taken,      ///< this is the rule OTP takes
    Shadowed,   ///< it would take the version, but an earlier rule does (or raises)
    PartOnly,   ///< the pattern matches, but only a part of the version: OTP wants all of it
    Invalid,    ///< not a pattern; OTP raises badarg when it comes to it
    TooComplex, ///< the match limit was reached
};

/// One rule's key, compiled once, on its own. Reentrant.
class KeyMatcher
{
public:
    explicit KeyMatcher(const Rule &rule);

    /// No, Taken (it would take the version), PartOnly, Invalid or TooComplex.
    [[nodiscard]] Verdict test(const QString &version) const;
    /// The piece of the version that the pattern matches first; nothing if none.
    [[nodiscard]] std::optional<QString> firstMatch(const QString &version) const;
    [[nodiscard]] bool isValid() const { return m_valid; }
    [[nodiscard]] QString errorWords() const;    ///< PCRE's, in lower case
    [[nodiscard]] qsizetype errorOffset() const; ///< in the pattern, in UTF-16

private:
    Rule::Key m_key = Rule::Key::Ignored;
    bool m_valid = true;
    QString m_text;
    QRegularExpression m_pattern;
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

    /// What the rules' own verdicts make together: of those that would take the version, the first
    /// does, unless an invalid pattern stands before it.
    static void settle(QList<Verdict> &verdicts);

private:
    QList<KeyMatcher> m_rules;
};

} // namespace handover::appup

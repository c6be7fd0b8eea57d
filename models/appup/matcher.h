// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "models/appup/pattern.h"

#include <QRegularExpression>

#include <atomic>
#include <memory>

namespace handover::appup {

/// Why a rule does or doesn't take a version.
enum class Verdict : quint8 {
    No,
    Taken,      ///< this is the rule OTP takes
    Shadowed,   ///< it would take the version, but an earlier rule does (or raises)
    PartOnly,   ///< the pattern matches, but only a part of the version: OTP wants all of it
    Invalid,    ///< not a pattern; OTP raises badarg when it comes to it
    TooComplex, ///< not known: the match limit was reached, see KeyMatcher
};

/// One rule's key, compiled once, on its own. Reentrant; copies share the count of limit hits.
///
/// The verdicts are those of OTP 28; where OTP up to 27 may answer otherwise, dialectTrap() says so.
/// A match ends after a hundredth of the steps that OTP allows. A pattern that needed more than that
/// MaxLimitHits times isn't run any more: from then on it is TooComplex for every version that can't
/// be told without running it, so that no pattern holds up the others however many versions there are.
class KeyMatcher
{
public:
    static constexpr int MaxLimitHits = 8;

    explicit KeyMatcher(const Rule &rule);

    /// No, Taken (it would take the version), PartOnly, Invalid or TooComplex.
    [[nodiscard]] Verdict test(const QString &version) const
    {
        return beginsOtherwise(version) ? Verdict::No : fullTest(version);
    }
    /// The piece of the version that the pattern matches first; nothing if none.
    [[nodiscard]] std::optional<QString> firstMatch(const QString &version) const;
    /// Whether the pattern would take the version if it had to match from its beginning to its end, as
    /// one might think it has; where test() says PartOnly, that is what the rule was meant for.
    [[nodiscard]] bool takesIfAnchored(const QString &version) const;
    [[nodiscard]] bool isValid() const { return m_valid; }
    [[nodiscard]] QString errorWords() const;    ///< PCRE's, in lower case
    [[nodiscard]] qsizetype errorOffset() const; ///< in the pattern, in UTF-16
    /// How many matches reached the limit; never much above MaxLimitHits.
    [[nodiscard]] int limitHits() const { return m_limitHits->load(std::memory_order_relaxed); }

private:
    // Answers nearly all pairs of a large table, by one character.
    [[nodiscard]] bool beginsOtherwise(const QString &version) const
    {
        return version.size() < m_beginning.size() ||
               (!m_beginning.isEmpty() && version.at(m_beginning.size() - 1) != m_beginning.back());
    }
    [[nodiscard]] Verdict fullTest(const QString &version) const;
    [[nodiscard]] std::optional<Verdict> withoutRunning(const QString &version) const;
    [[nodiscard]] std::optional<QRegularExpressionMatch> run(const QString &version) const;

    Rule::Key m_key = Rule::Key::Ignored;
    bool m_valid = true;
    QString m_text;
    QString m_beginning; ///< of every version that isn't a plain No; empty: not known
    PatternShape m_shape;
    QRegularExpression m_pattern;
    QRegularExpression m_anchored;
    std::shared_ptr<std::atomic<int>> m_limitHits = std::make_shared<std::atomic<int>>(0);
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

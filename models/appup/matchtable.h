// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/matcher.h"

#include <memory>
#include <vector>

/// Versions × rules, as a function of values. MatchTableModel keeps the columns between edits.
namespace handover::appup {

/// What becomes of a version in a list of rules.
struct Match
{
    int rule = 0; ///< number of the rule that takes it or raises; else of the first that isn't a plain No
    Verdict verdict = Verdict::No; ///< of that rule: never Shadowed
    friend bool operator==(const Match &, const Match &) = default;
};

/// The key of a rule and what it says of each version of a table. A version is matched when its
/// verdict is asked for, and only once.
class KeyColumn
{
public:
    KeyColumn(const Rule &rule, qsizetype rows);

    [[nodiscard]] Verdict verdict(qsizetype row, const QString &version)
    {
        const Verdict known = m_verdicts[row];
        return known != Unknown ? known : match(row, version);
    }
    [[nodiscard]] const KeyMatcher &matcher() const { return m_matcher; }
    void insertRows(qsizetype row, qsizetype count);
    void removeRows(qsizetype row, qsizetype count);
    [[nodiscard]] qint64 matchCount() const { return m_matchCount; } ///< versions matched so far

private:
    static constexpr Verdict Unknown = Verdict::Shadowed; ///< which no key is on its own

    Verdict match(qsizetype row, const QString &version);

    KeyMatcher m_matcher;
    std::vector<Verdict> m_verdicts; ///< of each row
    qint64 m_matchCount = 0;
};

/// The columns of a list of rules, in its order. Rules with the same key may share one.
using KeyColumns = QList<std::shared_ptr<KeyColumn>>;

/// The first rule that takes a version wins, and ends the search for it. For rows `first` to
/// `first` + `count` - 1.
[[nodiscard]] QList<Match> matchRows(const KeyColumns &columns, const QStringList &versions, qsizetype first,
                                     qsizetype count);

/// Brings matches up to date after rules were edited. Only the rules between those that both lists
/// begin and end with are looked at, but for versions that an edited rule took before.
class Rematch
{
public:
    Rematch(const KeyColumns &before, const KeyColumns &after);

    /// The match of a row whose match was `old`.
    [[nodiscard]] Match operator()(qsizetype row, const QString &version, const Match &old) const;

private:
    const KeyColumns &m_columns;
    qsizetype m_before = 0; ///< where the common end of the list was
    qsizetype m_from = 0;   ///< where the common beginning ends
    qsizetype m_to = 0;     ///< where the common end is now
};

/// The whole table of a list of rules, one Match for each version.
[[nodiscard]] QList<Match> matchTable(const QList<Rule> &rules, const QStringList &versions);

} // namespace handover::appup

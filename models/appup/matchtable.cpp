// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/matchtable.h"

namespace handover::appup {

KeyColumn::KeyColumn(const Rule &rule, qsizetype rows)
    : m_matcher(rule)
    , m_verdicts(static_cast<size_t>(rows), Unknown)
{
}

Verdict KeyColumn::match(qsizetype row, const QString &version)
{
    ++m_matchCount;
    return m_verdicts[row] = m_matcher.test(version);
}

void KeyColumn::insertRows(qsizetype row, qsizetype count)
{
    m_verdicts.insert(m_verdicts.begin() + row, count, Unknown);
}

void KeyColumn::removeRows(qsizetype row, qsizetype count)
{
    m_verdicts.erase(m_verdicts.begin() + row, m_verdicts.begin() + row + count);
}

namespace {

bool isOver(Verdict verdict) { return verdict == Verdict::Taken || verdict == Verdict::Invalid; }

// Goes on with rules `from` to `to` (counted from 0), where those before came to `nearest`.
Match search(const KeyColumns &columns, qsizetype from, qsizetype to, qsizetype row, const QString &version,
             Match nearest = {})
{
    for (qsizetype i = from; i < to; ++i) {
        const Verdict verdict = columns[i]->verdict(row, version);
        const Match match{static_cast<int>(i) + 1, verdict};
        if (isOver(verdict))
            return match;
        if (verdict != Verdict::No && nearest.rule == 0)
            nearest = match;
    }
    return nearest;
}

} // namespace

QList<Match> matchRows(const KeyColumns &columns, const QStringList &versions, qsizetype first,
                       qsizetype count)
{
    QList<Match> matches;
    matches.reserve(count);
    for (qsizetype row = first; row < first + count; ++row)
        matches.append(search(columns, 0, columns.size(), row, versions[row]));
    return matches;
}

Rematch::Rematch(const KeyColumns &before, const KeyColumns &after)
    : m_columns(after)
{
    const qsizetype shorter = qMin(before.size(), after.size());
    while (m_from < shorter && before[m_from] == after[m_from])
        ++m_from;
    qsizetype common = 0;
    while (common < shorter - m_from &&
           before[before.size() - 1 - common] == after[after.size() - 1 - common])
        ++common;
    m_before = before.size() - common;
    m_to = after.size() - common;
}

Match Rematch::operator()(qsizetype row, const QString &version, const Match &old) const
{
    const bool atBegin = old.rule <= m_from; // also where there was none
    if (atBegin && isOver(old.verdict))
        return old;
    const Match now = search(m_columns, m_from, m_to, row, version, atBegin ? old : Match{});
    if (atBegin || isOver(now.verdict))
        return now;
    if (old.rule <= m_before) { // a rule that is gone hid those behind it, and the near misses before it
        return isOver(old.verdict) ? search(m_columns, 0, m_columns.size(), row, version)
                                   : search(m_columns, m_to, m_columns.size(), row, version, now);
    }
    const Match same{static_cast<int>(old.rule - m_before + m_to), old.verdict};
    return isOver(old.verdict) || now.rule == 0 ? same : now;
}

QList<Match> matchTable(const QList<Rule> &rules, const QStringList &versions)
{
    KeyColumns columns;
    columns.reserve(rules.size());
    for (const Rule &rule : rules)
        columns.append(std::make_shared<KeyColumn>(rule, versions.size()));
    return matchRows(columns, versions, 0, versions.size());
}

} // namespace handover::appup

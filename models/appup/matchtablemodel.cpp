// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/matchtablemodel.h"

#include "models/core/versionorder.h"

#include <algorithm>
#include <limits>
#include <numeric>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

constexpr qsizetype MaxRuns = 64;

} // namespace

MatchTableModel::MatchTableModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

MatchTableModel::~MatchTableModel() = default;

int MatchTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_versions.size());
}

int MatchTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MatchTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case VersionColumn:
        return tr("Version");
    case UpColumn:
        return tr("Upgrade from");
    case DownColumn:
        return tr("Downgrade to");
    default:
        return {};
    }
}

QVariant MatchTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const int row = index.row();
    if (role == TestRole)
        return row >= m_firstTest;
    if (index.column() != VersionColumn)
        return cellData(m_sides[index.column() == UpColumn ? 0 : 1], row, role);
    switch (role) {
    case Qt::DisplayRole:
        return m_versions[row];
    case SortRole:
        return m_ranks[row];
    default:
        return {};
    }
}

QVariant MatchTableModel::cellData(const Side &side, int row, int role) const
{
    const auto [rule, verdict] = side.cells[row].match;
    const Cost cost = side.cells[row].cost;
    const bool taken = verdict == Verdict::Taken;
    switch (role) {
    case Qt::DisplayRole:
        if (!m_hasAppup)
            return QString();
        return taken ? QString(QString::number(rule) + u" · "_s + costWords(cost)) : tr("none");
    case SortRole:
        return taken ? rule : std::numeric_limits<int>::max();
    case RuleNumberRole:
        return taken ? rule : 0;
    case CostRole:
        return taken ? QVariant(static_cast<int>(cost)) : QVariant();
    case VerdictRole:
        return static_cast<int>(verdict);
    case Qt::ToolTipRole:
    case TooltipRole:
        return tooltip(side, row);
    case KeyRangeRole:
        return rule > 0 ? QVariant::fromValue(side.rules[rule - 1].keyRange) : QVariant();
    default:
        return {};
    }
}

QString MatchTableModel::tooltip(const Side &side, int row) const
{
    if (!m_hasAppup)
        return {};
    const auto [rule, verdict] = side.cells[row].match;
    switch (verdict) {
    case Verdict::PartOnly:
        return tr("No rule takes it. Rule %1 matches only a part of it; OTP wants the whole version.")
            .arg(rule);
    case Verdict::Invalid:
        return tr("The pattern of rule %1 is invalid; OTP fails when it comes to it.").arg(rule);
    case Verdict::TooComplex:
        return tr("The pattern of rule %1 is too complex for OTP to match.").arg(rule);
    case Verdict::No:
    case Verdict::Shadowed:
        return tr("No rule takes it.");
    case Verdict::Taken:
        return takenTooltip(side, row);
    }
    return {};
}

QString MatchTableModel::takenTooltip(const Side &side, int row) const
{
    const int rule = side.cells[row].match.rule;
    QStringList others;
    for (qsizetype i = rule; i < side.columns.size(); ++i) {
        if (side.columns[i]->verdict(row, m_versions[row]) == Verdict::Taken)
            others.append(QString::number(i + 1));
    }
    if (others.isEmpty())
        return tr("Rule %1 takes it.").arg(rule);
    return tr("Rule %1 takes it first; these would take it too: %2.")
        .arg(QString::number(rule), others.join(", "_L1));
}

qint64 MatchTableModel::matchCount() const
{
    qint64 count = m_formerMatches;
    for (const auto &column : m_columns)
        count += column->matchCount();
    return count;
}

MatchTableModel::Cell MatchTableModel::cellOf(const Side &side, const Match &match)
{
    return {match, match.verdict == Verdict::Taken ? side.rules[match.rule - 1].cost : Cost::CodeOnly};
}

QList<MatchTableModel::Cell> MatchTableModel::cellsOf(const Side &side, qsizetype first,
                                                      qsizetype count) const
{
    QList<Cell> cells;
    cells.reserve(count);
    for (const Match &match : matchRows(side.columns, m_versions, first, count))
        cells.append(cellOf(side, match));
    return cells;
}

// Tells of the cells that changed, in as few signals as there are runs of them; if that's very
// many, in one for all between the first and the last.
void MatchTableModel::settle(Side &side, int column, const KeyColumns &before)
{
    const Rematch rematch(before, side.columns);
    QList<std::pair<int, int>> runs; // of rows, with the last
    for (int row = 0; row < rowCount(); ++row) {
        const Match match = rematch(row, m_versions[row], side.cells.at(row).match);
        const Cell cell = cellOf(side, match);
        if (cell == side.cells.at(row))
            continue;
        side.cells[row] = cell;
        if (!runs.isEmpty() && runs.constLast().second == row - 1)
            runs.last().second = row;
        else
            runs.append({row, row});
    }
    if (runs.size() > MaxRuns)
        runs = {{runs.constFirst().first, runs.constLast().second}};
    for (const auto &[first, last] : std::as_const(runs))
        emit dataChanged(index(first, column), index(last, column));
}

// Gives the columns there were.
KeyColumns MatchTableModel::setRules(Side &side, const QList<Rule> &rules,
                                     QHash<KeyId, std::shared_ptr<KeyColumn>> &columns)
{
    const KeyColumns before = std::exchange(side.columns, {});
    side.rules = rules;
    for (const Rule &rule : rules) {
        const KeyId id{rule.key, rule.text, rule.badEncoding};
        std::shared_ptr<KeyColumn> &column = columns[id];
        if (!column)
            column = m_columns.take(id);
        if (!column)
            column = std::make_shared<KeyColumn>(rule, m_versions.size());
        side.columns.append(column);
    }
    return before;
}

void MatchTableModel::setAppup(std::optional<Appup> appup)
{
    const bool shown = std::exchange(m_hasAppup, appup.has_value());
    QHash<KeyId, std::shared_ptr<KeyColumn>> columns;
    const KeyColumns up = setRules(m_sides[0], appup ? appup->up : QList<Rule>{}, columns);
    const KeyColumns down = setRules(m_sides[1], appup ? appup->down : QList<Rule>{}, columns);
    for (const auto &column : std::as_const(m_columns)) // those of no rule any more
        m_formerMatches += column->matchCount();
    m_columns = std::move(columns);
    settle(m_sides[0], UpColumn, up);
    settle(m_sides[1], DownColumn, down);
    if (rowCount() == 0)
        return;
    // Ranges and the other rules of a tooltip move with nearly every edit; the shown text only
    // with the presence of an appup, where every cell changes.
    const QList<int> roles =
        shown == m_hasAppup ? QList<int>{KeyRangeRole, TooltipRole, Qt::ToolTipRole} : QList<int>{};
    emit dataChanged(index(0, UpColumn), index(rowCount() - 1, DownColumn), roles);
}

void MatchTableModel::setVersions(const QStringList &versions) { replaceRows(versions, false); }

void MatchTableModel::setTestVersions(const QStringList &versions) { replaceRows(versions, true); }

// Keeps the rows both lists begin and end with.
void MatchTableModel::replaceRows(const QStringList &versions, bool tests)
{
    const qsizetype offset = tests ? m_firstTest : 0;
    const qsizetype size = tests ? m_versions.size() - m_firstTest : m_firstTest;
    const qsizetype shorter = qMin(size, versions.size());
    qsizetype head = 0;
    while (head < shorter && m_versions[offset + head] == versions[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head &&
           m_versions[offset + size - 1 - tail] == versions[versions.size() - 1 - tail])
        ++tail;
    if (size > head + tail)
        removeVersions(offset + head, size - head - tail);
    if (versions.size() > head + tail)
        insertVersions(offset + head, versions.sliced(head, versions.size() - head - tail), tests);
    rankVersions();
}

void MatchTableModel::removeVersions(qsizetype first, qsizetype count)
{
    beginRemoveRows({}, static_cast<int>(first), static_cast<int>(first + count) - 1);
    m_versions.remove(first, count);
    m_firstTest -= first < m_firstTest ? count : 0;
    m_ranks.remove(first, count);
    for (const auto &column : std::as_const(m_columns))
        column->removeRows(first, count);
    for (Side &side : m_sides)
        side.cells.remove(first, count);
    endRemoveRows();
}

void MatchTableModel::insertVersions(qsizetype first, const QStringList &versions, bool tests)
{
    const qsizetype count = versions.size();
    beginInsertRows({}, static_cast<int>(first), static_cast<int>(first + count) - 1);
    m_versions = m_versions.first(first) + versions + m_versions.sliced(first);
    m_firstTest += tests ? 0 : count;
    m_ranks.insert(first, count, 0);
    for (const auto &column : std::as_const(m_columns))
        column->insertRows(first, count);
    for (Side &side : m_sides)
        side.cells = side.cells.first(first) + cellsOf(side, first, count) + side.cells.sliced(first);
    endInsertRows();
}

void MatchTableModel::rankVersions()
{
    QList<int> rows(rowCount());
    std::iota(rows.begin(), rows.end(), 0);
    std::ranges::stable_sort(
        rows, [this](int a, int b) { return compareVersions(m_versions[a], m_versions[b]) < 0; });
    for (qsizetype rank = 0; rank < rows.size(); ++rank)
        m_ranks[rows[rank]] = static_cast<int>(rank);
    if (!rows.isEmpty())
        emit dataChanged(index(0, VersionColumn), index(rowCount() - 1, VersionColumn), {SortRole});
}

} // namespace handover::appup

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
    if (role == RunningRole)
        return m_running.value(m_versions[row]);
    return index.column() == VersionColumn ? versionData(row, role) : cellData(sideOf(index.column()), row, role);
}

QVariant MatchTableModel::versionData(int row, int role) const
{
    const QString &version = m_versions[row];
    const QStringList servers = m_running.value(version);
    switch (role) {
    case Qt::DisplayRole:
        return version;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        if (!servers.isEmpty())
            return tr("%1 runs on %2").arg(version, servers.join(", "_L1));
        return row >= m_firstTest ? tr("%1, to try").arg(version) : version;
    case SortRole:
        return m_ranks[row];
    default:
        return {};
    }
}

QVariant MatchTableModel::cellData(const Side &side, int row, int role) const
{
    const Match &match = side.cells[row].match;
    const bool taken = match.verdict == Verdict::Taken;
    switch (role) {
    case Qt::DisplayRole:
        return m_hasAppup ? text(side, row) : QString();
    case SortRole:
        return taken ? match.rule : std::numeric_limits<int>::max();
    case RuleNumberRole:
        return taken ? match.rule : 0;
    case CostRole:
        return taken ? QVariant(static_cast<int>(side.cells[row].cost)) : QVariant();
    case VerdictRole:
        return static_cast<int>(match.verdict);
    case Qt::ToolTipRole:
    case TooltipRole:
        return m_hasAppup ? matchTooltip(side.columns, row, m_versions[row], match) : QString();
    case KeyRangeRole:
        return match.rule > 0 ? QVariant::fromValue(side.rules[match.rule - 1].keyRange) : QVariant();
    case RelationRole:
        return static_cast<int>(relation(side, row));
    case NearMissRole:
        return nearMiss(side.columns, row, m_versions[row], match).rule > 0;
    default:
        return {};
    }
}

QString MatchTableModel::text(const Side &side, int row) const
{
    const auto &[match, cost] = side.cells[row];
    if (const Relation current = relation(side, row); current != Relation::None && current != Relation::Takes)
        return relationText(current, match, *side.columns[m_currentRule - 1], m_versions[row]);
    return matchText(match, cost, nearMiss(side.columns, row, m_versions[row], match));
}

Relation MatchTableModel::relation(const Side &side, int row) const
{
    if (&side != m_currentSide || m_currentRule < 1 || m_currentRule > side.columns.size())
        return Relation::None;
    const Match &match = side.cells[row].match;
    if (match.verdict == Verdict::Taken && match.rule == m_currentRule)
        return Relation::Takes;
    switch (side.columns[m_currentRule - 1]->verdict(row, m_versions[row])) {
    case Verdict::Taken:
        return match.verdict == Verdict::Taken ? Relation::TakenEarlier : Relation::None;
    case Verdict::PartOnly:
        return Relation::PartOnly;
    default:
        return Relation::None;
    }
}

void MatchTableModel::setCurrentRule(Direction direction, int number)
{
    const Side *const side = number > 0 ? &m_sides[direction == Direction::Up ? 0 : 1] : nullptr;
    if (std::exchange(m_currentSide, side) == side && m_currentRule == number)
        return;
    m_currentRule = number;
    if (rowCount() > 0)
        emit dataChanged(index(0, UpColumn), index(rowCount() - 1, DownColumn), {Qt::DisplayRole, RelationRole});
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

void MatchTableModel::setVersions(const QStringList &versions)
{
    m_tagged = versions;
    replaceRows(withRunning(versions), false);
}

// Each in front of the first that it is newer than.
QStringList MatchTableModel::withRunning(const QStringList &versions) const
{
    QStringList all = versions;
    const QSet<QString> known(versions.begin(), versions.end());
    for (auto running = m_running.keyBegin(); running != m_running.keyEnd(); ++running) {
        if (known.contains(*running))
            continue;
        const auto older = [&](const QString &version) { return compareVersions(version, *running) < 0; };
        all.insert(std::ranges::find_if(all, older), *running);
    }
    return all;
}

void MatchTableModel::setRunning(const QHash<QString, QStringList> &serversByVersion)
{
    if (serversByVersion == m_running)
        return;
    m_running = serversByVersion;
    replaceRows(withRunning(m_tagged), false);
    if (rowCount() > 0)
        emit dataChanged(index(0, VersionColumn), index(rowCount() - 1, VersionColumn),
                         {RunningRole, Qt::ToolTipRole, Qt::AccessibleTextRole});
}

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

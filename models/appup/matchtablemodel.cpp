// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/matchtablemodel.h"

#include "models/core/versionorder.h"

#include <algorithm>
#include <limits>
#include <numeric>

using namespace Qt::StringLiterals;

namespace handover::appup {

struct MatchTableModel::Key
{
    explicit Key(const Rule &rule)
        : matcher(rule)
    {
    }
    KeyMatcher matcher;
    QList<Verdict> verdicts; ///< of each row, on its own
};

MatchTableModel::MatchTableModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

MatchTableModel::~MatchTableModel() = default;

int MatchTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_versions.size() + m_testVersions.size());
}

int MatchTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const QString &MatchTableModel::version(int row) const
{
    return row < m_versions.size() ? m_versions[row] : m_testVersions[row - m_versions.size()];
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
        return row >= m_versions.size();
    if (index.column() != VersionColumn)
        return cellData(m_sides[index.column() == UpColumn ? 0 : 1], row, role);
    switch (role) {
    case Qt::DisplayRole:
        return version(row);
    case SortRole:
        return m_ranks[row];
    default:
        return {};
    }
}

QVariant MatchTableModel::cellData(const Side &side, int row, int role) const
{
    const Cell &cell = side.cells[row];
    const bool taken = cell.verdict == Verdict::Taken;
    switch (role) {
    case Qt::DisplayRole:
        if (!m_hasAppup)
            return QString();
        return taken ? QString(QString::number(cell.rule) + u" · "_s + costWords(cell.cost)) : tr("none");
    case SortRole:
        return taken ? cell.rule : std::numeric_limits<int>::max();
    case RuleNumberRole:
        return taken ? cell.rule : 0;
    case CostRole:
        return taken ? QVariant(static_cast<int>(cell.cost)) : QVariant();
    case VerdictRole:
        return static_cast<int>(cell.verdict);
    case Qt::ToolTipRole:
    case TooltipRole:
        return tooltip(side, row);
    case KeyRangeRole:
        return cell.rule > 0 ? QVariant::fromValue(side.rules[cell.rule - 1].keyRange) : QVariant();
    default:
        return {};
    }
}

QString MatchTableModel::tooltip(const Side &side, int row) const
{
    if (!m_hasAppup)
        return {};
    const Cell &cell = side.cells[row];
    switch (cell.verdict) {
    case Verdict::PartOnly:
        return tr("No rule takes it. Rule %1 matches only a part of it; OTP wants the whole version.")
            .arg(cell.rule);
    case Verdict::Invalid:
        return tr("The pattern of rule %1 is invalid; OTP fails when it comes to it.").arg(cell.rule);
    case Verdict::TooComplex:
        return tr("The pattern of rule %1 is too complex for OTP to match.").arg(cell.rule);
    case Verdict::No:
    case Verdict::Shadowed:
        return tr("No rule takes it.");
    case Verdict::Taken:
        break;
    }
    QStringList others;
    for (qsizetype i = cell.rule; i < side.keys.size(); ++i) {
        if (side.keys[i]->verdicts[row] == Verdict::Taken)
            others.append(QString::number(i + 1));
    }
    if (others.isEmpty())
        return tr("Rule %1 takes it.").arg(cell.rule);
    return tr("Rule %1 takes it first; these would take it too: %2.")
        .arg(QString::number(cell.rule), others.join(", "_L1));
}

MatchTableModel::Cell MatchTableModel::settled(const Side &side, int row) const
{
    Cell nearest;
    for (qsizetype i = 0; i < side.keys.size(); ++i) {
        const Verdict verdict = side.keys[i]->verdicts[row];
        const int number = static_cast<int>(i) + 1;
        if (verdict == Verdict::Taken || verdict == Verdict::Invalid)
            return {number, verdict, verdict == Verdict::Taken ? side.rules[i].cost : Cost::CodeOnly};
        if (verdict != Verdict::No && nearest.rule == 0)
            nearest = {number, verdict, Cost::CodeOnly};
    }
    return nearest;
}

void MatchTableModel::settle(Side &side, int column)
{
    int first = -1;
    const auto flush = [&](int end) {
        if (first >= 0)
            emit dataChanged(index(first, column), index(end - 1, column));
        first = -1;
    };
    const int rows = rowCount();
    for (int row = 0; row < rows; ++row) {
        const Cell cell = settled(side, row);
        if (cell == side.cells[row]) {
            flush(row);
            continue;
        }
        side.cells[row] = cell;
        if (first < 0)
            first = row;
    }
    flush(rows);
}

void MatchTableModel::setAppup(std::optional<Appup> appup)
{
    const bool shown = std::exchange(m_hasAppup, appup.has_value());
    QHash<KeyId, std::shared_ptr<Key>> keys;
    for (const Direction direction : {Direction::Up, Direction::Down}) {
        Side &side = m_sides[direction == Direction::Up ? 0 : 1];
        side.rules = appup ? appup->rules(direction) : QList<Rule>{};
        side.keys.clear();
        for (const Rule &rule : std::as_const(side.rules)) {
            const KeyId id{rule.key, rule.text, rule.badEncoding};
            std::shared_ptr<Key> &key = keys[id];
            if (!key)
                key = m_keys.value(id);
            if (!key) {
                key = std::make_shared<Key>(rule);
                for (int row = 0; row < rowCount(); ++row)
                    key->verdicts.append(key->matcher.test(version(row)));
                m_matchCount += rowCount();
            }
            side.keys.append(key);
        }
    }
    m_keys = std::move(keys);
    settle(m_sides[0], UpColumn);
    settle(m_sides[1], DownColumn);
    if (rowCount() == 0)
        return;
    // Ranges and the other rules of a tooltip move with nearly every edit; the shown text only
    // with the presence of an appup, where every cell changes.
    const QList<int> roles =
        shown == m_hasAppup ? QList<int>{KeyRangeRole, TooltipRole, Qt::ToolTipRole} : QList<int>{};
    emit dataChanged(index(0, UpColumn), index(rowCount() - 1, DownColumn), roles);
}

void MatchTableModel::setVersions(const QStringList &versions) { replaceRows(m_versions, 0, versions); }

void MatchTableModel::setTestVersions(const QStringList &versions)
{
    replaceRows(m_testVersions, static_cast<int>(m_versions.size()), versions);
}

// Keeps the rows both lists begin and end with.
void MatchTableModel::replaceRows(QStringList &part, int offset, const QStringList &versions)
{
    const qsizetype shorter = qMin(part.size(), versions.size());
    qsizetype head = 0;
    while (head < shorter && part[head] == versions[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && part[part.size() - 1 - tail] == versions[versions.size() - 1 - tail])
        ++tail;
    const int first = offset + static_cast<int>(head);

    if (const auto removed = part.size() - head - tail; removed > 0) {
        beginRemoveRows({}, first, first + static_cast<int>(removed) - 1);
        part.remove(head, removed);
        m_ranks.remove(first, removed);
        for (const auto &key : std::as_const(m_keys))
            key->verdicts.remove(first, removed);
        for (Side &side : m_sides)
            side.cells.remove(first, removed);
        endRemoveRows();
    }
    if (const QStringList added = versions.sliced(head, versions.size() - head - tail); !added.isEmpty()) {
        beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
        for (qsizetype i = 0; i < added.size(); ++i)
            part.insert(head + i, added[i]);
        matchInserted(first, added);
        endInsertRows();
    }
    rankVersions();
}

void MatchTableModel::matchInserted(int first, const QStringList &versions)
{
    for (const auto &key : std::as_const(m_keys)) {
        key->verdicts.insert(first, versions.size(), Verdict::No);
        for (qsizetype i = 0; i < versions.size(); ++i)
            key->verdicts[first + i] = key->matcher.test(versions[i]);
        m_matchCount += versions.size();
    }
    m_ranks.insert(first, versions.size(), 0);
    for (Side &side : m_sides) {
        side.cells.insert(first, versions.size(), {});
        for (qsizetype i = 0; i < versions.size(); ++i)
            side.cells[first + i] = settled(side, first + static_cast<int>(i));
    }
}

void MatchTableModel::rankVersions()
{
    QList<int> rows(rowCount());
    std::iota(rows.begin(), rows.end(), 0);
    std::ranges::stable_sort(rows,
                             [this](int a, int b) { return compareVersions(version(a), version(b)) < 0; });
    for (qsizetype rank = 0; rank < rows.size(); ++rank)
        m_ranks[rows[rank]] = static_cast<int>(rank);
    if (!rows.isEmpty())
        emit dataChanged(index(0, VersionColumn), index(rowCount() - 1, VersionColumn), {SortRole});
}

} // namespace handover::appup

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/versionfiltermodel.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace handover::versions {

VersionFilterModel::VersionFilterModel(VersionListModel *versions, QObject *parent)
    : QAbstractProxyModel(parent)
    , m_versions(versions)
{
    setSourceModel(versions);
    passRowsOn();
    resetAround();
    connect(versions, &QAbstractItemModel::dataChanged, this, &VersionFilterModel::passDataOn);
}

// While plain, what the versions say of rows holds here too.
void VersionFilterModel::passRowsOn()
{
    using Model = QAbstractItemModel;
    connect(m_versions, &Model::rowsAboutToBeInserted, this, [this](const QModelIndex &, int first, int last) {
        if (isPlain())
            beginInsertRows({}, first, last);
    });
    connect(m_versions, &Model::rowsInserted, this, [this] {
        if (isPlain())
            endInsertRows();
    });
    connect(m_versions, &Model::rowsAboutToBeRemoved, this, [this](const QModelIndex &, int first, int last) {
        if (isPlain())
            beginRemoveRows({}, first, last);
    });
    connect(m_versions, &Model::rowsRemoved, this, [this] {
        if (isPlain())
            endRemoveRows();
    });
    connect(m_versions, &Model::rowsAboutToBeMoved, this,
            [this](const QModelIndex &, int first, int last, const QModelIndex &, int to) {
                if (isPlain())
                    beginMoveRows({}, first, last, {}, to);
            });
    connect(m_versions, &Model::rowsMoved, this, [this] {
        if (isPlain())
            endMoveRows();
    });
    connect(m_versions, &Model::modelAboutToBeReset, this, [this] {
        if (isPlain())
            beginResetModel();
    });
    connect(m_versions, &Model::modelReset, this, [this] {
        if (isPlain())
            endResetModel();
    });
}

// Else all of them are one change.
void VersionFilterModel::resetAround()
{
    connect(m_versions, &VersionListModel::changeBegins, this, [this] {
        m_isChanging = !isPlain();
        if (m_isChanging)
            beginResetModel();
    });
    connect(m_versions, &VersionListModel::changeEnded, this, [this] {
        if (!std::exchange(m_isChanging, false))
            return;
        rebuild();
        endResetModel();
    });
}

void VersionFilterModel::passDataOn(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles)
{
    if (isPlain()) {
        emit dataChanged(mapFromSource(first), mapFromSource(last), roles);
        return;
    }
    if (m_isChanging)
        return;
    int top = rowCount();
    int bottom = -1;
    for (int row = first.row(); row <= last.row(); ++row) {
        if (const int place = m_places.value(row, -1); place >= 0) {
            top = qMin(top, place);
            bottom = qMax(bottom, place);
        }
    }
    if (bottom >= 0)
        emit dataChanged(index(top, 0), index(bottom, 0), roles);
}

void VersionFilterModel::setWanted(const QString &words)
{
    if (words == m_wanted)
        return;
    beginResetModel();
    m_wanted = words;
    rebuild();
    endResetModel();
}

void VersionFilterModel::setOrder(Order order)
{
    if (order == m_order)
        return;
    beginResetModel();
    m_order = order;
    rebuild();
    endResetModel();
}

void VersionFilterModel::rebuild()
{
    m_rows.clear();
    m_places.clear();
    if (isPlain())
        return;
    m_rows = m_versions->rowsWith(m_wanted);
    if (m_order == Order::ByDate)
        std::ranges::stable_sort(m_rows, std::ranges::greater{}, [this](int row) { return m_versions->seconds(row); });
    m_places.fill(-1, m_versions->rowCount());
    for (qsizetype place = 0; place < m_rows.size(); ++place)
        m_places[m_rows[place]] = static_cast<int>(place);
}

QModelIndex VersionFilterModel::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex VersionFilterModel::parent(const QModelIndex &) const { return {}; }

int VersionFilterModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return isPlain() ? m_versions->rowCount() : static_cast<int>(m_rows.size());
}

int VersionFilterModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : 1; }

QModelIndex VersionFilterModel::mapToSource(const QModelIndex &proxy) const
{
    if (!proxy.isValid())
        return {};
    const int row = isPlain() ? proxy.row() : m_rows.value(proxy.row(), -1);
    return row < 0 ? QModelIndex() : m_versions->index(row);
}

QModelIndex VersionFilterModel::mapFromSource(const QModelIndex &source) const
{
    if (!source.isValid())
        return {};
    const int place = isPlain() ? source.row() : m_places.value(source.row(), -1);
    return place < 0 ? QModelIndex() : createIndex(place, 0);
}

} // namespace handover::versions

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/lanemodel.h"

#include "models/core/versionorder.h"
#include "models/workspace/workspace.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::workspace {

LaneModel::LaneModel(Workspace *workspace, QObject *parent)
    : QAbstractTableModel(parent)
    , m_workspace(workspace)
{
    connect(workspace, &Workspace::progressed, this, &LaneModel::update);
    connect(workspace, &Workspace::pairChanged, this, &LaneModel::update);
    connect(workspace, &Workspace::projectChanged, this, &LaneModel::update);
    update();
}

int LaneModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_versions.size()); }

int LaneModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_lanes.size()); }

QVariant LaneModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Cell &cell = m_lanes.at(index.column()).cells.at(index.row());
    switch (role) {
    case CellRole: return QVariant::fromValue(cell);
    case GoesToRole: return m_versions.at(index.row()) == m_goesTo;
    case Qt::DisplayRole: return cell.installed ? node::statusWords(cell.status) : QString();
    case Qt::AccessibleTextRole:
        return u"%1 on %2: %3%4%5"_s.arg(m_versions.at(index.row()), m_lanes.at(index.column()).server,
                                         cell.installed ? node::statusWords(cell.status) : u"not there"_s,
                                         cell.runs ? u", runs"_s : QString(), cell.boots ? u", starts after a reboot"_s : QString());
    default: return {};
    }
}

QVariant LaneModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || section < 0)
        return {};
    if (orientation == Qt::Vertical)
        return section < m_versions.size() ? QVariant(m_versions.at(section)) : QVariant();
    return section < m_lanes.size() ? QVariant(m_lanes.at(section).server) : QVariant();
}

void LaneModel::update()
{
    QSet<QString> wanted;
    if (m_workspace->to())
        wanted += m_workspace->to()->installedAs();
    for (const deploy::ServerState *server : m_workspace->servers()) {
        if (!server->installation())
            continue;
        for (const node::InstalledRelease &release : server->installation()->releases)
            wanted += release.version;
    }
    QStringList versions;
    if (m_workspace->project()) {
        for (const versions::Version &version : m_workspace->project()->versions) {
            if (wanted.remove(version.installedAs()))
                versions += version.installedAs();
        }
    }
    QStringList others = wanted.values();
    std::ranges::sort(others, [](const QString &a, const QString &b) { return compareVersions(a, b) > 0; });
    versions = others + versions;

    QList<Lane> lanes;
    for (const deploy::ServerState *server : m_workspace->servers()) {
        Lane lane{server->name(), QList<Cell>(versions.size())};
        const auto &installed = server->installation();
        for (qsizetype i = 0; installed && i < versions.size(); ++i) {
            const node::InstalledRelease *release = installed->release(versions.at(i));
            lane.cells[i] = {true, release != nullptr, release ? release->status : node::ReleaseStatus::Unpacked,
                             installed->nodeUp && installed->runningVersion == versions.at(i), installed->bootVersion == versions.at(i)};
        }
        lanes += lane;
    }
    const QString goesTo = m_workspace->to() ? m_workspace->to()->installedAs() : QString();
    if (versions == m_versions && lanes == m_lanes && goesTo == m_goesTo)
        return;
    if (versions.size() == m_versions.size() && lanes.size() == m_lanes.size() && !lanes.isEmpty() && !versions.isEmpty()) {
        m_versions = versions;
        m_lanes = lanes;
        m_goesTo = goesTo;
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        emit headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
        emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        return;
    }
    beginResetModel(); // another table: rows and columns both
    m_versions = versions;
    m_lanes = lanes;
    m_goesTo = goesTo;
    endResetModel();
}

} // namespace handover::workspace

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/installation.h"

#include <QAbstractTableModel>

namespace handover::workspace {

class Workspace;

/// What runs where: the versions down, in the order of the version list, the servers across. A release that no tag
/// stands for has a row of its own above them. Versions that are on no server are left out, but for the one gone to.
class LaneModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    struct Cell
    {
        bool known = false;   ///< the server was looked at
        bool installed = false;
        node::ReleaseStatus status = node::ReleaseStatus::Unpacked;
        bool runs = false;
        bool boots = false; ///< after a reboot

        friend bool operator==(const Cell &, const Cell &) = default;
    };
    enum Role {
        CellRole = Qt::UserRole + 1, ///< a Cell
        GoesToRole,                  ///< the row is that of the version gone to
    };
    Q_ENUM(Role)

    explicit LaneModel(Workspace *workspace, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Lane
    {
        QString server;
        QList<Cell> cells;

        friend bool operator==(const Lane &, const Lane &) = default;
    };
    void update();

    Workspace *m_workspace;
    QStringList m_versions;
    QString m_goesTo;
    QList<Lane> m_lanes;
};

} // namespace handover::workspace

Q_DECLARE_METATYPE(handover::workspace::LaneModel::Cell)

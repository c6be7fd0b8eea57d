// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/package/needs.h"

#include <QAbstractTableModel>

namespace handover::package {

/// The libraries a release needs as a table; the tool tip names the files that need them.
class NeedModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { LibraryColumn, VersionColumn, SourceColumn, ColumnCount };
    Q_ENUM(Column)

    explicit NeedModel(QList<LibraryNeed> needs, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const QList<LibraryNeed> m_needs;
};

} // namespace handover::package

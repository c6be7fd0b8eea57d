// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/package/tarball.h"

#include <QAbstractTableModel>

namespace handover::package {

/// The entries of a tarball as a table.
class EntryModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { PathColumn, SizeColumn, ModeColumn, ColumnCount };
    Q_ENUM(Column)
    enum Role { SortRole = Qt::UserRole + 1 };
    Q_ENUM(Role)

    explicit EntryModel(QList<Entry> entries, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const QList<Entry> m_entries;
};

} // namespace handover::package

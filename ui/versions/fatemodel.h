// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/versions/lockstep.h"

#include <QAbstractTableModel>
#include <QSet>

namespace handover::ui {

/// The applications of a new version and what becomes of each; those that changed stand first. Where
/// somebody chooses them, each has a box.
class FateModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, VsnColumn, WordsColumn, ColumnCount };
    Q_ENUM(Column)

    using QAbstractTableModel::QAbstractTableModel;

    /// Chosen are those that changed, unless the applications are the same as before.
    void setApps(const QList<versions::LockstepApp> &apps);
    void setFates(const QList<versions::LockstepFate> &fates); ///< of those applications, in their order
    void setChoosing(bool choosing);
    [[nodiscard]] QStringList chosen() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

signals:
    void chosenChanged();

private:
    [[nodiscard]] bool canBeChosen(const versions::LockstepApp &app) const;
    [[nodiscard]] QString vsnText(qsizetype app) const;

    QList<versions::LockstepApp> m_apps;
    QList<versions::LockstepFate> m_fates;
    QList<qsizetype> m_rows; ///< the application of each row
    QSet<QString> m_chosen;
    bool m_choosing = false;
};

} // namespace handover::ui

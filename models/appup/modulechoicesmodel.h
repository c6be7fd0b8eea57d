// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/instructionchoice.h"

#include <QAbstractTableModel>

namespace handover::appup {

/// The modules of an application and what should happen to the processes of each; the answer can be edited.
class ModuleChoicesModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { ModuleColumn, AnswerColumn, ColumnCount };
    Q_ENUM(Column)

    using QAbstractTableModel::QAbstractTableModel;

    void setChoices(const QList<ModuleChoice> &choices);
    [[nodiscard]] const QList<ModuleChoice> &choices() const { return m_choices; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// EditRole of AnswerColumn: int(ModuleAnswer).
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<ModuleChoice> m_choices;
};

} // namespace handover::appup

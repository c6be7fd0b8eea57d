// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/modulechoicesmodel.h"

namespace handover::appup {

void ModuleChoicesModel::setChoices(const QList<ModuleChoice> &choices)
{
    if (choices == m_choices)
        return;
    beginResetModel();
    m_choices = choices;
    endResetModel();
}

int ModuleChoicesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_choices.size());
}

int ModuleChoicesModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ModuleChoicesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ModuleChoice &choice = m_choices[index.row()];
    const bool shown = role == Qt::DisplayRole || role == Qt::ToolTipRole;
    if (index.column() == ModuleColumn)
        return shown ? QVariant(QString::fromUtf8(choice.module)) : QVariant();
    if (role == Qt::EditRole)
        return static_cast<int>(choice.answer);
    return shown ? QVariant(answerWords(choice.answer)) : QVariant();
}

bool ModuleChoicesModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::EditRole || index.column() != AnswerColumn)
        return false;
    const auto answer = static_cast<ModuleAnswer>(value.toInt());
    if (!moduleAnswers().contains(answer))
        return false;
    m_choices[index.row()].answer = answer;
    emit dataChanged(index, index);
    return true;
}

Qt::ItemFlags ModuleChoicesModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == AnswerColumn ? flags | Qt::ItemIsEditable : flags;
}

QVariant ModuleChoicesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == ModuleColumn ? tr("Module") : tr("Its processes");
}

} // namespace handover::appup
